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
}

/** Loads a run; undefined when there is none. */
export async function loadRun(sql: Sql, id: string): Promise<KeptRun | undefined> {
  const { rows } = await sql.query<RunRow>({
    name: 'load-run',
    text: `select r.id, r.workspace_id, w.name as workspace_name, w.language as workspace_language, r.mission_id, r.version_id,
       r.connection_id, r.trigger, r.data, r.status, r.started_at, s.rev, s.last_entry, s.state
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

/** Entries as the parameters of one `insert … select from jsonb_to_recordset`. */
function entryRows(entries: readonly Entry[], after: number): string {
  return JSON.stringify(
    entries.map((entry, index) => ({
      number: after + index + 1,
      step: 'step' in entry ? entry.step : null,
      visit: 'visit' in entry ? entry.visit : null,
      what: entry.what,
      data: entry.data,
    })),
  )
}

const entryColumns = 'number integer, step text, visit integer, what text, data jsonb'

/**
 * Writes a new run with its first entries in one statement. The same arrival never starts the same trigger of a version twice.
 *
 * @returns false when this arrival had already started it.
 */
export async function insertRun(sql: Sql, run: NewRun): Promise<boolean> {
  const ended = run.status === 'completed' || run.status === 'failed' || run.status === 'cancelled'
  const { rowCount } = await sql.query({
    name: 'insert-run',
    text: `with run as (
       insert into runs (id, workspace_id, mission_id, version_id, parent_id, connection_id, trigger, data, inbox_id, about, started_at, status, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $13 then now() end)
       on conflict (inbox_id, version_id, trigger) do nothing returning id, workspace_id),
     state as (insert into run_states (run_id, workspace_id, last_entry, state) select id, workspace_id, $14, $15 from run),
     written as (
       insert into entries (run_id, workspace_id, number, step, visit, what, data)
       select run.id, run.workspace_id, e.number, e.step, e.visit, e.what, e.data from run, jsonb_to_recordset($16::jsonb) as e(${entryColumns}))
     select pg_notify('missions', jsonb_build_object('topic', 'run', 'workspace', workspace_id, 'run', id, 'mission', $3::uuid, 'status', $12::text)::text) from run`,
    values: [
      run.id,
      run.workspaceId,
      run.missionId,
      run.versionId,
      run.parentId ?? null,
      run.connectionId,
      run.trigger,
      JSON.stringify(run.data),
      run.inboxId,
      run.about,
      run.started,
      run.status,
      ended,
      run.entries.length,
      JSON.stringify(run.state),
      entryRows(run.entries, 0),
    ],
  })
  return rowCount === 1
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
  const ended = commit.status === 'completed' || commit.status === 'failed' || commit.status === 'cancelled'
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
       from moved where runs.id = moved.run_id and runs.status <> $6),
     taken as (update inbox set done_at = now() from moved where inbox.id = any($8::bigint[]))
     select pg_notify('missions', jsonb_build_object('topic', 'run', 'workspace', workspace_id, 'run', run_id, 'status', $6::text)::text) from moved`,
    values: [
      commit.id,
      commit.rev,
      JSON.stringify(commit.state),
      commit.lastEntry + commit.entries.length,
      entryRows(commit.entries, commit.lastEntry),
      commit.status,
      ended,
      commit.arrivals,
    ],
  })
  return rowCount === 1
}
