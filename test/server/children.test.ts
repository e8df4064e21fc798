import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { receiveForRun } from '../../src/server/store/inbox.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, type Program, published, startedByHand, until } from './program.ts'

const database = await aDatabase()
const { pool } = database

const byHand = { id: 'start', type: 'by-hand', settings: {} }
const mission = (name: string, steps: unknown[], links: unknown[], triggers: unknown[] = [byHand]): Mission =>
  missionSchema.parse({ format: 1, name, triggers, steps, links })
const set = (id: string, data: Record<string, unknown>, more: object = {}) => ({ id, type: 'set-data', settings: { data }, ...more })
const each = (id: string, list: unknown, settings: object = {}, more: object = {}) => ({
  id,
  type: 'for-each',
  settings: { list, ...settings },
  ...more,
})
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

interface Row {
  id: string
  mission: string
  status: string
  parent_id: string | null
  parent_step: string | null
  position: number | null
}

async function allRuns(): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select r.id, m.name as mission, r.status, r.parent_id, r.parent_step, r.position from runs r join missions m on m.id = r.mission_id
     order by r.position, r.started_at`,
  )
  return rows
}
const childrenOf = (rows: readonly Row[], parent: Row | undefined) => rows.filter(({ parent_id }) => parent_id === parent?.id)
const rootOf = (rows: readonly Row[], name: string) => rows.find(({ mission: called, parent_id }) => called === name && parent_id === null)

/** What a step gave, or how it was left. */
async function leftBy(
  run: string,
  step: string,
): Promise<{ exit: string; data: Record<string, unknown>; trouble?: { what: { en: string } } }> {
  const { rows } = await pool.query<{ data: { exit: string; data: Record<string, unknown>; trouble?: { what: { en: string } } } }>(
    `select data from entries where run_id = $1 and step = $2 and what = 'left' order by number desc limit 1`,
    [run, step],
  )
  return rows[0]?.data ?? expect.unreachable(`${step} was not left`)
}

/** Waits for the end of the run of a mission that no other run started. */
const ended = (name: string) =>
  until(`a run of ${name} has ended`, async () => {
    const root = rootOf(await allRuns(), name)
    return root !== undefined && ['completed', 'failed', 'cancelled'].includes(root.status) && root
  })

/** A web address that answers when it is told to; it knows how many calls it holds. */
async function aStub(): Promise<{ address: string; url: string; calls: string[]; most: () => number; held: () => number; open(): void }> {
  const calls: string[] = []
  const waiting: (() => void)[] = []
  let [isOpen, held, most] = [false, 0, 0]
  const server = createServer((request, response) => {
    calls.push(request.url ?? '')
    held += 1
    most = Math.max(most, held)
    const answer = () => {
      held -= 1
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ path: request.url }))
    }
    if (isOpen) setTimeout(answer, 20)
    else waiting.push(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    url: `http://${address}`,
    calls,
    most: () => most,
    held: () => held,
    open() {
      isOpen = true
      for (const answer of waiting.splice(0)) answer()
    },
  }
}

const call = (url: string, more: object = {}) => ({ id: 'call', type: 'call-web-address', settings: { method: 'GET', url }, ...more })

async function cancelled(program: Program, workspaceId: string, run: string): Promise<void> {
  await transaction(pool, async (client) => {
    await receiveForRun(client, { workspaceId, runId: run, source: 'cancel', identity: crypto.randomUUID(), kind: 'cancel', data: {} })
    await program.context.queue.drive(client, run)
  })
}

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

describe('run another mission', () => {
  const runs = (missionId: string, more: object = {}) => ({
    id: 'other',
    type: 'run-mission',
    settings: { mission: missionId, values: { topic: 'Cake' }, within: '2d', ...more },
  })
  const called = {
    id: 'called',
    type: 'run-by-mission',
    settings: { fields: [{ id: 'topic', label: 'Topic', kind: 'line', required: true }] },
  }
  const toOther = [{ from: 'start', to: 'other' }]
  const says = (outcome: string) => ({ id: 'end', type: 'end', settings: { outcome } })

  test('waits for its end and gets what its end said', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const other = await published(
      database,
      office,
      mission('Bakes', [says('{{ trigger.topic }} for {{ trigger.mission.name }}')], [{ from: 'called', to: 'end' }], [called]),
    )
    const id = await published(
      database,
      office,
      mission('Orders', [runs(other), set('after', { said: '{{ other.outcome }}' })], [...toOther, { from: 'other', to: 'after' }]),
    )
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('Orders')
    expect((await leftBy(run.id, 'after')).data).toEqual({ said: 'Cake for Orders' })
    const [child] = childrenOf(await allRuns(), run)
    expect((await leftBy(run.id, 'other')).data).toEqual({ run: child?.id, status: 'completed', outcome: 'Cake for Orders' })
  })

  test('goes on at once where it does not wait, and leaves by its time limit, while the other goes on', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const slow = await published(
      database,
      office,
      mission(
        'Slow',
        [{ id: 'pause', type: 'wait', settings: { until: 'time', time: '3d' } }],
        [{ from: 'called', to: 'pause' }],
        [called],
      ),
    )
    const free = await published(database, office, mission('Free', [runs(slow, { wait: false })], toOther))
    const limited = await published(database, office, mission('Limited', [runs(slow, { within: '1s' })], toOther))
    await startedByHand(database, office, free, 'Ana')
    await startedByHand(database, office, limited, 'Ana')
    program.work.wake()
    const one = await ended('Free')
    expect(await leftBy(one.id, 'other')).toMatchObject({ exit: 'done', data: { outcome: null } })
    const two = await ended('Limited')
    expect(await leftBy(two.id, 'other')).toMatchObject({ exit: 'timeout', data: { status: 'waiting' } })
    expect((await allRuns()).filter(({ mission: name }) => name === 'Slow').map(({ status }) => status)).toEqual(['waiting', 'waiting'])
  })

  test('says in words why it cannot: not live, not made for it, not given what it needs', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const closed = await published(database, office, mission('Closed', [says('x')], [{ from: 'start', to: 'end' }]))
    const needy = await published(database, office, mission('Needy', [says('x')], [{ from: 'called', to: 'end' }], [called]))
    const elsewhere = await published(
      database,
      await anOffice(database, ['Bob']),
      mission('Elsewhere', [says('x')], [{ from: 'called', to: 'end' }], [called]),
    )
    const told: string[] = []
    for (const [name, step] of Object.entries({
      A: runs('0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11'),
      B: runs(closed),
      C: runs(needy, { values: {} }),
      D: runs(elsewhere),
      E: runs('no id at all'),
    })) {
      await startedByHand(database, office, await published(database, office, mission(name, [step], toOther)), 'Ana')
      program.work.wake()
      told.push((await leftBy((await ended(name)).id, 'other')).trouble?.what.en ?? '')
    }
    expect(told).toEqual([
      'The mission to be run is not live.',
      'The mission “Closed” cannot be run by another one.',
      'The mission “Needy” is not given everything that it needs.',
      'The mission to be run is not live.',
      'The mission to be run is not live.',
    ])
  })

  test('fails when the other fails', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const other = await published(
      database,
      office,
      mission(
        'Breaks',
        [{ id: 'say', type: 'send-message', settings: { to: 'channel', channel: 'nowhere', text: 'Hi' } }],
        [{ from: 'called', to: 'say' }],
        [called],
      ),
    )
    await startedByHand(database, office, await published(database, office, mission('Hopes', [runs(other)], toOther)), 'Ana')
    program.work.wake()
    const run = await ended('Hopes')
    expect(run.status).toBe('failed')
    expect((await leftBy(run.id, 'other')).trouble?.what.en).toBe('The other mission failed.')
  })

  test('a mission that runs itself is stopped after twenty', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const own = mission(
      'Itself',
      [set('note', { x: 1 })],
      [
        { from: 'start', to: 'note' },
        { from: 'called', to: 'note' },
      ],
      [byHand, called],
    )
    const id = await published(database, office, own)
    const again = { ...own, steps: [...own.steps, runs(id)], links: [...own.links, { from: 'note', exit: 'done', to: 'other' }] }
    const { rows } = await pool.query<{ id: string }>(
      `insert into versions (workspace_id, mission_id, number, mission) select workspace_id, mission_id, 2, $2 from versions where mission_id = $1 returning id`,
      [id, JSON.stringify(missionSchema.parse(again))],
    )
    await pool.query('update missions set live_version_id = $2 where id = $1', [id, rows[0]?.id])
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    const run = await ended('Itself')
    expect(run.status).toBe('failed')
    const all = await allRuns()
    const line = all.filter(({ mission: name }) => name === 'Itself')
    expect(line).toHaveLength(21)
    const last = line.find(({ id: one }) => !line.some(({ parent_id }) => parent_id === one)) ?? expect.unreachable()
    expect((await leftBy(last.id, 'other')).trouble?.what.en).toBe(
      'This run was started by 20 others in a row, so it starts no more of them.',
    )
  })
})
