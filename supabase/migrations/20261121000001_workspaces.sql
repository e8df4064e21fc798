-- Workspaces, who is in them, and what may be seen by whom.
-- `anon` gets nothing anywhere: public pages (hosted forms, invitations) are served by the program's own routes.

create schema if not exists private;
comment on schema private is 'Functions that row policies use; not reachable through the REST interface.';

-- Supabase grants everything on new tables to anon and authenticated by default. Each table below says what it grants.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated, public;

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  language text not null default 'en' check (language in ('en', 'fr')),
  time_zone text not null default 'UTC',
  created_at timestamptz not null default now()
);

create table public.people (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- The account that signs in as this person; null for people known only from a chat.
  user_id uuid,
  name text not null check (length(name) between 1 and 80),
  email text not null default '',
  time_zone text not null default 'UTC',
  language text not null default 'en' check (language in ('en', 'fr')),
  manager_id uuid references public.people on delete set null,
  buddy_id uuid references public.people on delete set null,
  left_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, user_id)
);
create index people_by_name on public.people (workspace_id, lower(name));
create index people_by_email on public.people (workspace_id, lower(email));

create table public.members (
  workspace_id uuid not null references public.workspaces on delete cascade,
  user_id uuid not null,
  person_id uuid not null references public.people on delete cascade,
  role text not null check (role in ('owner', 'builder', 'member')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index members_by_user on public.members (user_id);

-- Invitation links. Only a hash of the token is kept, so that a copy of the database invites nobody.
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  role text not null check (role in ('owner', 'builder', 'member')),
  token_hash text not null unique,
  -- Whom those who join by it report to and turn to, so that missions know from the first moment.
  manager_id uuid references public.people on delete set null,
  buddy_id uuid references public.people on delete set null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

-- Credentials for a platform or another service. `sealed` is encrypted by the program and never leaves the server.
create table public.connections (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  platform text not null,
  name text not null,
  sealed text,
  created_at timestamptz not null default now()
);
create unique index one_builtin_chat on public.connections (workspace_id) where platform = 'builtin';

-- Who somebody is on a platform. In the chat that comes with the program a person's identity is the person's own id: no row.
create table public.identities (
  connection_id uuid not null references public.connections on delete cascade,
  external_id text not null,
  workspace_id uuid not null references public.workspaces on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  primary key (connection_id, external_id)
);
create index identities_by_person on public.identities (person_id);

create table public.audit (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  at timestamptz not null default now(),
  user_id uuid,
  what text not null,
  data jsonb not null default '{}'
);
create index audit_by_workspace on public.audit (workspace_id, id desc);

-- Security definer: policies on `members` would otherwise ask themselves for ever.
create function private.my_workspaces() returns setof uuid
  language sql stable security definer set search_path = '' as
  $$ select workspace_id from public.members where user_id = auth.uid() $$;

create function private.my_workspaces(roles text[]) returns setof uuid
  language sql stable security definer set search_path = '' as
  $$ select workspace_id from public.members where user_id = auth.uid() and role = any (roles) $$;

create function private.my_people() returns setof uuid
  language sql stable security definer set search_path = '' as
  $$ select person_id from public.members where user_id = auth.uid() $$;

revoke execute on all functions in schema private from public;
grant usage on schema private to authenticated;
grant execute on all functions in schema private to authenticated;

alter table public.workspaces enable row level security;
alter table public.people enable row level security;
alter table public.members enable row level security;
alter table public.invitations enable row level security;
alter table public.connections enable row level security;
alter table public.identities enable row level security;
alter table public.audit enable row level security;

grant select on public.workspaces to authenticated;
grant update (name, language, time_zone) on public.workspaces to authenticated;
create policy read_own on public.workspaces for select to authenticated using (id in (select private.my_workspaces()));
comment on policy read_own on public.workspaces is 'Everybody in a workspace sees it.';
create policy owners_update on public.workspaces for update to authenticated
  using (id in (select private.my_workspaces('{owner}'))) with check (id in (select private.my_workspaces('{owner}')));
comment on policy owners_update on public.workspaces is 'Owners rename it and set its language and time zone.';

grant select on public.people to authenticated;
grant update (name, time_zone, language, manager_id, buddy_id) on public.people to authenticated;
create policy read_own on public.people for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.people is 'Everybody in a workspace sees its directory.';
create policy update_self on public.people for update to authenticated
  using (id in (select private.my_people())) with check (id in (select private.my_people()));
comment on policy update_self on public.people is 'Everybody keeps their own entry in the directory.';
create policy owners_update on public.people for update to authenticated
  using (workspace_id in (select private.my_workspaces('{owner}'))) with check (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_update on public.people is 'Owners keep everybody''s entry, manager and buddy included.';

grant select on public.members to authenticated;
grant update (role) on public.members to authenticated;
grant delete on public.members to authenticated;
create policy read_own on public.members for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.members is 'Everybody in a workspace sees who is in it and with which role.';
create policy owners_update on public.members for update to authenticated
  using (workspace_id in (select private.my_workspaces('{owner}'))) with check (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_update on public.members is 'Owners change roles.';
create policy owners_delete on public.members for delete to authenticated using (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_delete on public.members is 'Owners remove members.';

-- A workspace without an owner could never be managed again.
create function private.keep_an_owner() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner')
    and exists (select 1 from public.workspaces where id = old.workspace_id)
    and not exists (select 1 from public.members where workspace_id = old.workspace_id and role = 'owner' and user_id <> old.user_id) then
    raise exception 'A workspace needs at least one owner. Make somebody else an owner first.' using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_an_owner before update or delete on public.members for each row execute function private.keep_an_owner();

-- Managers and buddies must be people of the same workspace, or one workspace could name another's people.
create function private.same_workspace() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from public.people p where p.id in (new.manager_id, new.buddy_id) and p.workspace_id <> new.workspace_id) then
    raise exception 'Managers and buddies are people of the same workspace.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger same_workspace before insert or update of manager_id, buddy_id on public.people for each row execute function private.same_workspace();
create trigger same_workspace before insert or update of manager_id, buddy_id on public.invitations for each row execute function private.same_workspace();

grant select (id, workspace_id, role, manager_id, buddy_id, created_at, expires_at, revoked_at) on public.invitations to authenticated;
grant update (revoked_at) on public.invitations to authenticated;
create policy owners_read on public.invitations for select to authenticated using (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_read on public.invitations is 'Owners see which links are open; the token itself is nowhere.';
create policy owners_revoke on public.invitations for update to authenticated
  using (workspace_id in (select private.my_workspaces('{owner}'))) with check (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_revoke on public.invitations is 'Owners close links. Links are made by the program, which keeps the hash.';

grant select (id, workspace_id, platform, name, created_at) on public.connections to authenticated;
create policy read_own on public.connections for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.connections is 'Everybody sees which platforms are connected; the sealed credentials are granted to nobody.';

-- identities: no grant. Only the program maps platform ids to people.

grant select on public.audit to authenticated;
create policy owners_read on public.audit for select to authenticated using (workspace_id in (select private.my_workspaces('{owner}')));
comment on policy owners_read on public.audit is 'Owners read who did what; nobody writes it from outside.';
