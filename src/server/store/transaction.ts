import type { Pool, PoolClient } from 'pg'

/** Anything SQL can be sent to: the pool (one statement, its own transaction) or a client inside a transaction. */
export type Sql = Pick<Pool | PoolClient, 'query'>

/** Runs statements in one transaction; rolls back when the work throws. */
export async function transaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure))
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** The time by the database's clock. */
export async function timeOf(sql: Sql): Promise<Date> {
  const { rows } = await sql.query<{ now: Date }>('select clock_timestamp() as now')
  return rows[0]?.now ?? new Date()
}
