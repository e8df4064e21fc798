import type { Pool } from 'pg'
import pg from 'pg'
import { percentile, post } from './load.ts'
import type { Program } from './program.ts'
import { workloads, type Workload } from './workload.ts'

/** One workload, measured. */
export interface Throughput {
  name: string
  about: string
  /** Runs that were acknowledged and, in the end, completed. */
  runs: number
  perSecond: number
  /** Milliseconds from keeping the arrival to the end of its run, at full load. */
  p50: number
  p99: number
  /** The same one at a time, with nothing else to do. */
  alone: number
  lost: number
  /** Commits per second of a plain loop that writes the least a durable step must, from the same minute. */
  limit: number
}

/** Measures workloads one after the other: as much as so many connections bring, for so many seconds. */
export async function measureThroughput(
  program: Program,
  { stub, only, seconds, connections }: { stub: string; only: readonly string[] | undefined; seconds: number; connections: number },
): Promise<Throughput[]> {
  const results: Throughput[] = []
  for (const workload of workloads(stub).filter(({ name }) => !only || only.includes(name)))
    results.push(await measure(program, workload, seconds, connections))
  return results
}

async function measure(program: Program, workload: Workload, seconds: number, connections: number): Promise<Throughput> {
  const { pool } = program
  const { missionId, hook } = await program.publish(workload.name, workload.mission)
  await post(hook, { connections, milliseconds: 1_000 })
  await drained(pool, missionId)
  const limit = await plainCommits(program)
  await pool.query('delete from runs where mission_id = $1', [missionId])
  const one = await post(hook, { connections: 1, milliseconds: 2_000, perSecond: 5 })
  await drained(pool, missionId)
  const alone = await latencies(pool, missionId)
  await pool.query('delete from runs where mission_id = $1', [missionId])
  const began = performance.now()
  const { accepted } = await post(hook, { connections, milliseconds: seconds * 1_000 })
  const ended = await drained(pool, missionId)
  const elapsed = (performance.now() - began) / 1_000
  const full = await latencies(pool, missionId)
  return {
    name: workload.name,
    about: workload.about,
    runs: ended,
    perSecond: Math.round(ended / elapsed),
    p50: percentile(full, 50),
    p99: percentile(full, 99),
    alone: percentile(alone, 50),
    lost: accepted + one.accepted - ended - alone.length,
    limit,
  }
}

/** One step at half of what a program manages at most: milliseconds until the answer, and from the arrival to the end of the run. */
export async function measureHalfLoad(
  program: Program,
  { stub, most, seconds, connections }: { stub: string; most: number; seconds: number; connections: number },
): Promise<{ perSecond: number; answered: { p50: number; p99: number }; ended: { p50: number; p99: number } }> {
  const [workload] = workloads(stub)
  if (!workload) throw new Error('no workload')
  const { missionId, hook } = await program.publish('half', workload.mission)
  const perSecond = Math.round(most / 2)
  const { latencies: answers } = await post(hook, { connections, milliseconds: seconds * 1_000, perSecond })
  await drained(program.pool, missionId)
  const ends = await latencies(program.pool, missionId)
  const both = (sorted: readonly number[]) => ({ p50: Math.round(percentile(sorted, 50)), p99: Math.round(percentile(sorted, 99)) })
  return { perSecond, answered: both(answers), ended: both(ends) }
}

/** Milliseconds from keeping an arrival to the end of its run, ascending; of all completed runs of a mission. */
export async function latencies(pool: Pool, missionId: string): Promise<number[]> {
  const { rows } = await pool.query<{ took: number }>(
    `select round(extract(epoch from r.ended_at - i.at) * 1000)::int as took
     from runs r join inbox i on i.id = r.inbox_id where r.mission_id = $1 and r.status = 'completed' order by took`,
    [missionId],
  )
  return rows.map(({ took }) => took)
}

/** Waits until everything that was acknowledged has ended; gives how many completed. */
export async function drained(pool: Pool, missionId: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ open: number; completed: number }>(
      `select (select count(*) from inbox where done_at is null and run_id is null and lane = $1)::int + count(*) filter (where ended_at is null)::int as open,
         count(*) filter (where status = 'completed')::int as completed from runs where mission_id = $1`,
      [missionId],
    )
    if (rows[0]?.open === 0) return rows[0].completed
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What the disk and Postgres allow: a 4 kB state updated and one line written, in one statement, by sixteen writers. */
export async function plainCommits({ pool, databaseUrl }: Program): Promise<number> {
  await pool.query(
    'create table if not exists bench_states (id int primary key, rev int, state text); create table if not exists bench_lines (id int, rev int, line text)',
  )
  await pool.query(`insert into bench_states select n, 0, repeat('x', 4000) from generate_series(1, 16) n on conflict do nothing`)
  const writers = new pg.Pool({ connectionString: databaseUrl, max: 16 })
  const until = performance.now() + 2_000
  let commits = 0
  await Promise.all(
    Array.from({ length: 16 }, async (_, index) => {
      while (performance.now() < until) {
        await writers.query({
          name: 'plain',
          text: `with moved as (update bench_states set rev = rev + 1, state = $2 where id = $1 returning id, rev) insert into bench_lines select id, rev, $3 from moved`,
          values: [index + 1, `${Math.random()}${'x'.repeat(4_000)}`, 'line'.repeat(50)],
        })
        commits++
      }
    }),
  )
  await writers.end()
  return Math.round(commits / 2)
}
