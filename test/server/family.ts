import { expect } from 'vitest'
import { receiveForRun } from '../../src/server/store/inbox.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import type { TestDatabase } from '../making.ts'
import { type Program, until } from './program.ts'

/** Short ways to write steps that start other runs. */
export const set = (id: string, data: Record<string, unknown>, more: object = {}) => ({ id, type: 'set-data', settings: { data }, ...more })
/** A step that goes through a list. */
export const each = (id: string, list: unknown, settings: object = {}, more: object = {}) => ({
  id,
  type: 'for-each',
  settings: { list, ...settings },
  ...more,
})
/** 1, 2, 3 and so on. */
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** One run, as far as it matters who started it. */
export interface Row {
  id: string
  mission: string
  status: string
  parent_id: string | null
  parent_step: string | null
  position: number | null
}

/** Those that a run started. */
export const childrenOf = (rows: readonly Row[], parent: Row | undefined) => rows.filter(({ parent_id }) => parent_id === parent?.id)
/** The run of a mission that no other run started. */
export const rootOf = (rows: readonly Row[], name: string) =>
  rows.find(({ mission: called, parent_id }) => called === name && parent_id === null)

/** Looks at the runs of a database and their journals. */
export function familyIn({ pool }: TestDatabase) {
  async function allRuns(): Promise<Row[]> {
    const { rows } = await pool.query<Row>(
      `select r.id, m.name as mission, r.status, r.parent_id, r.parent_step, r.position from runs r join missions m on m.id = r.mission_id
       order by r.position, r.started_at`,
    )
    return rows
  }
  /** What a step gave, or how it was left. */
  async function leftBy(
    run: string,
    step: string,
  ): Promise<{ exit: string; data: Record<string, unknown>; trouble?: { what: { en: string } } }> {
    const { rows } = await pool.query<{ data: { exit: string; data: Record<string, unknown>; trouble?: { what: { en: string } } } }>(
      `select data from entries where run_id = $1 and step = $2 and what = 'left' order by number desc limit 1`,
      [run, step],
    )
    return rows[0]?.data ?? expect.unreachable(`${step} was not left`)
  }

  /** Waits for the end of the run of a mission that no other run started. */
  const ended = (name: string) =>
    until(`a run of ${name} has ended`, async () => {
      const root = rootOf(await allRuns(), name)
      return root !== undefined && ['completed', 'failed', 'cancelled'].includes(root.status) && root
    })

  async function cancelled(program: Program, workspaceId: string, run: string): Promise<void> {
    await transaction(pool, async (client) => {
      await receiveForRun(client, { workspaceId, runId: run, source: 'cancel', identity: crypto.randomUUID(), kind: 'cancel', data: {} })
      await program.context.queue.drive(client, run)
    })
  }

  return { allRuns, leftBy, ended, cancelled }
}
