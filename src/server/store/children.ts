import { type CalledData, dataAbove, type ItemData } from '../../run/children.ts'
import type { RunStatus } from '../../run/journal.ts'
import { toParent, type Parent, type ParentRow } from './runs.ts'
import type { Sql } from './transaction.ts'

/** What the journal kept of a visit that starts other runs, and where. */
export interface Called {
  data: CalledData
  /** Number of the journal's line: what the run's steps had given before it is what the items see. */
  number: number
}

/** What a visit that starts other runs was told; `list` names a setting that is left out, because it may be long. */
export async function loadCalled(sql: Sql, runId: string, at: { step: string; visit: number }, list?: string): Promise<Called | undefined> {
  const { rows } = await sql.query<Called>({
    name: 'load-called',
    text: `select number, case when $4::text is null then data else data #- array['settings', $4] end as data
     from entries where run_id = $1 and step = $2 and visit = $3 and what = 'called' order by number limit 1`,
    values: [runId, at.step, at.visit, list ?? null],
  })
  return rows[0]
}

/** Some items of a visit's list, by their places. */
export async function loadItems(
  sql: Sql,
  runId: string,
  at: { step: string; visit: number },
  list: string,
  positions: readonly number[],
): Promise<Map<number, unknown>> {
  const { rows } = await sql.query<{ position: number; item: unknown }>({
    name: 'load-items',
    text: `select p.position, e.data -> 'settings' -> $4::text -> (p.position - 1) as item
     from entries e, unnest($5::integer[]) as p(position) where e.run_id = $1 and e.step = $2 and e.visit = $3 and e.what = 'called'`,
    values: [runId, at.step, at.visit, list, positions],
  })
  return new Map(rows.map(({ position, item }) => [position, item]))
}

/** A run that a visit started, with what its steps gave, in the order in which they were left. */
export interface KeptChild {
  run: string
  versionId: string
  position: number | null
  status: RunStatus
  steps: { step: string; data: Record<string, unknown> }[]
}

/** All runs that a visit started, in the list's order. */
export async function loadChildren(sql: Sql, runId: string, at: { step: string; visit: number }): Promise<KeptChild[]> {
  const { rows } = await sql.query<{
    id: string
    version_id: string
    position: number | null
    status: RunStatus
    steps: KeptChild['steps']
  }>({
    name: 'load-children',
    text: `select r.id, r.version_id, r.position, r.status, coalesce((
       select jsonb_agg(jsonb_build_object('step', o.step, 'data', o.data) order by o.number) from (
         select distinct on (e.step) e.step, e.number, e.data -> 'data' as data from entries e
         where e.run_id = r.id and e.what = 'left' order by e.step, e.number desc) o), '[]') as steps
     from runs r where r.parent_id = $1 and r.parent_step = $2 and r.parent_visit = $3 order by r.position`,
    values: [runId, at.step, at.visit],
  })
  return rows.map((row) => ({ run: row.id, versionId: row.version_id, position: row.position, status: row.status, steps: row.steps }))
}

/** How many runs each visit of a run has started, by `step/visit`. */
export async function startedBy(sql: Sql, runId: string): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ visit: string; count: number }>(
    `select parent_step || '/' || parent_visit as visit, count(*)::integer as count from runs where parent_id = $1 group by parent_step, parent_visit`,
    [runId],
  )
  return new Map(rows.map(({ visit, count }) => [visit, count]))
}

/**
 * Asks the runs that a run has started to cancel themselves: those of some of its visits, or all. The caller asks the queue to drive
 * them, in the same transaction.
 *
 * @returns those that are not over yet.
 */
export async function cancelChildren(
  sql: Sql,
  runId: string,
  visits: 'all' | readonly { step: string; visit: number }[],
): Promise<string[]> {
  if (visits !== 'all' && visits.length === 0) return []
  const { rows } = await sql.query<{ run_id: string }>({
    name: 'cancel-children',
    text: `insert into inbox (workspace_id, run_id, source, identity, kind, data)
     select r.workspace_id, r.id, 'cancel', 'parent/' || r.id, 'cancel', '{}' from runs r
     where r.parent_id = $1 and r.ended_at is null and ($2::jsonb is null or exists (
       select 1 from jsonb_to_recordset($2) as v(step text, visit integer) where v.step = r.parent_step and v.visit = r.parent_visit))
     on conflict (source, identity) do nothing returning run_id`,
    values: [runId, visits === 'all' ? null : JSON.stringify(visits)],
  })
  return rows.map((row) => row.run_id)
}

/** A run that has ended and that another one had started. */
export interface EndedChild {
  id: string
  status: 'completed' | 'failed' | 'cancelled'
  parent: Parent
}

/**
 * Tells the parents of runs that these have ended, once each. The caller asks the queue to drive them, in the same transaction.
 *
 * @returns the parents that are not over themselves.
 */
export async function tellParents(sql: Sql, ended: readonly EndedChild[]): Promise<string[]> {
  if (ended.length === 0) return []
  const { rows } = await sql.query<{ run_id: string }>({
    name: 'tell-parents',
    text: `insert into inbox (workspace_id, run_id, source, identity, kind, data)
     select p.workspace_id, p.id, 'child', g.id::text, 'child-ended', jsonb_build_object(
       'run', g.id, 'status', g.status, 'step', g.parent ->> 'step', 'visit', (g.parent ->> 'visit')::int, 'position', coalesce((g.parent ->> 'position')::int, 1))
     from jsonb_to_recordset($1::jsonb) as g(id uuid, status text, parent jsonb) join runs p on p.id = (g.parent ->> 'run')::uuid
     where p.ended_at is null
     on conflict (source, identity) do nothing returning run_id`,
    values: [JSON.stringify(ended)],
  })
  return [...new Set(rows.map((row) => row.run_id))]
}

/** What a run's steps see that did not happen in itself: what started its first ancestor, and in an item's run what its holder saw. */
export interface Line {
  trigger: Record<string, unknown>
  above?: Record<string, unknown>
}

/** Reads a run's line of ancestors, as far as it is an item's run. */
export async function loadLine(sql: Sql, run: { trigger: string; data: Record<string, unknown>; parent: Parent | null }): Promise<Line> {
  const { parent } = run
  if (!parent || parent.position === null) return { trigger: run.data }
  const { rows } = await sql.query<ParentRow & { trigger: string; data: Record<string, unknown> }>({
    name: 'load-parent',
    text: `select trigger, data, parent_id, parent_step, parent_visit, position from runs where id = $1`,
    values: [parent.run],
  })
  const [row] = rows
  const number = await numberOfCall(sql, parent)
  if (!row || number === undefined) return { trigger: {} }
  const line = await loadLine(sql, { trigger: row.trigger, data: row.data, parent: toParent(row) })
  const outputs = await loadOutputsBefore(sql, parent.run, number)
  return {
    trigger: line.trigger,
    above: dataAbove(run.trigger, itemData(run.data), { ...(line.above ? { above: line.above } : {}), outputs }),
  }
}

/** What each step of a run had given before a line of its journal, by step id. */
export async function loadOutputsBefore(sql: Sql, runId: string, number: number): Promise<Record<string, Record<string, unknown>>> {
  const { rows } = await sql.query<{ step: string; data: Record<string, unknown> }>({
    name: 'load-outputs-before',
    text: `select distinct on (step) step, data -> 'data' as data from entries
     where run_id = $1 and what = 'left' and number < $2 order by step, number desc`,
    values: [runId, number],
  })
  return Object.fromEntries(rows.map(({ step, data }) => [step, data]))
}

async function numberOfCall(sql: Sql, { run, step, visit }: Parent): Promise<number | undefined> {
  const { rows } = await sql.query<{ number: number }>({
    name: 'number-of-call',
    text: `select number from entries where run_id = $1 and step = $2 and visit = $3 and what = 'called' order by number limit 1`,
    values: [run, step, visit],
  })
  return rows[0]?.number
}

function itemData(data: Record<string, unknown>): ItemData {
  return { item: data['item'] ?? null, position: Number(data['position']), count: Number(data['count']) }
}
