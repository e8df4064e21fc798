-- What the history shows of a run in one line, under the row policies of the tables beneath.

create view public.run_cards with (security_invoker = true) as
  select r.id, r.workspace_id, r.mission_id, m.name as mission_name, r.version_id, v.number as version_number, r.parent_id,
    r.status, r.about, r.started_at, r.ended_at,
    -- What the text filter looks in.
    m.name || ' ' || r.about as words,
    -- The trigger that fired as it stands in the version, and of its data only what says who and where: a web hook's body may be large.
    (select t.value - 'id' from jsonb_array_elements(v.mission->'triggers') t where t.value->>'id' = r.trigger limit 1) as trigger,
    jsonb_strip_nulls(jsonb_build_object(
      'person', r.data->'person', 'channel', r.data->'channel', 'text', left(r.data->>'text', 200), 'emoji', r.data->'emoji', 'mission', r.data->'mission')) as data,
    -- What is under way: of each visit the newest entry, if it is a question, a wait or a retry; people without those who have answered.
    case when r.ended_at is null then (
      select coalesce(jsonb_agg(jsonb_build_object(
        'what', o.what,
        'until', coalesce(o.data->>'until', o.data->>'at'),
        'channel', o.data->'channel',
        'people', coalesce((
          select jsonb_agg(p.value order by p.place) from jsonb_array_elements(o.data->'people') with ordinality as p(value, place)
          where not exists (
            select 1 from public.entries a
            where a.run_id = r.id and a.what = 'answered' and a.step = o.step and a.visit = o.visit
              and a.data->'person'->>'id' = p.value->>'id')), '[]')) order by o.number), '[]')
      from (
        select distinct on (e.step, e.visit) e.number, e.step, e.visit, e.what, e.data
        from public.entries e where e.run_id = r.id and e.step is not null and e.what <> 'answered'
        order by e.step, e.visit, e.number desc) o
      where o.what in ('asked', 'waiting', 'retrying'))
    else '[]' end as waiting
  from public.runs r
  join public.missions m on m.id = r.mission_id
  join public.versions v on v.id = r.version_id;
comment on view public.run_cards is 'A line of the history: mission and version, what started it, how it stands, and whom or what it waits for.';

revoke all on public.run_cards from anon, authenticated;
grant select on public.run_cards to authenticated;
