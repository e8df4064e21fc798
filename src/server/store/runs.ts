import type { Entry, RunStatus } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import type { Sql } from './transaction.ts'

/** A run as it is kept, without its version's document. */
export interface KeptRun {
  id: string
  workspaceId: string
  workspace: { name: string; language: string }
  missionId: string
  versionId: string
  connectionId: string | null
  trigger: string
  data: Record<string, unknown>
  status: RunStatus
  started: Date
  rev: number
  lastEntry: number
  state: RunState
  /** The time when it was loaded, by the database's clock. */
  now: Date
}

interface RunRow {
  id: string
  workspace_id: string
  workspace_name: string
  workspace_language: string
  mission_id: string
  version_id: string
  connection_id: string | null
  trigger: string
  data: Record<string, unknown>
  status: RunStatus
  started_at: Date
  rev: number
  last_entry: number
  state: RunState
  now: Date
}

/** Loads a run; undefined when there is none. */
export async function loadRun(sql: Sql, id: string): Promise<KeptRun | undefined> {
  const { rows } = await sql.query<RunRow>({
    name: 'load-run',
    text: `select r.id, r.workspace_id, w.name as workspace_name, w.language as workspace_language, r.mission_id, r.version_id,
       r.connection_id, r.trigger, r.data, r.status, r.started_at, s.rev, s.last_entry, s.state, clock_timestamp() as now
     from runs r join run_states s on s.run_id = r.id join workspaces w on w.id = r.workspace_id where r.id = $1`,
    values: [id],
  })
  const row = rows[0]
  return (
    row && {
      id: row.id,
      workspaceId: row.workspace_id,
      workspace: { name: row.workspace_name, language: row.workspace_language },
      missionId: row.mission_id,
      versionId: row.version_id,
      connectionId: row.connection_id,
      trigger: row.trigger,
      data: row.data,
      status: row.status,
      started: row.started_at,
      rev: row.rev,
      lastEntry: row.last_entry,
      state: row.state,
      now: row.now,
    }
  )
}

/** What each step of a run gave on its newest visit, by step id. */
export async function loadOutputs(sql: Sql, runId: string): Promise<Record<string, Record<string, unknown>>> {
  const { rows } = await sql.query<{ step: string; data: Record<string, unknown> }>({
    name: 'load-outputs',
    text: `select distinct on (step) step, data->'data' as data from entries where run_id = $1 and what = 'left' order by step, number desc`,
    values: [runId],
  })
  return Object.fromEntries(rows.map(({ step, data }) => [step, data]))
}

/** A run that begins, with all that its first turn led to. */
export interface NewRun {
  id: string
  workspaceId: string
  missionId: string
  versionId: string
  parentId?: string
  connectionId: string | null
  trigger: string
  data: Record<string, unknown>
  inboxId: number | null
  about: string
  started: Date
  status: RunStatus
  state: RunState
  entries: readonly Entry[]
}

/** Entries as rows for `jsonb_to_recordset`. */
function numbered(entries: readonly Entry[], after: number) {
  return entries.map((entry, index) => ({
    number: after + index + 1,
    step: 'step' in entry ? entry.step : null,
    visit: 'visit' in entry ? entry.visit : null,
    what: entry.what,
    data: entry.data,
  }))
}

const entryColumns = 'number integer, step text, visit integer, what text, data jsonb'

/**
 * Writes new runs with their first entries, however many, in one statement (fifty at a time cost about as much as three one by
 * one). The same arrival never starts the same trigger of a version twice.
 *
 * @returns the ids of those that were written; a repeat is left out.
 */
export async function insertRuns(sql: Sql, runs: readonly NewRun[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set()
  const { rows } = await sql.query<{ id: string }>({
    name: 'insert-runs',
    text: `with given as (
       select * from jsonb_to_recordset($1::jsonb) as g(
         id uuid, workspace_id uuid, mission_id uuid, version_id uuid, parent_id uuid, connection_id uuid, trigger text, data jsonb,
         inbox_id bigint, about text, started_at timestamptz, status text, ended boolean, state jsonb, entries jsonb)),
     run as (
       insert into runs (id, workspace_id, mission_id, version_id, parent_id, connection_id, trigger, data, inbox_id, about, started_at, status, ended_at)
       select id, workspace_id, mission_id, version_id, parent_id, connection_id, trigger, data, inbox_id, about, started_at, status,
         case when ended then clock_timestamp() end from given
       on conflict (inbox_id, version_id, trigger) do nothing returning id, workspace_id, mission_id, status),
     state as (
       insert into run_states (run_id, workspace_id, last_entry, state)
       select g.id, g.workspace_id, jsonb_array_length(g.entries), g.state from given g join run on run.id = g.id),
     written as (
       insert into entries (run_id, workspace_id, number, step, visit, what, data)
       select g.id, g.workspace_id, e.number, e.step, e.visit, e.what, e.data
       from given g join run on run.id = g.id, jsonb_to_recordset(g.entries) as e(${entryColumns}))
     select id, pg_notify('missions', jsonb_build_object('topic', 'run', 'workspace', workspace_id, 'run', id, 'mission', mission_id, 'status', status)::text)
     from run`,
    values: [JSON.stringify(runs.map(toRow))],
  })
  return new Set(rows.map((row) => row.id))
}

function toRow(run: NewRun) {
  return {
    id: run.id,
    workspace_id: run.workspaceId,
    mission_id: run.missionId,
    version_id: run.versionId,
    parent_id: run.parentId ?? null,
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
  }
}

/** True for the statuses that a run never leaves. */
export function isEnded(status: RunStatus): status is 'completed' | 'failed' | 'cancelled' {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

/** One commit of a run that goes on. */
export interface RunCommit {
  id: string
  /** The revision this commit builds on; when the run has moved past it, nothing is written. */
  rev: number
  lastEntry: number
  state: RunState
  status: RunStatus
  entries: readonly Entry[]
  /** Arrivals that were taken in. */
  arrivals: readonly number[]
}

/**
 * Writes a commit in one statement, fenced by the run's revision, so that a second driver writes nothing.
 *
 * @returns false when somebody else drives this run.
 */
export async function commitRun(sql: Sql, commit: RunCommit): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'commit-run',
    text: `with moved as (
       update run_states set state = $3, rev = rev + 1, last_entry = $4 where run_id = $1 and rev = $2 returning run_id, workspace_id),
     written as (
       insert into entries (run_id, workspace_id, number, step, visit, what, data)
       select moved.run_id, moved.workspace_id, e.number, e.step, e.visit, e.what, e.data
       from moved, jsonb_to_recordset($5::jsonb) as e(${entryColumns})),
     status as (
       update runs set status = $6, ended_at = case when $7 then now() end
       from moved where runs.id = moved.run_id and runs.status <> $6 and runs.ended_at is null),
     taken as (update inbox set done_at = now() from moved where inbox.id = any($8::bigint[]))
     select pg_notify('missions', jsonb_build_object('topic', 'run', 'workspace', workspace_id, 'run', run_id, 'status', $6::text)::text) from moved`,
    values: [
      commit.id,
      commit.rev,
      JSON.stringify(commit.state),
      commit.lastEntry + commit.entries.length,
      JSON.stringify(numbered(commit.entries, commit.lastEntry)),
      commit.status,
      isEnded(commit.status),
      commit.arrivals,
    ],
  })
  return rowCount === 1
}
