-- Instants of schedules that were missed while nothing ran, and what was done about them. Old runs are found by when they ended.

create table public.missed_instants (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces on delete cascade,
  mission_id uuid not null references public.missions on delete cascade,
  trigger text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- How many they were; 1,000 means that many or more.
  instants integer not null,
  -- What the trigger's setting said, and how many runs make up for them.
  did text not null check (did in ('skip', 'once', 'all')),
  runs integer not null,
  at timestamptz not null default now()
);
create index missed_by_workspace on public.missed_instants (workspace_id, at desc);
create index missed_by_mission on public.missed_instants (mission_id);

alter table public.missed_instants enable row level security;
grant select on public.missed_instants to authenticated;
create policy read_own on public.missed_instants for select to authenticated using (workspace_id in (select private.my_workspaces()));
comment on policy read_own on public.missed_instants is 'Everybody in a workspace sees which times of its missions were missed; only the program writes them.';

-- For the retention of runs; those under way are not in it.
create index runs_by_end on public.runs (ended_at) where ended_at is not null;
