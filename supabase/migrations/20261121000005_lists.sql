-- What the lists of missions, tables and rows show, one row per line, under the row policies of the tables beneath.

create index runs_going on public.runs (mission_id, status) where ended_at is null;

create view public.mission_cards with (security_invoker = true) as
  select m.id, m.workspace_id, m.name, m.draft->>'description' as description, m.updated_at, m.archived_at,
    (select p.name from public.people p where p.workspace_id = m.workspace_id and p.user_id = m.updated_by) as updated_by,
    v.number as live_number, v.published_at,
    -- Moving cards about is no change of what the mission does. (A draft from elsewhere may leave out what the published version
    -- spells out, so the documents alone do not tell.)
    v.id is not null and m.updated_at > v.published_at and (v.mission - 'layout') is distinct from (m.draft - 'layout') as edited,
    (select count(*)::integer from public.runs r where r.mission_id = m.id and r.ended_at is null and r.status = 'waiting') as waiting,
    (select count(*)::integer from public.runs r where r.mission_id = m.id and r.ended_at is null and r.status = 'running') as running,
    newest.id as last_run_id, newest.status as last_run_status, newest.started_at as last_run_at
  from public.missions m
  left join public.versions v on v.id = m.live_version_id
  left join lateral (
    select r.id, r.status, r.started_at from public.runs r where r.mission_id = m.id order by r.started_at desc limit 1) newest on true;
comment on view public.mission_cards is 'A line of the list of missions: what is live, who edited the draft, how many runs go on, the newest run.';

create view public.table_cards with (security_invoker = true) as
  select t.id, t.workspace_id, t.name, t.created_at,
    (select count(*)::integer from public.rows r where r.table_id = t.id) as rows,
    (select max(r.added_at) from public.rows r where r.table_id = t.id) as last_added_at
  from public.tables t;
comment on view public.table_cards is 'A line of the list of tables: how many rows, and when the newest came.';

create view public.person_cards with (security_invoker = true) as
  select p.id, p.workspace_id, p.user_id, p.name, p.email, p.time_zone, p.language, p.manager_id, p.buddy_id, p.created_at, m.role,
    (select b.name from public.people b where b.id = p.manager_id) as manager_name,
    (select b.name from public.people b where b.id = p.buddy_id) as buddy_name
  from public.people p
  left join public.members m on m.workspace_id = p.workspace_id and m.person_id = p.id
  where p.left_at is null;
comment on view public.person_cards is 'An entry of the directory: who is there, their role if they sign in, manager and buddy by name.';

revoke all on public.mission_cards, public.table_cards, public.person_cards from anon, authenticated;
grant select on public.mission_cards, public.table_cards, public.person_cards to authenticated;

-- Words are looked for in all the values of a row; the names of its columns are not values.
create function public.search_rows(of_table uuid, words text, skip integer, size integer)
  returns table (id uuid, "values" jsonb, added_at timestamptz, total bigint)
  language sql stable security invoker set search_path = '' as $$
  with found as materialized (
    select r.id, r."values", r.added_at, count(*) over () as total
    from public.rows r
    where r.table_id = of_table and (words = '' or exists (
      select 1 from jsonb_each_text(r."values") cell where position(lower(words) in lower(cell.value)) > 0))
    order by r.added_at desc, r.id offset greatest(skip, 0) limit least(greatest(size, 1), 1000))
  select f.id, f."values", f.added_at, f.total from found f order by f.added_at desc, f.id
$$;
comment on function public.search_rows is 'Rows of a table that contain the words in any column, newest first, a page at a time, with how many there are.';

-- jsonb keeps no order of keys, so columns are in the order in which the oldest rows brought them, then by name.
create function public.table_columns(of_table uuid) returns table (name text)
  language sql stable security invoker set search_path = '' as $$
  select cell.key from (
    select r."values", r.added_at from public.rows r where r.table_id = of_table order by r.added_at desc limit 1000) r,
    jsonb_object_keys(r."values") cell(key)
  group by cell.key order by min(r.added_at), cell.key
$$;
comment on function public.table_columns is 'The columns that the newest thousand rows of a table have.';

revoke execute on function public.search_rows, public.table_columns from public, anon;
grant execute on function public.search_rows, public.table_columns to authenticated;
