-- What is done about people who do not answer a question, and who is asked instead of them.

-- {working, to?, rungs: [{id, at, what, people}]}: the rungs still to be climbed. Null: nothing was ever to be done.
alter table public.asks add column ladder jsonb;
-- [{person, for: [person], rung}]: who of `asked` was asked later, and instead of whom.
alter table public.asks add column stand_ins jsonb not null default '[]';

create or replace view public.run_cards with (security_invoker = true) as
  select r.id, r.workspace_id, r.mission_id, m.name as mission_name, r.version_id, v.number as version_number, r.parent_id,
    r.status, r.about, r.started_at, r.ended_at,
    -- What the text filter looks in.
    m.name || ' ' || r.about as words,
    -- The trigger that fired as it stands in the version, and of its data only what says who and where: a web hook's body may be large.
    (select t.value - 'id' from jsonb_array_elements(v.mission->'triggers') t where t.value->>'id' = r.trigger limit 1) as trigger,
    jsonb_strip_nulls(jsonb_build_object(
      'person', r.data->'person', 'channel', r.data->'channel', 'text', left(r.data->>'text', 200), 'emoji', r.data->'emoji', 'mission', r.data->'mission')) as data,
    -- What is under way: of each visit the newest entry, if it is a question, a wait or a retry; people without those who have
    -- answered, and with those who were asked later.
    case when r.ended_at is null then (
      select coalesce(jsonb_agg(jsonb_build_object(
        'what', o.what,
        'until', coalesce(o.data->>'until', o.data->>'at'),
        'channel', o.data->'channel',
        'people', coalesce((
          select jsonb_agg(p.value order by p.number, p.place) from (
            select o.number, q.value, q.place from jsonb_array_elements(o.data->'people') with ordinality as q(value, place)
            union all
            select l.number, q.value, q.place
            from public.entries l, jsonb_array_elements(l.data->'people') with ordinality as q(value, place)
            where o.what = 'asked' and l.run_id = r.id and l.what = 'escalated' and l.step = o.step and l.visit = o.visit and l.number > o.number
          ) p
          where not exists (
            select 1 from public.entries a
            where a.run_id = r.id and a.what = 'answered' and a.step = o.step and a.visit = o.visit
              and a.data->'person'->>'id' = p.value->>'id')), '[]')) order by o.number), '[]')
      from (
        select distinct on (e.step, e.visit) e.number, e.step, e.visit, e.what, e.data
        from public.entries e where e.run_id = r.id and e.step is not null and e.what not in ('answered', 'reminded', 'escalated')
        order by e.step, e.visit, e.number desc) o
      where o.what in ('asked', 'waiting', 'retrying'))
    else '[]' end as waiting
  from public.runs r
  join public.missions m on m.id = r.mission_id
  join public.versions v on v.id = r.version_id;
