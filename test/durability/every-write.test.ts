import type { Pool } from 'pg'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import type { Mission } from '../../src/mission/mission.ts'
import { openQueue } from '../../src/server/queue.ts'
import { answerAsk } from '../../src/server/store/answers.ts'
import { receive } from '../../src/server/store/inbox.ts'
import { aDatabase, type TestDatabase } from '../making.ts'
import { anOffice, type Office } from '../server/program.ts'
import { Clock, Mortal, type Fate, type World } from './mortal.ts'
import { inService, stormyMissions } from './team.ts'

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Everything a run has left behind, in an order that says nothing about which of two things at the same time came first. */
interface Left {
  journal: string[]
  /** How often each visit called the address outside. */
  calls: Map<string, number>
  rows: number
  messages: number
}

/** One mission on a database of its own. */
class Stage {
  readonly #database: TestDatabase
  readonly #world: World
  readonly #office: Office
  readonly #missionId: string
  #calls = new Map<string, number>()
  #told = 0

  private constructor(database: TestDatabase, world: World, office: Office, missionId: string) {
    this.#database = database
    this.#world = world
    this.#office = office
    this.#missionId = missionId
  }

  static async open(database: TestDatabase, make: (office: Office) => Mission): Promise<Stage> {
    const { pool, url } = database
    const queue = await openQueue(url, pino({ level: 'silent' }))
    ends.push(() => queue.stop(0))
    const office = await anOffice(database, ['Ana', 'Bo'])
    const door = await inService(pool, office, make(office))
    const calls = async ({ key }: { key: string }) => {
      stage.#calls.set(key, (stage.#calls.get(key) ?? 0) + 1)
      await sleep(1)
      return { status: 200, body: { ok: true } }
    }
    const world = { url, pool, queue, clock: new Clock(), http: { call: calls } }
    const stage: Stage = new Stage(database, world, office, door.replace('/hooks/door-', ''))
    return stage
  }

  /** Plays one run to its end. A process that dies at its fate is followed by one that does not. */
  async play(fate: Fate): Promise<{ died: boolean; left: Left }> {
    const { pool } = this.#database
    this.#calls = new Map()
    const arrival = await receive(pool, {
      workspaceId: this.#office.workspaceId,
      source: 'hook',
      identity: crypto.randomUUID(),
      kind: 'hook',
      data: { kind: 'hook', body: { n: ++this.#told }, query: {}, mission: this.#missionId, trigger: 'hook' },
    })
    const first = new Mortal(this.#world, fate)
    const living = this.#live(first, arrival).catch((error: unknown) => {
      // Its sessions break when it dies.
      if (!first.dead) throw error
      return first.death
    })
    await Promise.race([living, first.death])
    if (first.dead) {
      // What others find out after eight seconds without a sign of life.
      await pool.query('update run_states set worker = null where worker = $1', [first.driving.worker])
      const second = new Mortal(this.#world)
      await this.#live(second, arrival)
      await second.end()
    } else await first.end()
    return { died: first.dead, left: await this.#left(arrival) }
  }

  async #live(mortal: Mortal, arrival: number | undefined): Promise<void> {
    const { pool } = this.#database
    const end = Date.now() + 20_000
    while (!mortal.dead) {
      if (Date.now() > end) throw new Error(`The run stands still: ${JSON.stringify(await this.#left(arrival))}`)
      const { rows } = await pool.query<{ id: string; worker: string | null; ended: boolean }>(
        'select r.id, s.worker, r.ended_at is not null as ended from runs r join run_states s on s.run_id = r.id where r.inbox_id = $1',
        [arrival],
      )
      const [run] = rows
      if (run?.ended) return
      if (!run) await mortal.receiver.receive()
      else if (run.worker === null) {
        if (!(await this.#answer(pool, run.id))) this.#world.clock.ahead += 2_000
        await mortal.driving.take([run.id])
      }
      await sleep(2)
    }
  }

  /** Presses a button of a question that was sent: the first on a first visit, the last later. False when there is none. */
  async #answer(pool: Pool, run: string): Promise<boolean> {
    const { rows } = await pool.query<{ id: string; visit: number; choices: string[]; person: string }>(
      `select a.id, a.visit, a.settings->'choices' as choices, p.person from asks a, unnest(a.asked) as p(person)
       where a.run_id = $1 and a.over is null and a.messages <> '[]'
         and not exists (select 1 from answers w where w.ask_id = a.id and w.person_id = p.person) limit 1`,
      [run],
    )
    const [ask] = rows
    if (!ask) return false
    const button = (ask.visit === 1 ? ask.choices[0] : ask.choices.at(-1)) ?? ''
    await answerAsk({ pool, queue: this.#world.queue }, { askId: ask.id, personId: ask.person, press: { button, values: {} } })
    return true
  }

  async #left(arrival: number | undefined): Promise<Left> {
    const { pool } = this.#database
    const { rows } = await pool.query<{ line: string }>(
      `select concat_ws(' ', e.what, e.step, e.visit, e.data->>'exit', e.data->>'status', e.data->'person'->>'name') as line
       from entries e join runs r on r.id = e.run_id where r.inbox_id = $1`,
      [arrival],
    )
    const counted = await pool.query<{ rows: number; messages: number }>(
      `select (select count(*) from rows)::int as rows, (select count(*) from messages)::int as messages`,
    )
    const { rows: kept = 0, messages = 0 } = counted.rows[0] ?? {}
    await pool.query('delete from rows')
    await pool.query('delete from messages')
    return {
      journal: rows.map(({ line }) => line).sort((one, other) => one.localeCompare(other)),
      calls: new Map([...this.#calls].map(([key, count]) => [key.split('/').slice(1).join('/'), count])),
      rows: kept,
      messages,
    }
  }
}

const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends) await end()
})

/** Before a write is hardly another moment than after the one before it: EVERY_WRITE=both tries both. */
const moments = process.env['EVERY_WRITE'] === 'both' ? (['after', 'before'] as const) : (['after'] as const)

const names = ['Calls at once, then a row', 'Two are asked while one is called, and a pause', 'Called again until it is enough']
const databases = [await aDatabase(), await aDatabase(), await aDatabase()]

describe('a run whose process is killed at one of its writes, each once', () => {
  test.concurrent.each(names.map((name, index) => [name, index] as const))(
    '%s',
    async (_, index) => {
      const database = databases[index] ?? expect.unreachable()
      const stage = await Stage.open(database, (office) => {
        const member = (name: string) => ({ id: office.people[name] ?? '', name, token: '' })
        const team = { workspaceId: office.workspaceId, ana: member('Ana'), bo: member('Bo') }
        return stormyMissions('http://outside.example/', team)[index] ?? expect.unreachable()
      })
      const calm = await stage.play({ write: 0, when: 'after' })
      expect(calm.died).toBe(false)
      let kills = 0
      let repeats = 0
      for (const when of moments)
        for (let write = 1; ; write++) {
          const { died, left } = await stage.play({ write, when })
          if (!died) break
          kills++
          const where = `killed ${when} write ${write}`
          expect(left.journal, where).toEqual(calm.left.journal)
          expect([left.rows, left.messages], where).toEqual([calm.left.rows, calm.left.messages])
          expect([...left.calls.keys()].sort(), where).toEqual([...calm.left.calls.keys()].sort())
          for (const [key, count] of left.calls) expect(count, `${key}, ${where}`).toBeLessThanOrEqual(2)
          repeats += [...left.calls.values()].filter((count) => count > 1).length
        }
      console.log(`${names[index]}: killed ${kills} times, ${repeats} calls were made once more`)
      expect(kills).toBeGreaterThan(5)
    },
    240_000,
  )
})
