import fc from 'fast-check'
import type { Pool } from 'pg'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import type { Action } from '../../src/catalogue/define.ts'
import { Refused, Unavailable } from '../../src/catalogue/trouble.ts'
import { holders } from '../../src/mission/body.ts'
import type { Mission } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { openQueue } from '../../src/server/queue.ts'
import { receive, receiveForRun } from '../../src/server/store/inbox.ts'
import { aDatabase } from '../making.ts'
import { rehearsed } from '../run/making.ts'
import { tapesOf, type Draw } from '../run/random-mission.ts'
import { randomWork, workActions } from '../run/random-work.ts'
import { anOffice, published } from '../server/program.ts'
import { Clock, Mortal, type World } from './mortal.ts'

/** Set SEED to play the missions of an earlier run again, SERVED for more of them. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const numRuns = Number(process.env['SERVED'] ?? 40)

const database = await aDatabase()
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends) await end()
})

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const words = (text: string) => ({ en: text, fr: text })

/**
 * Random work that comes out the same whoever performs it and when: every join waits for all, no item's failure stops the others, and what a step
 * does depends on its place alone. (Which of two racing branches comes first is for time to decide; that case is held against the rules, in
 * `test/run/agreement.test.ts` and by the folding anew.)
 */
function timelessWork(draw: Draw): Mission {
  const mission = randomWork(draw)
  return {
    ...mission,
    steps: mission.steps.map(({ join: _, ...step }) =>
      step.type === 'for-each' ? { ...step, settings: { ...step.settings, failure: 'go-on' } } : step,
    ),
  }
}

const placeOf = (key: string) => key.split('/').slice(-2).join('/')
const sumOf = (text: string) => Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 9_973, 7)

function timeless(action: Action): Action {
  const run: Action['run'] = (context) => action.run({ ...context, key: placeOf(context.key) })
  if (action.type === 'flaky')
    return {
      ...action,
      run(context) {
        const luck = sumOf(placeOf(context.key)) % 5
        if (luck === 0) throw new Refused(words('No.'), words('Ask for less.'))
        if (luck === 1) throw new Unavailable(words('Away.'), words('Wait.'))
        return workActions.get('work')?.run({ ...context, key: placeOf(context.key) }) ?? expect.unreachable()
      },
    }
  if (!action.asking) return { ...action, run }
  const { asking } = action
  const show: typeof asking.show = (state) => asking.show({ ...state, until: new Date(0) })
  return { ...action, run, asking: { ...asking, show } }
}

const actions = new Map([...workActions].map(([type, action]) => [type, timeless(action)]))

/** What matters of an entry: what happened to which visit, and how it was left or ended. */
const inShort = (entry: { what: string; step?: string | null; visit?: number | null; data: unknown }): string => {
  const data = typeof entry.data === 'object' && entry.data !== null ? entry.data : {}
  const how = 'exit' in data && entry.what === 'left' ? data.exit : 'status' in data ? data.status : ''
  return [entry.what, entry.step ?? '', entry.visit ?? '', String(how)].join(' ')
}
const inOrder = (lines: string[]) => lines.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))

const office = await anOffice(database, ['Ana', 'Bob'])
const queue = await openQueue(database.url, pino({ level: 'silent' }))
ends.push(() => queue.stop(0))
const noHttp = { call: () => Promise.reject(new Error('nothing is called')) }
const ana = office.people['Ana'] ?? ''

/** What the door does with an answer, for actions that the catalogue does not know; its arrival comes twice. */
async function answered(pool: Pool, { id, run }: { id: string; run: string }, button: string): Promise<void> {
  await pool.query('insert into answers (ask_id, person_id, workspace_id, picked) values ($1, $2, $3, $4)', [
    id,
    ana,
    office.workspaceId,
    JSON.stringify([button]),
  ])
  await pool.query(`update asks set over = 'answered' where id = $1`, [id])
  const data = { ask: id, person: ana, picked: [button], values: {} }
  const arrival = { workspaceId: office.workspaceId, runId: run, source: 'answer', identity: crypto.randomUUID(), kind: 'answer', data }
  for (let twice = 0; twice < 2; twice++) await receiveForRun(pool, arrival)
}

/** Plays a mission by the real jobs on the real database. Everything is delivered twice: arrivals, wake-ups, answers. */
async function served(mission: Mission): Promise<{ run: string[]; children: string[] }> {
  const { pool, url } = database
  const clock = new Clock()
  // People are known by their addresses in a rehearsal, by their ids here.
  const asking = new Map(actions)
  const ask = actions.get('ask') ?? expect.unreachable()
  asking.set('ask', {
    ...ask,
    run: async (context) => {
      const outcome = await ask.run(context)
      return 'ask' in outcome ? { ask: { ...outcome.ask, to: { people: [ana] } } } : outcome
    },
  })
  const world: World = { url, pool, queue, clock, http: noHttp, actions: asking }
  const id = await published(database, office, mission)
  const identity = crypto.randomUUID()
  const data = { kind: 'hand', person: ana, values: {}, mission: id, trigger: 'start' }
  for (let twice = 0; twice < 2; twice++)
    await receive(pool, { workspaceId: office.workspaceId, source: 'hand', identity, kind: 'hand', data })
  const mortal = new Mortal(world)
  /** When Ana answers each question, an hour after it was put. */
  const answers = new Map<string, number>()
  const end = Date.now() + 30_000
  for (;;) {
    await mortal.receiver.receive()
    const { rows } = await pool.query<{ id: string; busy: boolean; ended: boolean; due: string | null }>(
      `select r.id, s.worker is not null as busy, r.ended_at is not null as ended,
         (select min(o->>'until') from jsonb_array_elements(s.state->'open') o) as due
       from runs r join run_states s on s.run_id = r.id where r.mission_id = $1`,
      [id],
    )
    if (rows.length > 0 && rows.every(({ ended }) => ended)) break
    if (Date.now() > end) throw new Error(`A run stands still: ${JSON.stringify(rows)}`)
    const open = rows.filter(({ ended }) => !ended)
    const asks = await pool.query<{ id: string; run: string; settings: { exits: string[] } }>(
      `select a.id, a.run_id as run, a.settings from asks a join runs r on r.id = a.run_id where r.mission_id = $1 and a.over is null and a.messages <> '[]'`,
      [id],
    )
    for (const one of asks.rows) if (!answers.has(one.id)) answers.set(one.id, clock.milliseconds() + 3_600_000)
    if (!open.some(({ busy }) => busy)) {
      const instants = [
        ...open.flatMap(({ due }) => (due === null ? [] : [Date.parse(due)])),
        ...asks.rows.map((one) => answers.get(one.id) ?? Infinity),
      ]
      const next = Math.min(...instants)
      if (next < Infinity) clock.ahead += Math.max(0, next - clock.milliseconds())
      for (const one of asks.rows.filter(({ id: question }) => (answers.get(question) ?? Infinity) <= clock.milliseconds())) {
        const button = ask.asking?.show({ settings: one.settings, answers: [], asked: [], language: 'en' }).buttons?.[0]?.id ?? ''
        await answered(pool, one, button)
      }
      const ids = open.map((run) => run.id)
      await Promise.all([mortal.driving.take(ids), mortal.driving.take(ids)])
    }
    await sleep(3)
  }
  await mortal.end()
  const entries = await pool.query<{ what: string; step: string | null; visit: number | null; data: unknown; child: boolean }>(
    `select e.what, e.step, e.visit, e.data, r.parent_id is not null as child from entries e join runs r on r.id = e.run_id where r.mission_id = $1`,
    [id],
  )
  const of = (child: boolean) => inOrder(entries.rows.filter((entry) => entry.child === child).map(inShort))
  return { run: of(false), children: of(true) }
}

describe(`random missions on the server (seed ${seed})`, () => {
  test('come to the same entries as in a rehearsal, although everything is delivered twice', async () => {
    const seen = { runs: 0, entries: 0 }
    await fc.assert(
      fc.asyncProperty(tapesOf(timelessWork), async (tape) => {
        const mission = timelessWork(tape.draws())
        if (['start', ...holders(mission)].some((start) => analyse(mission, start).faults.length > 0)) return
        const rehearsal = await rehearsed(mission, [], { actions })
        const { run, children } = await served(mission)
        expect(run).toEqual(inOrder(rehearsal.entries.map(inShort)))
        expect(children).toEqual(inOrder(rehearsal.children.flatMap(({ entries }) => entries.map(inShort))))
        seen.runs++
        seen.entries += run.length + children.length
      }),
      { seed, numRuns, endOnFailure: true },
    )
    console.log(`${seen.runs} missions, ${seen.entries} entries`)
    expect(seen.runs).toBeGreaterThan(numRuns / 3)
  }, 300_000)
})
