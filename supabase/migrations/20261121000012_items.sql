-- The history knows items of lists, and what runs wait for that other runs do.

create or replace view public.run_cards with (security_invoker = true) as
  select r.id, r.workspace_id, r.mission_id, m.name as mission_name, r.version_id, v.number as version_number, r.parent_id,
    r.status, r.about, r.started_at, r.ended_at,
    -- What the text filter looks in.
    m.name || ' ' || r.about as words,
    -- The trigger that fired as it stands in the version, and of its data only what says who and where: a web hook's body may be large.
    -- Of an item, the step that went through the list.
    (select t.value - case when r.position is null then '{id}'::text[] else '{id,settings,join,retry,maxVisits,within}'::text[] end
      from jsonb_array_elements(v.mission->'triggers' || case when r.position is null then '[]'::jsonb else v.mission->'steps' end) t
      where t.value->>'id' = r.trigger limit 1) as trigger,
    jsonb_strip_nulls(jsonb_build_object(
      'person', r.data->'person', 'channel', r.data->'channel', 'text', left(r.data->>'text', 200), 'emoji', r.data->'emoji', 'mission', r.data->'mission',
      'item', case jsonb_typeof(r.data->'item') when 'object' then jsonb_build_object('name', r.data->'item'->'name') when 'array' then null else to_jsonb(left(r.data->>'item', 200)) end,
      'position', r.position, 'count', case when r.position is not null then r.data->'count' end)) as data,
    -- What is under way: of each visit the newest entry, if it is a question, a wait, other runs or a retry; people without those who have
    -- answered, and with those who were asked later.
    case when r.ended_at is null then (
      select coalesce(jsonb_agg(jsonb_build_object(
        'what', o.what,
        'until', coalesce(o.data->>'until', o.data->>'at'),
        'channel', o.data->'channel',
        'runs', case when o.what = 'called' then (
          select jsonb_strip_nulls(jsonb_build_object(
            'count', o.data->'count', 'ended', count(*) filter (where c.ended_at is not null),
            'failed', count(*) filter (where c.status in ('failed', 'cancelled')),
            'mission', case when o.data ? 'mission' then jsonb_build_object('id', o.data->'mission'->'id', 'name', o.data->'mission'->'name') end))
          from public.runs c where c.parent_id = r.id and c.parent_step = o.step and c.parent_visit = o.visit) end,
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
        from public.entries e where e.run_id = r.id and e.step is not null and e.what not in ('answered', 'reminded', 'escalated', 'returned')
        order by e.step, e.visit, e.number desc) o
      where o.what in ('asked', 'waiting', 'called', 'retrying'))
    else '[]' end as waiting,
    -- Its place in the list whose item it does; null for a run of a whole mission.
    r.position
  from public.runs r
  join public.missions m on m.id = r.mission_id
  join public.versions v on v.id = r.version_id;
