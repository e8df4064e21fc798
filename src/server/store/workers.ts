import type { Sql } from './transaction.ts'

/** Seconds without a sign of life after which a worker is taken for dead. */
const deadAfter = 8

/**
 * A worker says that it is alive. The first time makes it known; so does one after it had been taken for dead, without its runs.
 *
 * @returns the time by the database's clock, in milliseconds since 1970.
 */
export async function showWorker(sql: Sql, id: string): Promise<number> {
  const { rows } = await sql.query<{ now: Date }>({
    name: 'show-worker',
    text: `insert into private.workers (id) values ($1) on conflict (id) do update set seen_at = now() returning clock_timestamp() as now`,
    values: [id],
  })
  return rows[0]?.now.getTime() ?? Date.now()
}

/** How many workers are alive. */
export async function countWorkers(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: string }>({
    name: 'count-workers',
    text: `select count(*) as count from private.workers where seen_at > now() - make_interval(secs => ${deadAfter})`,
  })
  return Number(rows[0]?.count)
}

/**
 * Takes the runs of dead workers from them, in the caller's transaction; of none while the database itself has just come back, when nobody could
 * show life. Gives the runs, which somebody has to be asked to drive.
 */
export async function releaseDead(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'dead-workers',
    text: `delete from private.workers where greatest(seen_at, pg_postmaster_start_time()) < now() - make_interval(secs => ${deadAfter}) returning id`,
  })
  return release(
    sql,
    rows.map((row) => row.id),
  )
}

/** A worker that ends in good order gives its runs back. Gives the runs, which somebody has to be asked to drive. */
export async function releaseWorker(sql: Sql, id: string): Promise<string[]> {
  await sql.query('delete from private.workers where id = $1', [id])
  return release(sql, [id])
}

async function release(sql: Sql, workers: readonly string[]): Promise<string[]> {
  if (workers.length === 0) return []
  const { rows } = await sql.query<{ run_id: string }>(
    `with theirs as materialized (select run_id from run_states where worker = any($1) order by run_id for update)
     update run_states set worker = null from theirs where run_states.run_id = theirs.run_id returning run_states.run_id`,
    [workers],
  )
  return rows.map((row) => row.run_id)
}
