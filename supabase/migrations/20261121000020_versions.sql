-- What the list of a mission's versions shows, under the row policies of the tables beneath.

create view public.version_cards with (security_invoker = true) as
  select v.id, v.workspace_id, v.mission_id, v.number, v.note, v.published_at,
    (select p.name from public.people p where p.workspace_id = v.workspace_id and p.user_id = v.published_by) as published_by,
    m.live_version_id is not distinct from v.id as live,
    -- Items of a list belong to the run that holds them and are not counted again. Goes by the index of open runs.
    (select count(*)::integer from public.runs r where r.version_id = v.id and r.ended_at is null and r.position is null) as under
  from public.versions v
  join public.missions m on m.id = v.mission_id;
comment on view public.version_cards is 'A line of the list of versions: who published it, when and why, whether it is live, how many runs are in it.';
grant select on public.version_cards to authenticated;
