import { createServer, type Socket } from 'node:net'
import pg from 'pg'
import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { measureBacklog } from '../../src/server/backlog.ts'
import { openCounts } from '../../src/server/jobs/counts.ts'
import { receive } from '../../src/server/store/inbox.ts'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, published, startedByHand, until } from './program.ts'

const database = await aDatabase()

/** Every sample by its name and labels as they are told to Prometheus. */
async function told(registry: Registry): Promise<Record<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
}

function aBacklog(url: string): Registry {
  const registry = new Registry()
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => undefined)
  onTestFinished(() => pool.end())
  measureBacklog(registry, pool)
  return registry
}

const work = missionSchema.parse({
  format: 1,
  name: 'Work',
  triggers: [{ id: 'start', type: 'by-hand' }],
  steps: [
    { id: 'note', type: 'set-data', settings: { data: { at: 1 } } },
    { id: 'hello', type: 'send-message', settings: { to: 'channel', channel: 'general', text: 'Hello' } },
    {
      id: 'call',
      type: 'call-web-address',
      settings: { method: 'GET', url: 'http://127.0.0.1:9/' },
      retry: { times: 1, first: '1s', factor: 1 },
    },
    { id: 'pause', type: 'wait', settings: { time: '365d' } },
  ],
  links: [
    { from: 'start', to: 'note' },
    { from: 'note', to: 'hello' },
    { from: 'hello', to: 'call' },
    { from: 'call', exit: 'failed', to: 'pause' },
  ],
})

async function waitsForAYear(mission: string): Promise<boolean> {
  const { rows } = await database.pool.query(
    `select 1 from runs join entries on run_id = id where mission_id = $1 and status = 'waiting' and step = 'pause' and what = 'waiting'`,
    [mission],
  )
  return rows.length === 1
}

test('what waits is told: jobs, arrivals, runs, and how old the oldest is', async () => {
  const office = await anOffice(database, ['Ana'])
  const id = await published(database, office, work)
  const program = await aProgram(database, ['127.0.0.1:9'])
  await startedByHand(database, office, id, 'Ana')
  await until('its run waits for a year', () => waitsForAYear(id))
  await until(
    'its job is done',
    async () => (await program.context.pool.query(`select 1 from pgboss.job where state = 'active'`)).rowCount === 0,
  )
  await program.stop()
  await receive(database.pool, { workspaceId: office.workspaceId, source: 'test', identity: 'late', kind: 'hook', data: {} })
  await database.pool.query(`update inbox set at = now() - interval '90 seconds' where identity = 'late'`)
  await program.context.pool.query(
    `insert into pgboss.job (name, data, start_after) values ('drive', '{}', now() - interval '40 seconds'), ('drive', '{}', now())`,
  )
  const samples = await told(aBacklog(database.url))
  expect(samples).toMatchObject({
    'missions_jobs{state="waiting"}': 1,
    'missions_jobs{state="due"}': 2,
    'missions_jobs{state="active"}': 0,
    'missions_arrivals{state="open"}': 1,
    'missions_runs{status="running"}': 0,
    'missions_runs{status="waiting"}': 1,
    // It gave its runs back and went.
    'missions_workers{state="alive"}': 0,
    missions_database_up: 1,
  })
  expect(samples['missions_lag_seconds{of="arrivals"}']).toBeGreaterThanOrEqual(90)
  expect(samples['missions_lag_seconds{of="jobs"}']).toBeGreaterThanOrEqual(40)
  await database.pool.query('delete from inbox where done_at is null')
})

test('what a process has done is counted, by type of action where that helps', async () => {
  const office = await anOffice(database, ['Ana'])
  const registry = new Registry()
  const counts = openCounts(registry)
  const id = await published(database, office, work)
  const program = await aProgram(database, ['127.0.0.1:9'], { counts })
  await startedByHand(database, office, id, 'Ana')
  await until('its run waits for a year', () => waitsForAYear(id))
  await program.stop()
  const samples = await told(registry)
  expect(samples).toMatchObject({
    missions_arrivals_taken_total: 1,
    missions_runs_started_total: 1,
    missions_steps_total: 3,
    'missions_step_failures_total{action="call-web-address",trouble="unavailable"}': 1,
    'missions_step_retries_total{action="call-web-address"}': 1,
    'missions_step_seconds_count{action="send-message"}': 1,
    'missions_step_seconds_count{action="call-web-address"}': 2,
  })
  expect(samples['missions_commits_total']).toBeGreaterThan(2)
  // Nothing is measured of what takes microseconds.
  expect(samples['missions_step_seconds_count{action="set-data"}']).toBeUndefined()
})

test('times are labelled by type of action, of which there are as many as files, and of nothing else', async () => {
  const registry = new Registry()
  openCounts(registry).timed(catalogue.actions)
  const labels = Object.keys(await told(registry)).flatMap((name) => /action="([^"]+)"/.exec(name)?.[1] ?? [])
  const touching = [...catalogue.actions.values()].filter(({ effect }) => effect === 'world').map(({ type }) => type)
  expect(new Set(labels)).toEqual(new Set(touching))
})

test('while the database refuses, everything else is told', async () => {
  const samples = await told(aBacklog('postgres://postgres@127.0.0.1:9/postgres'))
  expect(samples).toEqual({ missions_database_up: 0 })
})

test('a database that takes a question and never answers keeps nobody waiting', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => void sockets.add(socket))
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((closed) => silent.close(() => closed()))
  })
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : expect.unreachable()
  expect(await told(aBacklog(`postgres://postgres@127.0.0.1:${port}/postgres`))).toEqual({ missions_database_up: 0 })
})
