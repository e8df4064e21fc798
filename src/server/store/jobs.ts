import type { Sql } from './transaction.ts'

/*
 * What the program reads and cleans of pg-boss's own table by itself; everything else of pg-boss 12 is in queue.ts. A job that is
 * `created` or `retry` (both below `active`) is done once `start_after` has come.
 */

/** How the queue stands. */
export interface QueueDepth {
  /** Jobs whose time has not come, such as waits and time limits. */
  waiting: number
  due: number
  active: number
  /** Seconds since the oldest was due; 0 when none is. */
  lag: number
}

/** Counts the jobs that are not done. */
export async function queueDepth(sql: Sql): Promise<QueueDepth> {
  const { rows } = await sql.query<{ waiting: string; due: string; active: string; lag: number | null }>({
    name: 'queue-depth',
    text: `select count(*) filter (where state < 'active' and start_after > now()) as waiting,
       count(*) filter (where state < 'active' and start_after <= now()) as due,
       count(*) filter (where state = 'active') as active,
       extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now()))::float8 as lag
     from pgboss.job where name = 'drive' and state <= 'active'`,
  })
  const [row] = rows
  return { waiting: Number(row?.waiting), due: Number(row?.due), active: Number(row?.active), lag: Math.max(0, row?.lag ?? 0) }
}

/** Only jobs that nobody could be fetching at the same moment. */
const farOff = '1 hour'

/**
 * Deletes jobs that would wake runs which are over: the time limit of a month of a question that was answered within the hour.
 *
 * @returns how many; fewer than `most` when none is left.
 */
export async function forgetJobs(sql: Sql, most: number): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from pgboss.job where id in (
       select j.id from pgboss.job j left join runs r on r.id = (j.data->>'run')::uuid
       where j.name = 'drive' and j.state = 'created' and j.start_after > now() + interval '${farOff}' and (r.id is null or r.ended_at is not null)
       limit $1)`,
    [most],
  )
  return rowCount ?? 0
}
