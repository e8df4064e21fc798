import { z } from 'zod'
import { entrySchema, type KeptEntry } from '../../run/journal.ts'
import type { RunState } from '../../run/progress.ts'
import type { Sql } from './transaction.ts'

/** What asks a run to move, as it lies in the inbox. */
export const wishSchema = z.object({ to: z.uuid(), by: z.object({ id: z.string(), name: z.string() }) })

/** Who wants a run to go on in which version. */
export type MoveWish = z.infer<typeof wishSchema>

/** A run under way in another version than the live one. */
export interface RunElsewhere {
  id: string
  versionId: string
  version: number
  started: Date
  state: RunState
  /** Somebody has wished it to move, and nobody has looked at that yet. */
  moving: boolean
}

/** Runs that could move: of whole missions; the items of a list go on with the run that goes through it. */
const elsewhere = `from runs r where r.mission_id = $1 and r.ended_at is null and r.position is null and r.version_id <> $2`
const wished = `exists (select 1 from inbox i where i.run_id = r.id and i.done_at is null and i.kind = 'move')`

/** How many runs of a mission are under way in other versions than this one, and how many of them are about to move. */
export async function countElsewhere(sql: Sql, missionId: string, versionId: string): Promise<{ total: number; moving: number }> {
  const { rows } = await sql.query<{ total: number; moving: number }>(
    `select count(*)::integer as total, count(*) filter (where ${wished})::integer as moving ${elsewhere}`,
    [missionId, versionId],
  )
  return rows[0] ?? { total: 0, moving: 0 }
}

/** Some of the runs of a mission that are under way in other versions than this one, by id, after one of them. */
export async function runsElsewhere(sql: Sql, missionId: string, versionId: string, after: string, most: number): Promise<RunElsewhere[]> {
  const { rows } = await sql.query<Omit<RunElsewhere, 'versionId'> & { version_id: string }>(
    `select f.id, f.version_id, v.number as version, f.started_at as started, s.state, f.moving
     from (select r.*, ${wished} as moving ${elsewhere} and r.id > $3 order by r.id limit $4) f
     join versions v on v.id = f.version_id join run_states s on s.run_id = f.id order by f.id`,
    [missionId, versionId, after, most],
  )
  return rows.map(({ version_id, ...row }) => ({ ...row, versionId: version_id }))
}

/** The journals of runs, by run, without what steps gave and the settings they had: both may be large. */
export async function outlineJournals(sql: Sql, runIds: readonly string[]): Promise<Map<string, KeptEntry[]>> {
  const { rows } = await sql.query<{ run_id: string; number: number; at: Date; entry: unknown }>(
    `select run_id, number, at, jsonb_strip_nulls(jsonb_build_object('what', what, 'step', step, 'visit', visit)) || jsonb_build_object('data',
       case when what = 'left' then data - 'settings' || '{"data": {}}' when what in ('asked', 'waiting', 'called') then data || '{"settings": {}}' else data end) as entry
     from entries where run_id = any($1) order by run_id, number`,
    [runIds],
  )
  const journals = new Map(runIds.map((id): [string, KeptEntry[]] => [id, []]))
  for (const { run_id, number, at, entry } of rows)
    journals.get(run_id)?.push({ ...entrySchema.parse(entry), number, at: at.toISOString() })
  return journals
}

/**
 * Asks runs to move, in the caller's transaction, which also asks the queue to drive them. Runs that are over, there already, or asked already
 * are left alone, so that it may be done again after half of it.
 *
 * @returns those that were asked.
 */
export async function wishMoves(sql: Sql, missionId: string, wish: MoveWish, runIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ run_id: string }>(
    `insert into inbox (workspace_id, run_id, source, identity, kind, data)
     select r.workspace_id, r.id, 'move', gen_random_uuid(), 'move', $4::jsonb ${elsewhere} and r.id = any($3) and not ${wished}
     order by r.id returning run_id`,
    [missionId, wish.to, z.array(z.uuid()).parse(runIds), JSON.stringify(wish)],
  )
  return rows.map(({ run_id }) => run_id)
}

/** Notes in which version a run goes on, in the transaction of the commit that moves it. */
export async function keepMove(sql: Sql, runId: string, versionId: string): Promise<void> {
  await sql.query('update runs set version_id = $2 where id = $1', [runId, versionId])
}
