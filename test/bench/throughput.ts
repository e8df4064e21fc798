/**
 * `npm run bench`: completed runs per second, everything on this machine: load generator, Postgres (fsync on,
 * synchronous_commit on) and the program. Beside it, from the same minute, commits per second of a plain loop that writes the
 * least a durable step must. Prints a table, and JSON with --json. Options: --only W1,W2 --seconds 10 --connections 32.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { post } from './load.ts'
import { workloads, type Workload } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '32' },
    program: { type: 'string', default: 'src/cli/launcher.js' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(options.seconds)
const connections = Number(options.connections)

interface Measured {
  name: string
  about: string
  /** Runs that were accepted and, in the end, completed. */
  runs: number
  perSecond: number
  /** Milliseconds from acknowledging the web hook to the end of the run. */
  latency: { p50: number; p99: number }
  /** Requests answered 202 per second while the load lasted. */
  acceptedPerSecond: number
  lost: number
  /** Commits per second of the plain loop, from the same minute. */
  limit: number
}

const stub = createServer((_, response) => setTimeout(() => response.end('ok'), 50))
await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve))
const stubHost = `127.0.0.1:${(stub.address() as AddressInfo).port}`
const folder = await mkdtemp(join(tmpdir(), 'missions-bench-'))
const program = await startProgram(folder)
const results: Measured[] = []
try {
  const pool = new pg.Pool({ connectionString: program.databaseUrl, max: 4 })
  const wanted = options.only?.split(',')
  for (const workload of workloads(`http://${stubHost}/`).filter(({ name }) => name !== 'W6' && (!wanted || wanted.includes(name))))
    results.push(await measure(pool, workload))
  await pool.end()
} finally {
  await program.stop()
  stub.close()
  await rm(folder, { recursive: true, force: true })
}
if (options.json) console.log(JSON.stringify({ seconds, connections, results }, null, 2))
else console.table(results.map(({ latency, about: _, ...rest }) => ({ ...rest, ...latency })))
process.exit()

async function startProgram(data: string) {
  const child = spawn(process.execPath, [options.program, 'start'], {
    env: { ...process.env, PORT: '0', MISSIONS_DATA: data, LOG_LEVEL: 'warn', CALLS_ALLOWED: stubHost },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /http:\/\/[\w.:]+/.exec(text)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}:\n${text}`)))
  })
  const { readDatabaseUrl } = await import('./database.ts')
  return {
    url,
    databaseUrl: await readDatabaseUrl(data),
    async stop() {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

/** Publishes the workload in a workspace of its own; gives its web hook's address. */
async function publish(pool: pg.Pool, { mission, name }: Workload): Promise<{ missionId: string; address: string }> {
  const one = async (text: string, values: unknown[]) => String((await pool.query<{ id: string }>(text, values)).rows[0]?.id)
  const workspace = await one('insert into workspaces (name) values ($1) returning id', [`Bench ${name}`])
  const missionId = await one('insert into missions (workspace_id, name, draft) values ($1, $2, $3) returning id', [
    workspace,
    name,
    JSON.stringify(mission),
  ])
  const version = await one('insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 1, $3) returning id', [
    workspace,
    missionId,
    JSON.stringify(mission),
  ])
  await pool.query('update missions set live_version_id = $2 where id = $1', [missionId, version])
  const address = `bench-${missionId}`
  await pool.query(`insert into doors (address, workspace_id, mission_id, trigger, kind) values ($1, $2, $3, 'hook', 'hook')`, [
    address,
    workspace,
    missionId,
  ])
  return { missionId, address }
}

async function measure(pool: pg.Pool, workload: Workload): Promise<Measured> {
  const { missionId, address } = await publish(pool, workload)
  await load(address, 1_000)
  await drained(pool, missionId)
  const limit = await plainCommits(pool)
  await pool.query('delete from runs where mission_id = $1', [missionId])
  const began = performance.now()
  const accepted = await load(address, seconds * 1_000)
  const ended = await drained(pool, missionId)
  const elapsed = (performance.now() - began) / 1_000
  const { rows } = await pool.query<{ p50: number; p99: number }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from r.ended_at - i.at) * 1000) as p50,
       percentile_cont(0.99) within group (order by extract(epoch from r.ended_at - i.at) * 1000) as p99
     from runs r join inbox i on i.id = r.inbox_id where r.mission_id = $1 and r.status = 'completed'`,
    [missionId],
  )
  const latency = rows[0] ?? { p50: 0, p99: 0 }
  return {
    name: workload.name,
    about: workload.about,
    runs: ended,
    perSecond: Math.round(ended / elapsed),
    acceptedPerSecond: Math.round(accepted / seconds),
    latency: { p50: Math.round(latency.p50), p99: Math.round(latency.p99) },
    lost: accepted - ended,
    limit,
  }
}

/** Calls the web hook over so many connections for so long; gives how many were acknowledged. */
async function load(address: string, milliseconds: number): Promise<number> {
  return (await post(new URL(`${program.url}/hooks/${address}`), { connections, milliseconds })).accepted
}

/** Waits until everything that was accepted has ended; gives how many completed. */
async function drained(pool: pg.Pool, missionId: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ open: number; completed: number }>(
      `select (select count(*) from inbox where done_at is null and data->>'mission' = $1::text)::int + count(*) filter (where ended_at is null)::int as open,
         count(*) filter (where status = 'completed')::int as completed from runs where mission_id = $1::uuid`,
      [missionId],
    )
    if (rows[0]?.open === 0) return rows[0].completed
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What the disk and Postgres allow: a 4 kB state updated and one line written, in one statement, by as many writers. */
async function plainCommits(pool: pg.Pool): Promise<number> {
  await pool.query(
    'create table if not exists bench_states (id int primary key, rev int, state text); create table if not exists bench_lines (id int, rev int, line text)',
  )
  await pool.query(`insert into bench_states select n, 0, repeat('x', 4000) from generate_series(1, 16) n on conflict do nothing`)
  const writers = new pg.Pool({ connectionString: program.databaseUrl, max: 16 })
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
