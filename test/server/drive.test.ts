import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, mission, newestRun, pressed, published, startedByHand, until } from './program.ts'

const database = await aDatabase()

const ask = (id: string, whom: string, choices: string[], within = '3d') => ({
  id,
  type: 'ask',
  settings: {
    to: 'people',
    whom: [`${whom}@example.com`],
    question: `A question for ${whom}`,
    answer: 'choices',
    choices,
    needed: 'first',
    within,
  },
})

const threeAtOnce = mission(
  'Three at once',
  [
    ask('laptop', 'ana', ['Mac', 'PC']),
    ask('accounts', 'bob', ['Done']),
    ask('hello', 'cy', ['Said hello']),
    {
      id: 'summary',
      type: 'send-message',
      settings: { to: 'channel', channel: 'general', text: 'Laptop: {{ laptop.answer | default: "none" }}' },
    },
  ],
  [
    { from: 'start', to: 'laptop' },
    { from: 'start', to: 'accounts' },
    { from: 'start', to: 'hello' },
    { from: 'laptop', to: 'summary' },
    { from: 'accounts', to: 'summary' },
    { from: 'hello', to: 'summary' },
  ],
)

describe('driving runs', () => {
  test('steps that touch nothing outside are done in the transaction that starts the run', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Data only',
        [
          { id: 'one', type: 'set-data', settings: { data: { answer: 42 } } },
          { id: 'two', type: 'set-data', settings: { data: { copy: '{{ one.answer }}' } } },
        ],
        [
          { from: 'start', to: 'one' },
          { from: 'one', to: 'two' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
    expect(run.journal).toEqual(['started', 'begun one', 'left one.done', 'begun two', 'left two.done', 'ended completed'])
    const { rows } = await database.pool.query(
      `select data->'data'->'copy' as copy from entries where run_id = $1 and step = 'two' and what = 'left'`,
      [run.id],
    )
    expect(rows).toEqual([{ copy: 42 }])
  })

  test('three people are waited for at the same time, the process stops and starts, all answer, the run completes', async () => {
    const office = await anOffice(database, ['Ana', 'Bob', 'Cy'])
    const first = await aProgram(database)
    const id = await published(database, office, threeAtOnce)
    await startedByHand(database, office, id, 'Ana')
    await until('all three are asked', async () => {
      const { rows } = await database.pool.query(`select 1 from asks where messages <> '[]'`)
      return rows.length === 3
    })
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    await first.stop()

    const second = await aProgram(database)
    expect(await pressed(second, office, 'Bob', 'accounts', 'Done').then((reply) => 'accepted' in reply && reply.accepted)).toBe(true)
    await pressed(second, office, 'Cy', 'hello', 'Said hello')
    await pressed(second, office, 'Ana', 'laptop', 'Mac')
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
    expect(run.journal.filter((line) => line.startsWith('left')).toSorted()).toEqual([
      'left accounts.done',
      'left hello.done',
      'left laptop.done',
      'left summary.done',
    ])
    const { rows } = await database.pool.query(`select text from messages where channel_id = $1`, [office.general.id])
    expect(rows).toEqual([{ text: 'Laptop: Mac' }])
  })

  test('of two who press at the same moment one is first, and the other is told who it was', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Who takes it',
        [
          {
            id: 'take',
            type: 'ask',
            settings: {
              to: 'channel',
              channel: 'general',
              question: 'A lead!',
              answer: 'choices',
              choices: ['I take it'],
              needed: 'first',
              within: '4h',
            },
          },
        ],
        [{ from: 'start', to: 'take' }],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    await until('it is asked', async () => (await newestRun(database))?.status === 'waiting')
    const replies = await Promise.all([
      pressed(program, office, 'Ana', 'take', 'I take it'),
      pressed(program, office, 'Bob', 'take', 'I take it'),
    ])
    const accepted = replies.filter((reply) => 'accepted' in reply && reply.accepted)
    expect(accepted).toHaveLength(1)
    const refused = replies.find((reply) => 'accepted' in reply && !reply.accepted)
    const winner = replies[0] === accepted[0] ? 'Ana' : 'Bob'
    expect(refused && 'told' in refused && refused.told.en).toBe(`${winner} was faster and has already answered.`)
    await until('the run has ended', async () => (await newestRun(database))?.status === 'completed')
  })

  test('somebody who was not asked cannot answer', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    const id = await published(database, office, mission('Only Bob', [ask('only', 'bob', ['Yes'])], [{ from: 'start', to: 'only' }]))
    await startedByHand(database, office, id, 'Ana')
    await until('it is asked', async () => (await newestRun(database))?.status === 'waiting')
    const reply = await pressed(program, office, 'Ana', 'only', 'Yes')
    expect('accepted' in reply && reply.accepted).toBe(false)
    expect((await newestRun(database))?.status).toBe('waiting')
  })

  test('a question that nobody answers leaves by its time limit, and an answer afterwards is told so kindly', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Short',
        [ask('short', 'ana', ['Yes'], '1s'), { id: 'late', type: 'set-data', settings: { data: { late: true } } }],
        [
          { from: 'start', to: 'short' },
          { from: 'short', exit: 'timeout', to: 'late' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
    expect(run.journal).toContain('left short.timeout')
    expect(run.journal).toContain('left late.done')
    const reply = await pressed(program, office, 'Ana', 'short', 'Yes')
    expect('told' in reply && reply.told.en).toMatch(/Too late/)
  })

  test('a step that fails without a way out fails the run, and what it should have led to never starts', async () => {
    const office = await anOffice(database, ['Ana'])
    await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Fails',
        [
          { id: 'lost', type: 'send-message', settings: { to: 'person', person: 'nobody@example.com', text: 'Hi' } },
          { id: 'never', type: 'set-data', settings: { data: { a: 1 } } },
        ],
        [
          { from: 'start', to: 'lost' },
          { from: 'lost', to: 'never' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'failed' && found))
    expect(run.journal).toContain('left lost.failed')
    expect(run.journal).not.toContain('begun never')
  })

  test('of many steps at the same time each is done once and every result counts, in whatever order they come', async () => {
    const delays = [0, 5, 10, 15, 20, 25, 30, 60]
    let asked = 0
    const server = createServer((request, response) => {
      asked += 1
      setTimeout(() => response.end('ok'), Number(request.url?.slice(1)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const office = await anOffice(database, ['Ana'])
    await aProgram(database, [`127.0.0.1:${port}`])
    const calls = delays.map((delay) => ({
      id: `call${delay}`,
      type: 'call-web-address',
      settings: { method: 'GET', url: `http://127.0.0.1:${port}/${delay}` },
    }))
    const id = await published(
      database,
      office,
      mission(
        'Many at once',
        [...calls, { id: 'joined', type: 'set-data', settings: { data: { all: true } } }],
        calls.flatMap((call) => [
          { from: 'start', to: call.id },
          { from: call.id, to: 'joined' },
        ]),
      ),
    )
    for (let run = 0; run < 10; run++) await startedByHand(database, office, id, 'Ana')
    const ended = await until('all runs have ended', async () => {
      const { rows } = await database.pool.query<{ status: string }>(
        'select status from runs where mission_id = $1 and ended_at is not null',
        [id],
      )
      return rows.length === 10 && rows
    })
    expect(ended.every(({ status }) => status === 'completed')).toBe(true)
    expect(asked).toBe(10 * delays.length)
  })

  test('a wait ends on a machine whose clock is an hour behind that of the database', async () => {
    const office = await anOffice(database, ['Ana'])
    await aProgram(database)
    const id = await published(
      database,
      office,
      mission('Behind', [{ id: 'pause', type: 'wait', settings: { time: '2s' } }], [{ from: 'start', to: 'pause' }]),
    )
    await startedByHand(database, office, id, 'Ana')
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000, shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    await until('the run has ended', async () => (await newestRun(database))?.status === 'completed')
  })

  test('a wait goes on to its end although the earlier time limit it was to be woken for is no longer needed', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Two instants',
        [
          ask('slow', 'ana', ['Yes'], '3s'),
          ask('quick', 'ana', ['Yes'], '1h'),
          { id: 'pause', type: 'wait', settings: { until: 'time', time: '4s' } },
        ],
        [
          { from: 'start', to: 'slow' },
          { from: 'start', to: 'quick' },
          { from: 'quick', to: 'pause' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    await until('both are asked', async () => (await newestRun(database))?.status === 'waiting')
    await pressed(program, office, 'Ana', 'quick', 'Yes')
    await until('the pause has begun', async () => (await newestRun(database))?.journal.includes('waiting pause'))
    await pressed(program, office, 'Ana', 'slow', 'Yes')
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
    expect(run.journal).toContain('left slow.done')
    expect(run.journal).toContain('left pause.done')
  })

  test('answers that come in the same moment are all in the journal before the step is left', async () => {
    const names = ['Ana', 'Bo', 'Cy', 'Di']
    const office = await anOffice(database, names)
    const program = await aProgram(database)
    const everybody = {
      id: 'all',
      type: 'ask',
      settings: { to: 'people', whom: Object.values(office.people), question: 'In?', choices: ['Yes'], needed: 'everybody', within: '1h' },
    }
    const id = await published(database, office, mission('Everybody', [everybody], [{ from: 'start', to: 'all' }]))
    for (let run = 0; run < 5; run++) {
      await startedByHand(database, office, id, 'Ana')
      await until('all are asked', async () => (await newestRun(database))?.status === 'waiting')
      await Promise.all(names.map((name) => pressed(program, office, name, 'all', 'Yes')))
      const { journal } = await until('the run has ended', async () =>
        newestRun(database).then((found) => found?.status === 'completed' && found),
      )
      expect(journal.slice(-6)).toEqual([...names.map(() => 'answered all'), 'left all.done', 'ended completed'])
    }
  })
})
