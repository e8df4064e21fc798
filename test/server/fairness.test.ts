import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { Slots } from '../../src/server/jobs/slots.ts'
import { keepAll, takeArrivals } from '../../src/server/store/inbox.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, published, until, type Office } from './program.ts'

const database = await aDatabase()

const hook = { id: 'hook', type: 'web-hook', settings: {} }
const nothing = missionSchema.parse({
  format: 1,
  name: 'Nothing',
  triggers: [hook],
  steps: [{ id: 'note', type: 'set-data', settings: { data: { one: 1 } } }],
  links: [{ from: 'hook', to: 'note' }],
})

const arrivals = (office: Office, mission: string, count: number) =>
  Array.from({ length: count }, () => ({
    workspaceId: office.workspaceId,
    source: 'hook',
    identity: crypto.randomUUID(),
    kind: 'hook',
    data: { kind: 'hook', body: null, query: {}, mission, trigger: 'hook' },
  }))

describe('fair turns', () => {
  test('ten thousand arrivals for one mission leave the next handful half to another’s single one', async () => {
    const office = await anOffice(database, ['Ana'])
    const [many, few] = [await published(database, office, nothing), await published(database, office, nothing)]
    for (let batch = 0; batch < 10; batch++) await keepAll(database.pool, arrivals(office, many, 1_000))
    await keepAll(database.pool, arrivals(office, few, 1))
    const lanes = await transaction(database.pool, async (client) => {
      const taken = await takeArrivals(client, 50, { after: undefined, full: [] })
      // Another worker at the same moment gets others, and skips what is locked.
      const others = await takeArrivals(database.pool, 50, { after: undefined, full: [] })
      expect(others.filter(({ id }) => taken.some((one) => one.id === id))).toEqual([])
      return taken.map(({ lane }) => lane)
    })
    expect(lanes.filter((lane) => lane === few)).toHaveLength(1)
    expect(lanes.filter((lane) => lane === many)).toHaveLength(25)
    const spared = await takeArrivals(database.pool, 50, { after: undefined, full: [many] })
    expect(spared.map(({ lane }) => lane)).toEqual([few])
    await database.pool.query('update inbox set done_at = now() where done_at is null')
  })

  test('hundreds of runs that call something slow leave slots for another mission’s single run', async () => {
    let calls = 0
    const waiting: (() => void)[] = []
    const slow = createServer((_, response) => {
      calls++
      waiting.push(() => response.end('late'))
    })
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      slow.closeAllConnections()
      slow.close()
    })
    const host = `127.0.0.1:${(slow.address() as AddressInfo).port}`
    const office = await anOffice(database, ['Ana'])
    await aProgram(database, [host])
    const calling = (name: string) =>
      missionSchema.parse({
        format: 1,
        name,
        triggers: [hook],
        steps: [{ id: 'call', type: 'call-web-address', settings: { method: 'GET', url: `http://${host}/${name}` } }],
        links: [{ from: 'hook', to: 'call' }],
      })
    const [many, few] = [await published(database, office, calling('many')), await published(database, office, calling('few'))]
    await keepAll(database.pool, arrivals(office, many, 60))
    await until('the slots of one mission are taken', async () => calls === 3)
    await keepAll(database.pool, arrivals(office, few, 1))
    await until('the other’s run is called for', async () => calls === 4)
    waiting.at(-1)?.()
    await until('it has ended', async () => {
      const { rows } = await database.pool.query<{ n: number }>(
        `select count(*)::int as n from runs where mission_id = $1 and status = 'completed'`,
        [few],
      )
      return rows[0]?.n === 1
    })
    const { rows } = await database.pool.query('select 1 from runs where mission_id = $1 and ended_at is not null', [many])
    expect(rows).toEqual([])
    const letGo = setInterval(() => waiting.splice(0).forEach((end) => end()), 5)
    onTestFinished(() => clearInterval(letGo))
    await until('all have ended', async () => (await database.pool.query('select 1 from runs where ended_at is null')).rowCount === 0)
  })

  test('two thousand runs that are due in the same second do not stand before another mission’s one', async () => {
    const office = await anOffice(database, ['Ana'])
    const waiting = (name: string) =>
      missionSchema.parse({
        format: 1,
        name,
        triggers: [hook],
        steps: [{ id: 'wait', type: 'wait', settings: { until: 'date', date: due.toISOString() } }],
        links: [{ from: 'hook', to: 'wait' }],
      })
    const due = new Date(Date.now() + 8_000)
    await aProgram(database)
    const [many, few] = [await published(database, office, waiting('Many')), await published(database, office, waiting('Few'))]
    for (let batch = 0; batch < 4; batch++) await keepAll(database.pool, arrivals(office, many, 500))
    await until('they wait', async () => (await database.pool.query('select 1 from runs where mission_id = $1', [many])).rowCount === 2_000)
    await keepAll(database.pool, arrivals(office, few, 1))
    const before = await until('the one has ended', async () => {
      const { rows } = await database.pool.query<{ few: number; many: number }>(
        `select count(*) filter (where mission_id = $1)::int as few, count(*) filter (where mission_id = $2)::int as many
         from runs where status = 'completed' and mission_id in ($1, $2)`,
        [few, many],
      )
      return rows[0]?.few === 1 && rows[0]
    })
    expect(before.many).toBeLessThan(1_000)
    await until('all have ended', async () => (await database.pool.query('select 1 from runs where ended_at is null')).rowCount === 0)
  })

  test('missions take turns when slots become free', async () => {
    const slots = new Slots(4)
    const order: string[] = []
    const gates: (() => void)[] = []
    const begin = (mission: string) =>
      slots.use(mission, async () => {
        order.push(mission)
        await new Promise<void>((open) => gates.push(open))
      })
    const all = ['a', 'a', 'a', 'a', 'a', 'b', 'b', 'c'].map(begin)
    await Promise.resolve()
    expect(order).toEqual(['a', 'a', 'a', 'b'])
    expect(slots.active).toBe(4)
    while (order.length < 8) {
      gates.shift()?.()
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    expect(order.slice(4)).toEqual(['a', 'b', 'c', 'a'])
    gates.splice(0).forEach((open) => open())
    await Promise.all(all)
    expect(slots.active).toBe(0)
  })
})
