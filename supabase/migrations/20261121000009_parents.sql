-- Runs that other runs start: the items of a list, and other missions.

-- Which visit of the parent started it, its place in the list (from 1; null for another mission), and how many ancestors it has.
alter table public.runs
  add column parent_step text,
  add column parent_visit integer,
  add column position integer,
  add column depth smallint not null default 0;

-- No visit starts the same item twice.
drop index public.runs_of_parent;
create unique index runs_of_parent on public.runs (parent_id, parent_step, parent_visit, position) nulls not distinct where parent_id is not null;
