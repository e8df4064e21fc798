import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { aDatabase } from '../making.ts'
import { childrenOf, familyIn, set } from './family.ts'
import { anOffice, aProgram, byHand, mission, published, startedByHand } from './program.ts'

const database = await aDatabase()
const { pool } = database
const { allRuns, ended, leftBy } = familyIn(database)

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
