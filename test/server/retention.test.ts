import { PgBoss, TestClock } from 'pg-boss'
import { pino } from 'pino'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openRetention } from '../../src/server/jobs/retention.ts'
import { openQueue } from '../../src/server/queue.ts'
import { aDatabase } from '../making.ts'
import { anOffice, until } from './program.ts'

const database = await aDatabase()
const { pool } = database
const log = pino({ level: 'silent' })
const year = 365 * 86_400_000

const sql = async <Row extends object>(text: string, values: unknown[] = []) => (await pool.query<Row>(text, values)).rows
const ids = async (table: string, column = 'run_id') =>
  new Set((await sql<{ id: string }>(`select distinct ${column} as id from ${table}`)).map(({ id }) => id))

// The queue makes its own tables.
await (await openQueue(database.url, log)).stop(1_000)

let workspaceId = ''
let missionId = ''
let versionId = ''

beforeEach(async () => {
  const office = await anOffice(database, ['Ana'])
  workspaceId = office.workspaceId
  missionId =
    (await sql<{ id: string }>(`insert into missions (workspace_id, name, draft) values ($1, 'M', '{}') returning id`, [workspaceId]))[0]
      ?.id ?? ''
  versionId =
    (
      await sql<{ id: string }>(`insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 1, '{}') returning id`, [
        workspaceId,
        missionId,
      ])
    )[0]?.id ?? ''
})

/** A run with an entry and an answered question; ended so many days ago, or not at all. */
async function aRun(status: string, started: number, ended: number | null, parentId: string | null = null): Promise<string> {
  const [run] = await sql<{ id: string }>(
    `insert into runs (workspace_id, mission_id, version_id, parent_id, trigger, data, status, started_at, ended_at)
     values ($1, $2, $3, $4, 'start', '{}', $5, now() - make_interval(days => $6), now() - make_interval(days => $7)) returning id`,
    [workspaceId, missionId, versionId, parentId, status, started, ended],
  )
  const id = run?.id ?? ''
  await sql(`insert into run_states (run_id, workspace_id, state) values ($1, $2, '{}')`, [id, workspaceId])
  await sql(`insert into entries (run_id, number, workspace_id, what) values ($1, 1, $2, 'started')`, [id, workspaceId])
  await sql(
    `with ask as (
       insert into asks (id, workspace_id, run_id, step, visit, type, settings, mode, changeable, asked)
       values (gen_random_uuid(), $1, $2, 's', 1, 'ask', '{}', 'first', false, '{}') returning id)
     insert into answers (ask_id, person_id, workspace_id) select ask.id, people.id, $1 from ask, people where people.workspace_id = $1`,
    [workspaceId, id],
  )
  return id
}

describe('runs', () => {
  test('that ended longer ago than they are kept go with all that was kept of them; those that wait stay, however old', async () => {
    const old = [await aRun('completed', 40, 31), await aRun('failed', 500, 400), await aRun('cancelled', 31, 31)]
    const kept = [await aRun('waiting', 700, null), await aRun('running', 700, null), await aRun('completed', 400, 29)]
    await openRetention({ pool, log, keepRuns: 30 })()
    const left = await ids('runs', 'id')
    expect(old.filter((id) => left.has(id))).toEqual([])
    expect(kept.filter((id) => !left.has(id))).toEqual([])
    for (const table of ['run_states', 'entries', 'asks']) expect(await ids(table)).toEqual(left)
    expect(await sql(`select 1 from answers a left join asks on asks.id = a.ask_id where asks.id is null`)).toEqual([])
  })

  test('are kept for ever unless somebody says otherwise', async () => {
    const run = await aRun('completed', 4_000, 3_999)
    await openRetention({ pool, log, keepRuns: undefined })()
    expect(await ids('runs', 'id')).toContain(run)
  })

  test('of a parent that is still under way stay', async () => {
    const parent = await aRun('waiting', 100, null)
    const child = await aRun('completed', 100, 99, parent)
    await openRetention({ pool, log, keepRuns: 30 })()
    expect(await ids('runs', 'id')).toContain(child)
    await sql(`update runs set status = 'completed', ended_at = now() where id = $1`, [parent])
    await openRetention({ pool, log, keepRuns: 30 })()
    const left = await ids('runs', 'id')
    expect([left.has(parent), left.has(child)]).toEqual([true, false])
  })

  test('go in batches, and several processes share the work', async () => {
    await sql(
      `insert into runs (workspace_id, mission_id, version_id, trigger, data, status, started_at, ended_at)
       select $1, $2, $3, 'start', '{}', 'completed', now() - interval '50 days', now() - interval '40 days' from generate_series(1, 1000)`,
      [workspaceId, missionId, versionId],
    )
    await Promise.all(Array.from({ length: 3 }, () => openRetention({ pool, log, keepRuns: 30 })()))
    expect(await sql(`select 1 from runs where ended_at < now() - interval '30 days' and parent_id is null`)).toEqual([])
  })
})

describe('jobs', () => {
  /** pg-boss's own maintenance at a time of our choosing: its statements take the time from this clock. */
  async function maintainedAt(time: number): Promise<void> {
    const clock = new TestClock(time)
    const boss = new PgBoss({ connectionString: database.url, schema: 'pgboss', schedule: false, supervise: false, clock })
    boss.on('error', () => undefined)
    await boss.start()
    await boss.supervise('drive')
    await boss.stop({ graceful: false })
  }

  const jobs = async () =>
    (
      await sql<{ run: string; state: string }>(
        `select data->>'run' as run, state::text from pgboss.job where name = 'drive' order by start_after`,
      )
    ).map(({ run, state }) => `${run} ${state}`)

  test('that are done go; one that is due in a year is there until then, and is done then', async () => {
    const queue = await openQueue(database.url, log)
    onTestFinished(() => queue.stop(1_000))
    const now = Date.now()
    const [soon, far] = [await aRun('running', 0, null), await aRun('waiting', 0, null)]
    await queue.drive(pool, soon)
    await queue.drive(pool, far, new Date(now + year))
    const done: string[] = []
    await queue.work(async (runs) => void done.push(...runs))
    await until('the first is done', async () => (await jobs()).includes(`${soon} completed`))
    await queue.stop(1_000)

    await maintainedAt(now + 120_000)
    expect(await jobs()).toEqual([`${far} created`])
    await maintainedAt(now + year - 60_000)
    expect(await jobs()).toEqual([`${far} created`])
    // Nobody started the program for years after it was due.
    await maintainedAt(now + 4 * year)
    expect(await jobs()).toEqual([`${far} created`])

    await sql(`update pgboss.job set start_after = now() where data->>'run' = $1`, [far])
    const again = await openQueue(database.url, log)
    onTestFinished(() => again.stop(1_000))
    await again.work(async (runs) => void done.push(...runs))
    await until('the second is done', async () => done.includes(far))
  })

  test('that would wake a run which is over go, those of runs that wait stay', async () => {
    const queue = await openQueue(database.url, log)
    onTestFinished(() => queue.stop(1_000))
    const [over, waits] = [await aRun('completed', 1, 1), await aRun('waiting', 1, null)]
    const gone = crypto.randomUUID()
    for (const run of [over, waits, gone]) await queue.drive(pool, run, new Date(Date.now() + year))
    await queue.drive(pool, over, new Date(Date.now() + 60_000))
    await openRetention({ pool, log, keepRuns: undefined })()
    expect((await jobs()).filter((job) => [over, waits, gone].some((run) => job.startsWith(run)))).toEqual([
      `${over} created`,
      `${waits} created`,
    ])
  })
})
