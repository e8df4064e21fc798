import type { Queue } from '../queue.ts'
import { tellParents } from '../store/children.ts'
import { tellMissions } from '../store/inbox.ts'
import type { Parent } from '../store/runs.ts'
import type { Sql } from '../store/transaction.ts'
import { longestLine } from '../../run/children.ts'

/** A run that ended, for those who listen. */
export interface EndedRun {
  id: string
  workspaceId: string
  missionId: string
  /** The mission's name. */
  name: string
  status: 'completed' | 'failed' | 'cancelled'
  parent: Parent | null
  /** How many runs stand before it, as ancestors or because their ends started the next. */
  depth: number
}

/**
 * Tells those who wait or listen for it that runs ended, in the transaction that ends them: the runs that started them, and missions that
 * are started by ends. Nothing is written where nobody listens; the end of one item is no mission's end. A chain of missions that start
 * one another (or themselves) is cut after {@link longestLine}.
 */
export async function tellEnded(queue: Queue, sql: Sql, runs: readonly EndedRun[]): Promise<void> {
  const children = runs.flatMap(({ parent, ...run }) => (parent ? [{ ...run, parent }] : []))
  const parents = await tellParents(sql, children)
  await queue.driveAll(
    sql,
    parents.map((run) => ({ run })),
  )
  const missions = runs.filter(({ parent, depth }) => (parent === null || parent.position === null) && depth < longestLine)
  if (missions.length === 0) return
  await sql.query({
    name: 'tell-ended',
    text: `with over as materialized (
       select id, "workspaceId" as workspace_id, "missionId" as mission_id, name, status, depth
       from jsonb_to_recordset($1::jsonb) as g(id uuid, "workspaceId" uuid, "missionId" uuid, name text, status text, depth int)),
     told as (${tellMissions('over')})
     select pg_notify('missions_inbox', '') from told limit 1`,
    values: [JSON.stringify(missions)],
  })
}
