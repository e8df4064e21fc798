-- Missions, their versions and templates; runs and all that a run keeps.

create table public.missions (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  name text not null check (length(name) between 1 and 120),
  draft jsonb not null check (jsonb_typeof(draft) = 'object' and pg_column_size(draft) < 4000000),
  -- Grows with every save; a save names the number it began from, so nobody overwrites what they have not seen.
  draft_rev integer not null default 1,
  live_version_id uuid,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  updated_by uuid default auth.uid(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz
);
create index missions_by_workspace on public.missions (workspace_id, updated_at desc);

create table public.versions (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  mission_id uuid not null references public.missions on delete cascade,
  number integer not null,
  mission jsonb not null,
  note text not null default '',
  published_by uuid,
  published_at timestamptz not null default now(),
  unique (mission_id, number)
);
alter table public.missions add constraint missions_live_version foreign key (live_version_id) references public.versions on delete set null;

create table public.templates (
  slug text primary key check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  title text not null,
  mission jsonb not null,
  -- Null: comes with the program and belongs to everybody.
  workspace_id uuid references public.workspaces on delete cascade,
  category text not null default 'other',
  -- Title and summary by language, the same mission in other languages, and the question to ask before it is used.
  about jsonb not null default '{}',
  translations jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Public addresses of hosted forms and web hooks.
create table public.doors (
  address text primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  mission_id uuid not null references public.missions on delete cascade,
  trigger text not null,
  kind text not null check (kind in ('form', 'hook')),
  created_at timestamptz not null default now(),
  unique (mission_id, trigger)
);

-- When a live mission's schedules are due next. Exactly one row per trigger; moving `next_at` is the claim.
create table public.schedules (
  mission_id uuid not null references public.missions on delete cascade,
  trigger text not null,
  workspace_id uuid not null references public.workspaces on delete cascade,
  version_id uuid not null references public.versions on delete cascade,
  next_at timestamptz not null,
  primary key (mission_id, trigger)
);
create index schedules_due on public.schedules (next_at);

-- Everything that arrives is first a row here, unique by its own identity, and only then acknowledged.
create table public.inbox (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- Set when it concerns one run (an answer, a cancellation); null when it may start runs.
  run_id uuid,
  source text not null,
  identity text not null,
  kind text not null,
  data jsonb not null,
  at timestamptz not null default now(),
  done_at timestamptz,
  unique (source, identity)
);
create index inbox_of_run on public.inbox (run_id, id) where done_at is null and run_id is not null;
create index inbox_open on public.inbox (id) where done_at is null and run_id is null;

create table public.runs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  mission_id uuid not null references public.missions on delete cascade,
  version_id uuid not null references public.versions on delete cascade,
  parent_id uuid references public.runs on delete set null,
  connection_id uuid references public.connections on delete set null,
  -- The trigger that fired, what it gave, and the inbox row it came from.
  trigger text not null,
  data jsonb not null,
  inbox_id bigint,
  status text not null default 'running' check (status in ('running', 'waiting', 'completed', 'failed', 'cancelled')),
  -- What history searches: names and texts of the trigger's data.
  about text not null default '',
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (inbox_id, version_id, trigger)
);
create index runs_by_workspace on public.runs (workspace_id, started_at desc, id);
create index runs_by_mission on public.runs (mission_id, started_at desc);
create index runs_open on public.runs (version_id) where ended_at is null;
create index runs_of_parent on public.runs (parent_id) where parent_id is not null;

-- The engine's own view of a run: snapshot and open visits, fenced by `rev`. Apart from `runs` so that a step rewrites
-- one narrow row without touching an index.
create table public.run_states (
  run_id uuid primary key references public.runs on delete cascade,
  workspace_id uuid not null references public.workspaces on delete cascade,
  rev integer not null default 0,
  last_entry integer not null default 0,
  state jsonb not null
) with (fillfactor = 70);

-- The journal: the truth about a run.
create table public.entries (
  run_id uuid not null references public.runs on delete cascade,
  number integer not null,
  workspace_id uuid not null,
  at timestamptz not null default now(),
  step text,
  visit integer,
  what text not null,
  data jsonb not null default '{}',
  primary key (run_id, number)
);

create table public.asks (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  run_id uuid not null references public.runs on delete cascade,
  step text not null,
  visit integer not null,
  -- The action's type and rendered settings: enough to draw the message anew.
  type text not null,
  settings jsonb not null,
  mode text not null check (mode in ('first', 'several')),
  changeable boolean not null,
  asked uuid[] not null,
  -- In a channel, whoever can read it may answer, unless `only` names people (then they are in `asked`).
  channel jsonb,
  anyone boolean not null default false,
  -- Where the question stands: [{person?, channel, message}].
  messages jsonb not null default '[]',
  until timestamptz,
  over text,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  unique (run_id, step, visit)
);

create table public.answers (
  ask_id uuid not null references public.asks on delete cascade,
  person_id uuid not null references public.people on delete cascade,
  workspace_id uuid not null,
  picked jsonb not null default '[]',
  fields jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (ask_id, person_id)
);

create table public.tables (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces on delete cascade,
  name text not null check (length(name) between 1 and 63),
  created_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table public.rows (
  id uuid primary key default gen_random_uuid(),
  table_id uuid not null references public.tables on delete cascade,
  workspace_id uuid not null references public.workspaces on delete cascade,
  -- The visit that added it: a repeat after a crash adds nothing.
  key text unique,
  "values" jsonb not null,
  added_at timestamptz not null default now()
);
create index rows_by_table on public.rows (table_id, added_at desc);

create function private.before_draft_saved() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.draft is distinct from old.draft then
    new.draft_rev := old.draft_rev + 1;
    new.updated_at := now();
    new.updated_by := auth.uid();
  end if;
  return new;
end $$;
create trigger before_draft_saved before update on public.missions for each row execute function private.before_draft_saved();
grant execute on function private.before_draft_saved() to authenticated;

alter table public.missions enable row level security;
alter table public.versions enable row level security;
alter table public.templates enable row level security;
alter table public.doors enable row level security;
alter table public.schedules enable row level security;
alter table public.inbox enable row level security;
alter table public.runs enable row level security;
alter table public.run_states enable row level security;
alter table public.entries enable row level security;
alter table public.asks enable row level security;
alter table public.answers enable row level security;
alter table public.tables enable row level security;
alter table public.rows enable row level security;

grant select on public.missions to authenticated;
grant insert (workspace_id, name, draft) on public.missions to authenticated;
grant update (name, draft, archived_at) on public.missions to authenticated;
create policy read_own on public.missions for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.missions is 'Everybody in a workspace sees its missions.';
create policy builders_insert on public.missions for insert to authenticated
  with check (workspace_id in (select private.my_workspaces('{owner,builder}')));
comment on policy builders_insert on public.missions is 'Owners and builders begin missions. What is live is set by the program alone (no grant).';
create policy builders_update on public.missions for update to authenticated
  using (workspace_id in (select private.my_workspaces('{owner,builder}'))) with check (workspace_id in (select private.my_workspaces('{owner,builder}')));
comment on policy builders_update on public.missions is 'Owners and builders edit drafts, rename and archive.';

grant select on public.versions to authenticated;
create policy read_own on public.versions for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.versions is 'Everybody sees versions; they are written by the program when somebody publishes, and never changed.';

grant select on public.templates to authenticated;
create policy read_shared_and_own on public.templates for select to authenticated
  using (workspace_id is null or workspace_id in (select private.my_workspaces()));
comment on policy read_shared_and_own on public.templates is 'Everybody signed in sees the templates of the program and of their own workspace.';

grant select on public.doors to authenticated;
create policy builders_read on public.doors for select to authenticated using (workspace_id in (select private.my_workspaces('{owner,builder}')));
comment on policy builders_read on public.doors is 'A web hook''s address is a secret: only owners and builders see it.';

grant select on public.schedules to authenticated;
create policy read_own on public.schedules for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.schedules is 'Everybody sees when a mission starts next.';

grant select on public.runs to authenticated;
create policy read_own on public.runs for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.runs is 'Everybody in a workspace watches its runs; only the program writes them.';

grant select on public.entries to authenticated;
create policy read_own on public.entries for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.entries is 'Everybody in a workspace reads its journals; only the program writes them.';

-- inbox, run_states, asks, answers: no grant. Votes may be anonymous, and answers come only through the program's door.

grant select, delete on public.tables to authenticated;
create policy read_own on public.tables for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.tables is 'Everybody in a workspace sees its tables.';
create policy builders_delete on public.tables for delete to authenticated using (workspace_id in (select private.my_workspaces('{owner,builder}')));
comment on policy builders_delete on public.tables is 'Owners and builders delete tables.';

grant select, delete on public.rows to authenticated;
create policy read_own on public.rows for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.rows is 'Everybody in a workspace reads its rows; missions write them.';
create policy builders_delete on public.rows for delete to authenticated using (workspace_id in (select private.my_workspaces('{owner,builder}')));
comment on policy builders_delete on public.rows is 'Owners and builders delete rows.';
