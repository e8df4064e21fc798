import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { Counter } from './counter.ts'
import { Fleet } from './fleet.ts'
import { aTeam, inService } from './team.ts'

/** How long a run may stand still because the worker that drove it was killed, in milliseconds. */
const longest = 15_000
const times = Number(process.env['TAKEOVERS'] ?? 2)

const ends: (() => Promise<unknown> | void)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

test('a run whose worker is killed is taken over within 15 seconds', async () => {
  const fleetOf: { fleet?: Fleet } = {}
  // Never answered in the worker's lifetime: it is killed in the middle of the call.
  const counter = await Counter.open(
    () => 60_000,
    () => fleetOf.fleet?.pids ?? [],
  )
  ends.push(() => counter.close())
  const fleet = await Fleet.start(2, counter.host)
  fleetOf.fleet = fleet
  ends.push(() => fleet.close())
  const pool = new pg.Pool({ connectionString: await fleet.databaseUrl(), max: 2 })
  ends.push(() => pool.end())
  const door = await inService(
    pool,
    await aTeam(fleet.url, pool),
    missionSchema.parse({
      format: 1,
      name: 'A long call',
      triggers: [{ id: 'hook', type: 'web-hook', settings: {} }],
      steps: [{ id: 'call', type: 'call-web-address', settings: { method: 'GET', url: `http://${counter.host}/` } }],
      links: [{ from: 'hook', to: 'call' }],
    }),
  )
  expect((await fetch(fleet.url + door, { method: 'POST', body: '{}' })).status).toBe(202)
  const took: number[] = []
  for (let kill = 0; kill < times; kill++) {
    await expect.poll(() => counter.calls.length, { timeout: 30_000, interval: 20 }).toBe(kill + 1)
    // Somewhere within the interval at which a driver says that it lives.
    await new Promise((resolve) => setTimeout(resolve, 700 * kill))
    const killed = Date.now()
    const caller = counter.calls.at(-1)?.pid
    fleet.kill(typeof caller === 'number' ? caller : 0)
    await expect.poll(() => counter.calls.length, { timeout: 30_000, interval: 20 }).toBe(kill + 2)
    took.push((counter.calls.at(-1)?.at ?? 0) - killed)
  }
  console.log(`taken over after ${took.map((milliseconds) => `${(milliseconds / 1_000).toFixed(1)} s`).join(', ')}`)
  expect(Math.max(...took)).toBeLessThan(longest)
}, 180_000)
