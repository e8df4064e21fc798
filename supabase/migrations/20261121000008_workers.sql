-- Which process drives which run, and fair turns for what arrives.

-- Processes that drive runs. One that has not been seen for eight seconds is taken for dead, and its runs are given to others.
create table private.workers (
  id uuid primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

-- `worker`: who drives the run now; null while it only waits. `knocks` grows whenever somebody asks for a run that is being driven, so that
-- its driver looks again before it lets go. Neither is indexed: runs of a dead worker are looked for once in its death.
alter table public.run_states add column worker uuid, add column knocks integer not null default 0;

-- What waits to be taken in stands in lanes: one for each mission that is addressed, one for each workspace for the rest. Lanes take turns.
alter table public.inbox add column lane uuid generated always as (
  case when kind in ('hook', 'form', 'schedule', 'hand') then (data ->> 'mission')::uuid else workspace_id end) stored;
drop index public.inbox_open;
create index inbox_open on public.inbox (lane, id) where done_at is null and run_id is null;
