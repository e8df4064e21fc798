import { describe, expect, test } from 'vitest'
import { aDatabase } from '../making.ts'
import { childrenOf, each, familyIn, numbers, rootOf, set } from './family.ts'
import { anOffice, aProgram, mission, published, startedByHand, until } from './program.ts'
import { aStub } from './stub.ts'

const database = await aDatabase()
const { pool } = database
const { allRuns, ended, leftBy } = familyIn(database)

const call = (url: string, more: object = {}) => ({ id: 'call', type: 'call-web-address', settings: { method: 'GET', url }, ...more })

describe('for each', () => {
  test('items run side by side up to the width, and their results are in the order of the list', async () => {
    const office = await anOffice(database, ['Ana'])
    const stub = await aStub()
    const program = await aProgram(database, [stub.address])
    const id = await published(
      database,
      office,
      mission(
        'Side by side',
        [
          each('all', numbers(7), { width: 3 }),
          call(`${stub.url}/{{ item }}-{{ all.position }}-{{ all.count }}`, { within: 'all' }),
          set('after', { paths: '{{ all.results | map: "steps" | map: "call" | map: "body" | map: "path" }}', failed: '{{ all.failed }}' }),
        ],
        [
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'call' },
          { from: 'all', to: 'after' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    await until('three calls are held', async () => stub.held() === 3)
    const going = await allRuns()
    expect(childrenOf(going, rootOf(going, 'Side by side')).map(({ position }) => position)).toEqual([1, 2, 3])
    stub.open()
    const run = await ended('Side by side')
    expect(run.status).toBe('completed')
    expect(stub.most()).toBe(3)
    expect(stub.calls.toSorted()).toEqual(numbers(7).map((number) => `/${number}-${number}-7`))
    expect((await leftBy(run.id, 'after')).data).toEqual({ paths: numbers(7).map((number) => `/${number}-${number}-7`), failed: 0 })
  })

  test('a killed process leaves no item out and begins none twice', async () => {
    const office = await anOffice(database, ['Ana'])
    const stub = await aStub()
    const first = await aProgram(database, [stub.address])
    const id = await published(
      database,
      office,
      mission(
        'Killed',
        [each('all', numbers(12), { width: 3 }), call(`${stub.url}/{{ item }}`, { within: 'all' })],
        [
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'call' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    first.work.wake()
    await until('three calls are held', async () => stub.held() === 3)
    await first.stop()
    stub.open()
    await aProgram(database, [stub.address])
    const run = await ended('Killed')
    expect(run.status).toBe('completed')
    expect(childrenOf(await allRuns(), run).map(({ position, status }) => `${position} ${status}`)).toEqual(
      numbers(12).map((number) => `${number} completed`),
    )
    expect(new Set(stub.calls).size).toBe(12)
    const { rows } = await pool.query(`select 1 from entries where run_id = $1 and what = 'returned'`, [run.id])
    expect(rows).toHaveLength(12)
  })

  test('an item that fails fails alone, and is counted', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'One fails',
        [
          each('all', ['general', 'nowhere', 'general']),
          { id: 'say', type: 'send-message', within: 'all', settings: { to: 'channel', channel: '{{ item }}', text: 'Hi' } },
        ],
        [
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'say' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('One fails')
    expect(run.status).toBe('completed')
    const { data } = await leftBy(run.id, 'all')
    expect(data).toMatchObject({ count: 3, completed: 2, failed: 1 })
    expect(data['results']).toMatchObject([
      { item: 'general', status: 'completed' },
      { item: 'nowhere', status: 'failed' },
      { status: 'completed' },
    ])
  })

  test('where one failure is enough, the others are cancelled, no more begin, and the step fails', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Enough',
        [
          each('all', ['wait', 'nowhere', 'wait', 'never'], { width: 2, failure: 'stop' }),
          {
            id: 'which',
            type: 'choose-path',
            within: 'all',
            settings: { paths: [{ id: 'wait', label: 'Wait', when: [{ left: '{{ item }}', is: 'is', right: ['wait'] }] }] },
          },
          { id: 'pause', type: 'wait', within: 'all', settings: { until: 'time', time: '2d' } },
          { id: 'say', type: 'send-message', within: 'all', settings: { to: 'channel', channel: '{{ item }}', text: 'Hi' } },
        ],
        [
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'which' },
          { from: 'which', exit: 'wait', to: 'pause' },
          { from: 'which', exit: 'otherwise', to: 'say' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('Enough')
    expect(run.status).toBe('failed')
    expect((await leftBy(run.id, 'all')).trouble?.what.en).toBe('It failed for item 2 of the list.')
    await until('the first item is cancelled', async () => childrenOf(await allRuns(), run)[0]?.status === 'cancelled')
    expect(childrenOf(await allRuns(), run).map(({ status }) => status)).toEqual(['cancelled', 'failed'])
  })

  test('a list in a list sees the items around it and what happened before, after a restart too', async () => {
    const office = await anOffice(database, ['Ana'])
    const first = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'In one another',
        [
          set('before', { word: 'w' }),
          each('outer', ['a', 'b']),
          set('mid', { letter: '{{ item }}{{ before.word }}' }, { within: 'outer' }),
          each('inner', [1, 2], {}, { within: 'outer' }),
          { id: 'pause', type: 'wait', within: 'inner', settings: { until: 'time', time: '2s' } },
          set(
            'note',
            {
              text: '{{ outer.item }}{{ item }}{{ mid.letter }}{{ before.word }}{{ trigger.person.name }}{{ inner.position }}{{ outer.position }}',
            },
            { within: 'inner' },
          ),
          set('after', { all: '{{ outer.results[1].steps.inner.results[0].steps.note.text }}' }),
        ],
        [
          { from: 'start', to: 'before' },
          { from: 'before', to: 'outer' },
          { from: 'outer', exit: 'each', to: 'mid' },
          { from: 'mid', to: 'inner' },
          { from: 'inner', exit: 'each', to: 'pause' },
          { from: 'pause', to: 'note' },
          { from: 'outer', to: 'after' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    first.work.wake()
    await until('all wait', async () => (await allRuns()).filter(({ mission: name }) => name === 'In one another').length === 7)
    await first.stop()
    await aProgram(database)
    const run = await ended('In one another')
    expect((await leftBy(run.id, 'after')).data).toEqual({ all: 'b1bwwAna12' })
  })

  test('two hundred items leave the run’s state small, and an empty list nothing to do', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Many',
        [
          each('none', '{{ trigger.nobody }}'),
          each('all', numbers(200), { width: 50 }),
          set('double', { twice: '{{ item | times: 2 }}' }, { within: 'all' }),
        ],
        [
          { from: 'start', to: 'none' },
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'double' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('Many')
    const { data } = await leftBy(run.id, 'all')
    expect((data['results'] as { steps: { double: { twice: number } } }[]).map(({ steps }) => steps.double.twice)).toEqual(
      numbers(200).map((number) => number * 2),
    )
    const { rows } = await pool.query<{ size: number }>('select length(state::text) as size from run_states where run_id = $1', [run.id])
    expect(rows[0]?.size).toBeLessThan(2_000)
  })
})
