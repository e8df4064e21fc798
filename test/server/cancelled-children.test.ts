import { describe, expect, test } from 'vitest'
import { aDatabase } from '../making.ts'
import { childrenOf, each, familyIn, numbers, rootOf, set } from './family.ts'
import { anOffice, aProgram, mission, published, startedByHand, until } from './program.ts'

const database = await aDatabase()
const { pool } = database
const { allRuns, cancelled, ended } = familyIn(database)

describe('cancelling', () => {
  test('a run that is cancelled cancels its children and theirs, and nobody is asked any more', async () => {
    const office = await anOffice(database, ['Ana', 'Bob'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Called off',
        [
          each('outer', ['a', 'b']),
          each('inner', ['ana@example.com', 'bob@example.com'], {}, { within: 'outer' }),
          {
            id: 'ask',
            type: 'ask',
            within: 'inner',
            settings: {
              to: 'people',
              whom: ['{{ item }}'],
              question: 'Well?',
              answer: 'choices',
              choices: ['Yes'],
              needed: 'first',
              within: '3d',
            },
          },
        ],
        [
          { from: 'start', to: 'outer' },
          { from: 'outer', exit: 'each', to: 'inner' },
          { from: 'inner', exit: 'each', to: 'ask' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    await until('four are asked', async () => (await pool.query(`select 1 from asks where messages <> '[]'`)).rowCount === 4)
    const root = rootOf(await allRuns(), 'Called off') ?? expect.unreachable()
    await cancelled(program, office.workspaceId, root.id)
    const family = async () => (await allRuns()).filter(({ mission: name }) => name === 'Called off')
    await until('all are cancelled', async () => (await family()).every(({ status }) => status === 'cancelled'))
    expect(await family()).toHaveLength(7)
    const { rows } = await pool.query<{ over: string }>('select over from asks')
    expect(rows.map(({ over }) => over)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled'])
  })

  test('fifty that run side by side are all cancelled, and none is begun after them', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'Fifty',
        [each('all', numbers(80), { width: 50 }), { id: 'pause', type: 'wait', within: 'all', settings: { until: 'time', time: '3d' } }],
        [
          { from: 'start', to: 'all' },
          { from: 'all', exit: 'each', to: 'pause' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const family = async () => (await allRuns()).filter(({ mission: name }) => name === 'Fifty')
    await until('fifty wait', async () => (await family()).length === 51)
    await cancelled(program, office.workspaceId, rootOf(await allRuns(), 'Fifty')?.id ?? '')
    await until('all are cancelled', async () => (await family()).every(({ status }) => status === 'cancelled'))
    expect(await family()).toHaveLength(51)
  })

  test('items that nobody needs any more are cancelled with their step', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(
      database,
      office,
      mission(
        'First wins',
        [
          each('all', ['a', 'b', 'c']),
          { id: 'pause', type: 'wait', within: 'all', settings: { until: 'time', time: '3d' } },
          { id: 'short', type: 'wait', settings: { until: 'time', time: '1s' } },
          set('first', { done: true }, { join: { wait: 'any', cancelRest: true } }),
        ],
        [
          { from: 'start', to: 'all' },
          { from: 'start', to: 'short' },
          { from: 'all', exit: 'each', to: 'pause' },
          { from: 'all', to: 'first' },
          { from: 'short', to: 'first' },
        ],
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('First wins')
    expect(run.status).toBe('completed')
    await until('the items are cancelled', async () => childrenOf(await allRuns(), run).every(({ status }) => status === 'cancelled'))
    expect(childrenOf(await allRuns(), run)).toHaveLength(3)
  })
})
