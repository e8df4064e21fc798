import { type Entry, entrySchema, type RunStatus } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import type { Sql } from './transaction.ts'

/** Which visit of which run started a run. */
export interface Parent {
  run: string
  step: string
  visit: number
  /** Its place in the list, from 1; null for another mission. */
  position: number | null
}

/** The same as a run's row has it. */
export interface ParentRow {
  parent_id: string | null
  parent_step: string | null
  parent_visit: number | null
  position: number | null
}

/** Reads a run's parent from its row; null for a run that no other started. */
export function toParent({ parent_id, parent_step, parent_visit, position }: ParentRow): Parent | null {
  return parent_id && parent_step !== null && parent_visit !== null
    ? { run: parent_id, step: parent_step, visit: parent_visit, position }
    : null
}

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
  parent: Parent | null
  /** How many runs stand before it, as ancestors or because their ends started the next. */
  depth: number
  started: Date
  rev: number
  lastEntry: number
  /** How often somebody has asked for it while it was being driven. */
  knocks: number
  state: RunState
}

/** What a run began with; `isItem` when it is that of one item of another run's list. */
export interface RunBeginning {
  id: string
  workspaceId: string
  versionId: string
  trigger: string
  data: Record<string, unknown>
  isItem: boolean
}

/** What a run began with; undefined when there is none. */
export async function findBeginning(sql: Sql, id: string): Promise<RunBeginning | undefined> {
  const { rows } = await sql.query<Pick<ClaimedRow, 'id' | 'workspace_id' | 'version_id' | 'trigger' | 'data' | 'position'>>(
    'select id, workspace_id, version_id, trigger, data, position from runs where id = $1',
    [id],
  )
  const row = rows[0]
  return (
    row && {
      id: row.id,
      workspaceId: row.workspace_id,
      versionId: row.version_id,
      trigger: row.trigger,
      data: row.data,
      isItem: row.position !== null,
    }
  )
}

interface ClaimedRow extends ParentRow {
  id: string
  workspace_id: string
  workspace_name: string
  workspace_language: string
  mission_id: string
  version_id: string
  connection_id: string | null
  trigger: string
  data: Record<string, unknown>
  depth: number
  started_at: Date
  rev: number
  last_entry: number
  knocks: number
  state: RunState
  now: Date
}

/**
 * Takes runs for a worker that nobody drives, and those it has already. For the others it leaves a knock, so that whoever drives them looks
 * again before letting go. Runs that are over, or were deleted, are in neither.
 *
 * @param ids in ascending order: rows are locked in it, or two workers might wait for each other.
 * @returns the worker's, with the time by the database's clock.
 */
export async function claimRuns(sql: Sql, ids: readonly string[], worker: string): Promise<(KeptRun & { now: Date })[]> {
  const { rows } = await sql.query<ClaimedRow>({
    name: 'claim-runs',
    text: `with found as materialized (
       select s.run_id from run_states s join runs r on r.id = s.run_id
       where s.run_id = any($1) and r.ended_at is null order by s.run_id for update of s),
     claimed as (
       update run_states s set worker = coalesce(s.worker, $2), knocks = s.knocks + 1 from found where s.run_id = found.run_id
       returning s.run_id, s.worker, s.knocks, s.rev, s.last_entry, s.state)
     select r.id, r.workspace_id, w.name as workspace_name, w.language as workspace_language, r.mission_id, r.version_id,
       r.connection_id, r.trigger, r.data, r.parent_id, r.parent_step, r.parent_visit, r.position, r.depth, r.started_at, c.rev, c.last_entry, c.knocks, c.state,
       clock_timestamp() as now
     from claimed c join runs r on r.id = c.run_id join workspaces w on w.id = r.workspace_id where c.worker = $2`,
    values: [ids, worker],
  })
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    workspace: { name: row.workspace_name, language: row.workspace_language },
    missionId: row.mission_id,
    versionId: row.version_id,
    connectionId: row.connection_id,
    trigger: row.trigger,
    data: row.data,
    parent: toParent(row),
    depth: row.depth,
    started: row.started_at,
    rev: row.rev,
    lastEntry: row.last_entry,
    knocks: row.knocks,
    state: row.state,
    now: row.now,
  }))
}

/** What each step of runs gave on its newest visit: by run, then by step id. */
export async function loadOutputs(sql: Sql, runIds: readonly string[]): Promise<Map<string, Record<string, Record<string, unknown>>>> {
  const { rows } = await sql.query<{ run_id: string; step: string; data: Record<string, unknown> }>({
    name: 'load-outputs',
    text: `select distinct on (run_id, step) run_id, step, data->'data' as data from entries
      where run_id = any($1) and what = 'left' order by run_id, step, number desc`,
    values: [runIds],
  })
  const outputs = new Map(runIds.map((id): [string, Record<string, Record<string, unknown>>] => [id, {}]))
  for (const { run_id, step, data } of rows) Object.assign(outputs.get(run_id) ?? {}, { [step]: data })
  return outputs
}

/** The whole journal of a run. @throws ZodError when it holds what no program has written. */
export async function loadJournal(sql: Sql, runId: string): Promise<Entry[]> {
  const { rows } = await sql.query<{ entry: unknown }>(
    `select jsonb_strip_nulls(jsonb_build_object('what', what, 'step', step, 'visit', visit)) || jsonb_build_object('data', data) as entry
     from entries where run_id = $1 order by number`,
    [runId],
  )
  return rows.map(({ entry }) => entrySchema.parse(entry))
}

/** True for the statuses that a run never leaves. */
export function isEnded(status: RunStatus): status is 'completed' | 'failed' | 'cancelled' {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

/** How many runs are under way, by status. */
export async function openRuns(sql: Sql): Promise<{ running: number; waiting: number }> {
  const { rows } = await sql.query<{ running: string; waiting: string }>({
    name: 'open-runs',
    text: `select count(*) filter (where status = 'running') as running, count(*) filter (where status = 'waiting') as waiting
     from runs where ended_at is null`,
  })
  return { running: Number(rows[0]?.running), waiting: Number(rows[0]?.waiting) }
}

/**
 * Deletes runs that ended more than so many days ago, the oldest first, with all that was kept of them: journal, questions, answers.
 * A run whose parent is still under way stays: the parent may yet look at what it gave.
 *
 * @returns how many; fewer than `most` when none is left.
 */
export async function forgetRuns(sql: Sql, days: number, most: number): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from runs where id in (
       select r.id from runs r where r.ended_at < now() - make_interval(days => $1)
         and not exists (select 1 from runs p where p.id = r.parent_id and p.ended_at is null)
       order by r.ended_at limit $2 for update skip locked)`,
    [days, most],
  )
  return rowCount ?? 0
}
