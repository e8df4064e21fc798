import type { Entry, RunStatus } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import { tellMissions, type Arrival } from './inbox.ts'
import { isEnded, type Parent } from './runs.ts'
import type { Sql } from './transaction.ts'

/** A run that begins, with all that its first turn led to. */
export interface NewRun {
  id: string
  workspaceId: string
  missionId: string
  versionId: string
  parent: Parent | null
  depth: number
  connectionId: string | null
  trigger: string
  data: Record<string, unknown>
  inboxId: number | null
  about: string
  started: Date
  status: RunStatus
  state: RunState
  entries: readonly Entry[]
  /** Who drives it from the start; null when it only waits, or somebody else is asked to. */
  worker: string | null
}

/** Entries as rows for `jsonb_to_recordset`, counted on after a number. */
export function numbered(entries: readonly Entry[], after: number) {
  return entries.map((entry, index) => ({
    number: after + index + 1,
    step: 'step' in entry ? entry.step : null,
    visit: 'visit' in entry ? entry.visit : null,
    what: entry.what,
    data: entry.data,
  }))
}

/** Their columns. */
export const entryColumns = 'number integer, step text, visit integer, what text, data jsonb'

const runColumns = `id uuid, workspace_id uuid, mission_id uuid, version_id uuid, parent_id uuid, parent_step text, parent_visit integer,
  position integer, depth smallint, connection_id uuid, trigger text, data jsonb, about text, started_at timestamptz, status text, ended boolean,
  state jsonb, entries jsonb, worker uuid`

/** Writes what stands in `given`, with the columns above and `inbox_id`. */
const insertion = `
  run as (
    insert into runs (id, workspace_id, mission_id, version_id, parent_id, parent_step, parent_visit, position, depth, connection_id,
      trigger, data, inbox_id, about, started_at, status, ended_at)
    select id, workspace_id, mission_id, version_id, parent_id, parent_step, parent_visit, position, depth, connection_id,
      trigger, data, inbox_id, about, started_at, status, case when ended then clock_timestamp() end from given
    on conflict do nothing returning id, workspace_id, mission_id, status),
  state as (
    insert into run_states (run_id, workspace_id, last_entry, state, worker)
    select g.id, g.workspace_id, jsonb_array_length(g.entries), g.state, g.worker from given g join run on run.id = g.id),
  written as (
    insert into entries (run_id, workspace_id, number, step, visit, what, data)
    select g.id, g.workspace_id, e.number, e.step, e.visit, e.what, e.data
    from given g join run on run.id = g.id, jsonb_to_recordset(g.entries) as e(${entryColumns}))`

const tellRun = `pg_notify('missions', jsonb_build_object('topic', 'run', 'workspace', workspace_id, 'run', id, 'mission', mission_id,
  'status', status)::text)`

/**
 * Writes new runs with their first entries, however many, in one statement (fifty at a time cost about as much as three one by
 * one). The same arrival never starts the same trigger of a version twice, and a visit never the same item.
 *
 * @returns the ids of those that were written; a repeat is left out.
 */
export async function insertRuns(sql: Sql, runs: readonly NewRun[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set()
  const { rows } = await sql.query<{ id: string }>({
    name: 'insert-runs',
    text: `with given as (select * from jsonb_to_recordset($1::jsonb) as g(${runColumns}, inbox_id bigint)), ${insertion}
     select id, ${tellRun} from run`,
    values: [JSON.stringify(runs.map(toRow))],
  })
  return new Set(rows.map((row) => row.id))
}

/**
 * Keeps arrivals, dealt with, and writes the runs that they started: all in one statement, which is a transaction of its own and one round trip
 * instead of six. Missions that are started by ends are told of runs that are over already. Runs of an arrival that is there already are left out.
 *
 * @returns the ids of those that were written.
 */
export async function takeInRuns(
  sql: Sql,
  arrivals: readonly Arrival[],
  runs: readonly (NewRun & { name: string; arrival: Arrival })[],
): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'take-in-runs',
    text: `with arrived as (
       select * from jsonb_to_recordset($1::jsonb) as a("workspaceId" uuid, source text, identity text, kind text, data jsonb)),
     kept as (
       insert into inbox (workspace_id, source, identity, kind, data, done_at)
       select "workspaceId", source, identity, kind, data, now() from arrived
       on conflict (source, identity) do nothing returning id, source, identity),
     given as materialized (
       select g.*, kept.id as inbox_id
       from jsonb_to_recordset($2::jsonb) as g(${runColumns}, name text, source text, identity text) join kept using (source, identity)),
     ${insertion},
     over as materialized (select g.id, g.workspace_id, g.mission_id, g.name, g.status, g.depth from given g join run on run.id = g.id where g.ended),
     told as (${tellMissions('over')}),
     heard as (select pg_notify('missions_inbox', '') from told limit 1)
     select id, ${tellRun}, (select count(*) from heard) from run`,
    values: [
      JSON.stringify(arrivals),
      JSON.stringify(runs.map((run) => ({ ...toRow(run), name: run.name, source: run.arrival.source, identity: run.arrival.identity }))),
    ],
  })
  return new Set(rows.map((row) => row.id))
}

function toRow(run: NewRun) {
  return {
    id: run.id,
    workspace_id: run.workspaceId,
    mission_id: run.missionId,
    version_id: run.versionId,
    parent_id: run.parent?.run ?? null,
    parent_step: run.parent?.step ?? null,
    parent_visit: run.parent?.visit ?? null,
    position: run.parent?.position ?? null,
    depth: run.depth,
    connection_id: run.connectionId,
    trigger: run.trigger,
    data: run.data,
    inbox_id: run.inboxId,
    about: run.about,
    started_at: run.started,
    status: run.status,
    ended: isEnded(run.status),
    state: run.state,
    entries: numbered(run.entries, 0),
    worker: run.worker,
  }
}
