import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { openQueue } from '../../src/server/queue.ts'
import { answerAsk } from '../../src/server/store/answers.ts'
import { receive } from '../../src/server/store/inbox.ts'
import { wishMoves } from '../../src/server/store/moves.ts'
import { aDatabase } from '../making.ts'
import { anOffice, mission, until } from '../server/program.ts'
import { Clock, Mortal } from './mortal.ts'
import { inService } from './team.ts'

const database = await aDatabase()
const { pool } = database
const queue = await openQueue(database.url, pino({ level: 'silent' }))
afterAll(() => queue.stop(0))
const world = { url: database.url, pool, queue, clock: new Clock(), http: { call: () => Promise.reject(new Error('nobody is called')) } }

const office = await anOffice(database, ['Ana'])
const hook = { id: 'hook', type: 'web-hook', settings: {} }
const desk = (within: string) => ({
  id: 'desk',
  type: 'ask',
  settings: {
    to: 'people',
    whom: [office.people['Ana']],
    question: 'A desk?',
    answer: 'choices',
    choices: ['Yes'],
    needed: 'first',
    within,
  },
})
const before = mission('Desk', [desk('3d')], [{ from: 'hook', to: 'desk' }], [hook])
const note = { id: 'note', type: 'set-data', settings: { data: { of: '{{ desk.answer }}' } } }
const links = [
  { from: 'hook', to: 'desk' },
  { from: 'desk', to: 'note' },
]
const after = mission('Desk', [desk('5d'), note], links, [hook])
const missionId = (await inService(pool, { workspaceId: office.workspaceId }, before)).replace('/hooks/door-', '')
const newer = await pool.query<{ id: string }>(
  'insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 2, $3) returning id',
  [office.workspaceId, missionId, JSON.stringify(after)],
)
const to = newer.rows[0]?.id ?? ''

/** Goes on with a run until it only waits, or the process has died. */
async function drive(mortal: Mortal, run: string): Promise<void> {
  await mortal.driving.take([run]).catch((error: unknown) => {
    if (!mortal.dead) throw error
  })
  await until('the run is let go', async () => {
    const { rows } = await pool.query<{ free: boolean }>('select worker is null as free from run_states where run_id = $1', [run])
    return mortal.dead || rows[0]?.free === true
  })
}

/** Drives a run with a process that dies at one of its writes, then with one that does not. True when it died. */
async function survive(run: string, write: number): Promise<boolean> {
  const first = new Mortal(world, { write, when: 'after' })
  await Promise.race([drive(first, run), first.death])
  if (!first.dead) {
    await first.end()
    return false
  }
  await pool.query('update run_states set worker = null where worker = $1', [first.driving.worker])
  const second = new Mortal(world)
  await drive(second, run)
  await second.end()
  return true
}

test('a run whose process is killed at one of the writes of its move has moved once, and goes on there', async () => {
  let kills = 0
  for (let write = 1; ; write++) {
    const arrival = await receive(pool, {
      workspaceId: office.workspaceId,
      source: 'hook',
      identity: crypto.randomUUID(),
      kind: 'hook',
      data: { kind: 'hook', body: {}, query: {}, mission: missionId, trigger: 'hook' },
    })
    const begins = new Mortal(world)
    await begins.receiver.receive()
    const { rows } = await pool.query<{ id: string }>('select id from runs where inbox_id = $1', [arrival])
    const run = rows[0]?.id ?? expect.unreachable('a run has begun')
    await drive(begins, run)
    await begins.end()

    const by = { id: crypto.randomUUID(), name: 'Maya' }
    expect(await wishMoves(pool, missionId, { to, by }, [run])).toEqual([run])
    const died = await survive(run, write)
    const where = `killed after write ${write}`
    const moved = await pool.query(
      `select r.version_id, s.worker, (select count(*)::int from entries e where e.run_id = r.id and e.what = 'moved') as moves,
         (select count(*)::int from inbox i where i.run_id = r.id and i.done_at is null) as open
       from runs r join run_states s on s.run_id = r.id where r.id = $1`,
      [run],
    )
    expect(moved.rows, where).toEqual([{ version_id: to, worker: null, moves: 1, open: 0 }])
    expect(await wishMoves(pool, missionId, { to, by }, [run])).toEqual([])

    const asks = await pool.query<{ id: string }>('select id from asks where run_id = $1', [run])
    const ask = asks.rows[0]?.id ?? ''
    await answerAsk({ pool, queue }, { askId: ask, personId: office.people['Ana'] ?? '', press: { button: 'Yes', values: {} } })
    const ends = new Mortal(world)
    await drive(ends, run)
    await ends.end()
    const { rows: left } = await pool.query<{ line: string }>(
      `select concat_ws(' ', what, step, data->>'status') as line from entries where run_id = $1 order by number`,
      [run],
    )
    expect(
      left.map(({ line }) => line),
      where,
    ).toEqual(['started', 'begun desk', 'asked desk', 'moved', 'answered desk', 'left desk', 'begun note', 'left note', 'ended completed'])
    if (!died) break
    kills++
  }
  expect(kills).toBeGreaterThan(2)
}, 60_000)
