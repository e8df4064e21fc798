import type { Sql } from '../store/transaction.ts'

/** How many missions may start one another by their ends before the chain is cut. */
const longestChain = 20

/** A run that ended, for those who listen. */
export interface EndedRun {
  id: string
  workspaceId: string
  missionId: string
  /** The mission's name. */
  name: string
  status: 'completed' | 'failed' | 'cancelled'
}

/**
 * Tells missions that listen for it that runs ended, in the transaction that ends them. Nothing is written where nobody
 * listens. A chain of missions that start one another (or themselves) is cut after 20.
 */
export async function tellEnded(sql: Sql, runs: readonly EndedRun[]): Promise<void> {
  if (runs.length === 0) return
  await sql.query({
    name: 'tell-ended',
    text: `with given as (
       select g.*, coalesce((
         select (i.data ->> 'depth')::int from runs r join inbox i on i.id = r.inbox_id where r.id = g.id and i.kind = 'mission-ended'), 0) as depth
       from jsonb_to_recordset($1::jsonb) as g(id uuid, "workspaceId" uuid, "missionId" uuid, name text, status text)),
     kept as (
       insert into inbox (workspace_id, source, identity, kind, data)
       select "workspaceId", 'run', id::text, 'mission-ended', jsonb_build_object(
         'kind', 'mission-ended', 'mission', jsonb_build_object('id', "missionId", 'name', name),
         'run', jsonb_build_object('id', id, 'status', status), 'depth', depth + 1)
       from given where depth < ${longestChain} and exists (
         select 1 from missions m join versions v on v.id = m.live_version_id
         where m.workspace_id = given."workspaceId" and m.archived_at is null and v.mission @> '{"triggers": [{"type": "mission-ended"}]}')
       on conflict (source, identity) do nothing returning id)
     select pg_notify('missions_inbox', '') from kept limit 1`,
    values: [JSON.stringify(runs)],
  })
}
