import type { Entry, RunStatus } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import { entryColumns, numbered } from './beginnings.ts'
import { isEnded } from './runs.ts'
import type { Sql } from './transaction.ts'

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
  /** Let the run go, unless somebody has knocked since: how many knocks are known. Undefined: keep it. */
  release?: number
}

/** What came of a commit that was written. */
export interface Committed {
  knocks: number
  /** The time by the database's clock, after the last of these knocks. */
  now: Date
  /** The run is nobody's now. */
  released: boolean
}

/**
 * Writes commits of several runs in one statement (fifty cost about as much as four one by one). Each is fenced by the run's revision and by
 * who drives it, so that a second driver, or one that was taken for dead, writes nothing.
 *
 * @returns by run what was written; a run that somebody else drives is left out.
 */
export async function commitRuns(sql: Sql, worker: string, commits: readonly RunCommit[]): Promise<Map<string, Committed>> {
  const { rows } = await sql.query<{ run_id: string; knocks: number; released: boolean; now: Date }>({
    name: 'commit-runs',
    text: `with given as materialized (
       select * from jsonb_to_recordset($1::jsonb) as g(
         id uuid, rev integer, last_entry integer, state jsonb, status text, ended boolean, entries jsonb, arrivals bigint[], release integer)),
     mine as materialized (
       select s.run_id from run_states s join given g on g.id = s.run_id where s.rev = g.rev and s.worker = $2 order by s.run_id for update of s),
     moved as (
       update run_states s set state = g.state, rev = s.rev + 1, last_entry = g.last_entry,
         worker = case when g.ended or s.knocks = g.release then null else s.worker end
       from given g, mine where g.id = mine.run_id and s.run_id = mine.run_id
       returning s.run_id, s.workspace_id, s.knocks, s.worker is null as released),
     written as (
       insert into entries (run_id, workspace_id, number, step, visit, what, data)
       select moved.run_id, moved.workspace_id, e.number, e.step, e.visit, e.what, e.data
       from moved join given g on g.id = moved.run_id, jsonb_to_recordset(g.entries) as e(${entryColumns})),
     status as (
       update runs set status = g.status, ended_at = case when g.ended then now() end
       from moved join given g on g.id = moved.run_id
       where runs.id = moved.run_id and runs.status <> g.status and runs.ended_at is null),
     taken as (
       update inbox set done_at = now() from moved join given g on g.id = moved.run_id
       where inbox.id = any(g.arrivals) and inbox.run_id = moved.run_id)
     select moved.run_id, moved.knocks, moved.released, clock_timestamp() as now, pg_notify('missions', jsonb_build_object(
       'topic', 'run', 'workspace', moved.workspace_id, 'run', moved.run_id, 'status', g.status)::text)
     from moved join given g on g.id = moved.run_id`,
    values: [JSON.stringify(commits.map(toCommitRow)), worker],
  })
  return new Map(rows.map(({ run_id, knocks, released, now }) => [run_id, { knocks, released, now }]))
}

function toCommitRow({ id, rev, lastEntry, state, status, entries, arrivals, release }: RunCommit) {
  return {
    id,
    rev,
    last_entry: lastEntry + entries.length,
    state,
    status,
    ended: isEnded(status),
    entries: numbered(entries, lastEntry),
    arrivals,
    release: release ?? null,
  }
}
