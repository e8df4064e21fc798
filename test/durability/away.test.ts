import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { Counter } from './counter.ts'
import { Fleet } from './fleet.ts'
import { aTeam, inService } from './team.ts'

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

let fleet: Fleet
let counter: Counter
let pool: pg.Pool
let door: string
let sent = 0
/** How long the address takes that is called, in milliseconds. */
let delay = 300

beforeAll(async () => {
  counter = await Counter.open(
    () => delay,
    () => fleet.pids,
  )
  fleet = await Fleet.start(1, counter.host)
  pool = new pg.Pool({ connectionString: await fleet.databaseUrl(), max: 2 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const call = (id: string) => ({ id, type: 'call-web-address', settings: { method: 'POST', url: `http://${counter.host}/`, body: '{}' } })
  const row = { id: 'row', type: 'add-row', settings: { table: 'Away', row: { n: '{{ trigger.body.n }}' } } }
  const told = { id: 'told', type: 'send-message', settings: { to: 'channel', channel: 'general', text: 'Done' } }
  door = await inService(
    pool,
    await aTeam(fleet.url, pool),
    missionSchema.parse({
      format: 1,
      name: 'Call, keep, tell',
      triggers: [{ id: 'hook', type: 'web-hook', settings: {} }],
      steps: [call('one'), call('two'), row, told],
      links: [
        { from: 'hook', to: 'one' },
        { from: 'one', to: 'row' },
        { from: 'row', to: 'two' },
        { from: 'two', to: 'told' },
      ],
    }),
  )
})

afterAll(async () => {
  await pool.end()
  await fleet.close()
  counter.close()
})

/** Sends for so long, one every 50 ms, without trying anything again. Gives what was answered, by status. */
async function sendFor(milliseconds: number): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  const end = Date.now() + milliseconds
  const answers: Promise<void>[] = []
  while (Date.now() < end) {
    const answer = fetch(fleet.url + door, { method: 'POST', body: JSON.stringify({ n: ++sent }) }).then(({ status }) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    })
    answers.push(answer)
    await sleep(50)
  }
  await Promise.all(answers)
  return statuses
}

/** Waits until all runs are over; gives how many there are by status. */
async function over(): Promise<Record<string, number>> {
  await expect
    .poll(
      async () =>
        (
          await pool
            .query<{ open: number }>(
              'select (select count(*) from inbox where done_at is null)::int + count(*)::int as open from runs where ended_at is null',
            )
            .catch(() => undefined)
        )?.rows[0]?.open,
      { timeout: 40_000, interval: 100 },
    )
    .toBe(0)
  const { rows } = await pool.query<{ status: string; count: number }>('select status, count(*)::int as count from runs group by status')
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

let acknowledged = 0
const acknowledge = (statuses: Map<number, number>) => (acknowledged += statuses.get(202) ?? 0)

describe('while the database is away', () => {
  test('what arrives is answered 503, what was acknowledged goes on afterwards, and no process ends', async () => {
    const pids = fleet.pids
    const sending = sendFor(4_000)
    await sleep(500)
    fleet.killPostgres()
    const statuses = await sending
    expect(new Set(statuses.keys())).toEqual(new Set([202, 503]))
    acknowledge(statuses)
    expect(await over()).toEqual({ completed: acknowledged })
    expect(fleet.pids).toEqual(pids)
  }, 90_000)

  test('what is being performed meanwhile is not performed again', async () => {
    const calls = counter.calls.length
    const runsBefore = acknowledged
    // Longer than it takes until the program looks for answers, and until the database is back.
    delay = 3_000
    acknowledge(await sendFor(300))
    await sleep(700)
    fleet.killPostgres()
    expect(await over()).toEqual({ completed: acknowledged })
    delay = 300
    expect(counter.calls.length - calls).toBe(2 * (acknowledged - runsBefore))
  }, 90_000)

  test('because its disk is full, everything waits, and nothing is performed again when there is room', async () => {
    await pool.query(
      `create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
    )
    const calls = counter.calls.length
    const runsBefore = acknowledged
    const sending = sendFor(4_000)
    await sleep(800)
    for (const table of ['entries', 'inbox', 'rows', 'messages'])
      await pool.query(`create trigger full_disk before insert on ${table} for each statement execute function full_disk()`)
    await sleep(2_000)
    await pool.query('drop function full_disk cascade')
    const statuses = await sending
    expect(new Set(statuses.keys())).toEqual(new Set([202, 503]))
    acknowledge(statuses)
    expect(await over()).toEqual({ completed: acknowledged })
    expect(counter.calls.length - calls).toBe(2 * (acknowledged - runsBefore))
  }, 90_000)

  test('because its disk stands still, everything waits, and nothing is performed again', async () => {
    const calls = counter.calls.length
    const runsBefore = acknowledged
    const sending = sendFor(2_000)
    await sleep(800)
    const postmaster = fleet.postmaster()
    const all = [postmaster, ...readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ').map(Number)]
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    await sleep(4_000)
    for (const pid of all.toReversed()) process.kill(pid, 'SIGCONT')
    const statuses = await sending
    expect([...statuses.keys()].filter((status) => status !== 202 && status !== 503)).toEqual([])
    acknowledge(statuses)
    const { completed, ...others } = await over()
    expect(others).toEqual({})
    // What was answered 503 because its commit took too long may have been kept after all: it was not acknowledged, and not lost either.
    expect(completed).toBeGreaterThanOrEqual(acknowledged)
    acknowledged = completed ?? 0
    expect(counter.calls.length - calls).toBe(2 * (acknowledged - runsBefore))
    expect(fleet.said).not.toContain('a defect')
  }, 90_000)
})
