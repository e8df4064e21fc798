import { type Entry, entrySchema, type RunStatus } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import { tellMissions, type Arrival } from './inbox.ts'
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
