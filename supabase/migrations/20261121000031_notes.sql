-- Notes beside the cards say something to those who draw; a mission that got one is not edited since it was published.

create or replace view public.mission_cards with (security_invoker = true) as
  select m.id, m.workspace_id, m.name, m.draft->>'description' as description, m.updated_at, m.archived_at,
    (select p.name from public.people p where p.workspace_id = m.workspace_id and p.user_id = m.updated_by) as updated_by,
    v.number as live_number, v.published_at,
    -- Neither moving cards about nor a note beside them is a change of what the mission does. (A draft from elsewhere may leave out what the published version
    -- spells out, so the documents alone do not tell.)
    v.id is not null and m.updated_at > v.published_at and (v.mission - 'layout' - 'notes') is distinct from (m.draft - 'layout' - 'notes') as edited,
    (select count(*)::integer from public.runs r where r.mission_id = m.id and r.ended_at is null and r.status = 'waiting') as waiting,
    (select count(*)::integer from public.runs r where r.mission_id = m.id and r.ended_at is null and r.status = 'running') as running,
    newest.id as last_run_id, newest.status as last_run_status, newest.started_at as last_run_at
  from public.missions m
  left join public.versions v on v.id = m.live_version_id
  left join lateral (
    select r.id, r.status, r.started_at from public.runs r where r.mission_id = m.id order by r.started_at desc limit 1) newest on true;
