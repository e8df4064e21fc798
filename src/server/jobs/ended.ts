import type { Sql } from '../store/transaction.ts'

/** How many missions may start one another by their ends before the chain is cut. */
const longestChain = 20

/**
 * Tells missions that listen for it that a run ended, in the transaction that ends it. Nothing is written where nobody
 * listens. A chain of missions that start one another (or themselves) is cut after 20.
 */
export async function tellEnded(sql: Sql, run: { id: string; workspaceId: string; missionId: string; name: string }, status: string): Promise<void> {
  await sql.query(
    `insert into inbox (workspace_id, source, identity, kind, data)
     select $2, 'run', $1::text, 'mission-ended', jsonb_build_object(
       'kind', 'mission-ended', 'mission', jsonb_build_object('id', $3::uuid, 'name', $4::text),
       'run', jsonb_build_object('id', $1::uuid, 'status', $5::text), 'depth', chain.depth + 1)
     from (
       select coalesce((select (i.data ->> 'depth')::int from runs r join inbox i on i.id = r.inbox_id where r.id = $1 and i.kind = 'mission-ended'), 0) as depth
     ) as chain
     where chain.depth < ${longestChain} and exists (
       select 1 from missions m join versions v on v.id = m.live_version_id
       where m.workspace_id = $2 and m.archived_at is null and v.mission @> '{"triggers": [{"type": "mission-ended"}]}')
     on conflict (source, identity) do nothing`,
    [run.id, run.workspaceId, run.missionId, run.name, status],
  )
  await sql.query(`select pg_notify('missions_inbox', '')`)
}
