import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { wishMoves } from '../../src/server/store/moves.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import { liveVersionOf } from '../../src/server/store/versions.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, byHand, mission, newestRun, pressed, published, startedByHand, until, type Program } from './program.ts'
import { aServer, begun, type Colleague, type TestServer } from './server.ts'
import { aStub } from './stub.ts'

const database = await aDatabase()
const { pool } = database

const ask = (id: string, question: string, settings: object = {}) => ({
  id,
  type: 'ask',
  name: id === 'desk' ? 'Ask for a desk' : undefined,
  settings: {
    to: 'people',
    whom: ['ana@example.com'],
    question,
    answer: 'choices',
    choices: ['Yes', 'No'],
    needed: 'first',
    within: '3d',
    ...settings,
  },
})
const call = (id: string, url: string) => ({ id, type: 'call-web-address', settings: { method: 'GET', url: `${url}/${id}/{{ run.id }}` } })
const row = (steps: string[]) => steps.map((to, at) => ({ from: steps[at - 1] ?? 'start', to }))

/** Publishes a newer version of a mission that is live; gives the version's id. */
async function republished(missionId: string, document: unknown): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with made as (
       insert into versions (workspace_id, mission_id, number, mission)
       select workspace_id, id, 2, $2 from missions where id = $1 returning id)
     update missions set live_version_id = made.id from made where missions.id = $1 returning live_version_id as id`,
    [missionId, JSON.stringify(missionSchema.parse(document))],
  )
  return rows[0]?.id ?? ''
}

const by = { id: crypto.randomUUID(), name: 'Maya' }

/** Wishes all runs of a mission to move to its live version, as the route does. */
async function wish({ context }: Program, missionId: string): Promise<number> {
  const to = (await liveVersionOf(pool, missionId)) ?? ''
  const { rows } = await pool.query<{ id: string }>('select id from runs where mission_id = $1', [missionId])
  return transaction(pool, async (client) => {
    const wished = await wishMoves(
      client,
      missionId,
      { to, by },
      rows.map(({ id }) => id),
    )
    await context.queue.driveAll(
      client,
      wished.map((run) => ({ run })),
    )
    return wished.length
  })
}

interface Row {
  id: string
  status: string
  number: number
  journal: string[]
}

async function runsOf(missionId: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select r.id, r.status, v.number, array(select e.what || coalesce(' ' || e.step, '') from entries e where e.run_id = r.id order by e.number) as journal
     from runs r join versions v on v.id = r.version_id where r.mission_id = $1`,
    [missionId],
  )
  return rows
}

describe('a run that waits for people', () => {
  test('moves with its question open, which is answered by the same buttons and leads on in the new version', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const before = mission('Desk', [ask('desk', 'A desk?'), ask('chair', 'A chair?')], row(['desk', 'chair']))
    const id = await published(database, office, before)
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    await until('the run waits', async () => (await newestRun(database))?.status === 'waiting')
    const asked = async () => (await pool.query(`select id, settings, messages, until, over from asks where step = 'desk'`)).rows
    const question = await asked()

    await republished(id, {
      ...before,
      steps: [
        ask('desk', 'Would you like a desk?', { within: '5d' }),
        { id: 'note', type: 'set-data', settings: { data: { of: '{{ desk.answer }}' } } },
      ],
      links: row(['desk', 'note']),
    })
    expect(await wish(program, id)).toBe(1)
    await until('it has moved', async () => (await runsOf(id))[0]?.number === 2)
    expect(await asked()).toEqual(question)
    expect(await wish(program, id)).toBe(0)
    expect(await pressed(program, office, 'Ana', 'desk', 'Yes')).toMatchObject({ accepted: true })
    const run = await until('the run has ended', async () => newestRun(database).then((found) => found?.status === 'completed' && found))
    expect(run.journal).toEqual([
      'started',
      'begun desk',
      'asked desk',
      'moved',
      'answered desk',
      'left desk.done',
      'begun note',
      'left note.done',
      'ended completed',
    ])
    const { rows } = await pool.query(
      `select data from entries where run_id = $1 and what in ('moved') or run_id = $1 and step = 'note' and what = 'left' order by number`,
      [run.id],
    )
    expect(rows).toMatchObject([{ data: { from: { number: 1 }, to: { number: 2 }, by, gone: [] } }, { data: { data: { of: 'Yes' } } }])
  })

  test('stays where it is when its step is gone, and nothing is left open by the attempt', async () => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const before = mission('Chair', [ask('chair', 'A chair?')], row(['chair']))
    const id = await published(database, office, before)
    await startedByHand(database, office, id, 'Ana')
    program.work.wake()
    await until('the run waits', async () => (await runsOf(id))[0]?.status === 'waiting')
    await republished(id, { ...before, steps: [ask('sofa', 'A sofa?')], links: row(['sofa']) })
    await wish(program, id)
    await until(
      'the wish is dealt with',
      async () => (await pool.query(`select 1 from inbox where kind = 'move' and done_at is null`)).rows.length === 0,
    )
    expect(await runsOf(id)).toMatchObject([{ status: 'waiting', number: 1, journal: ['started', 'begun chair', 'asked chair'] }])
    expect(await pressed(program, office, 'Ana', 'chair', 'Yes')).toMatchObject({ accepted: true })
    await until('the run has ended', async () => (await runsOf(id))[0]?.status === 'completed')
  })
})

test('runs are moved again and again while two processes drive them, one of which dies: nothing is done twice, left out or lost', async () => {
  const office = await anOffice(database, ['Ana'])
  const stub = await aStub()
  stub.open()
  const steps = ['one', 'two', 'three', 'four', 'five']
  const before = mission(
    'Busy',
    steps.map((id) => call(id, stub.url)),
    row(steps),
  )
  const first = await aProgram(database, [stub.address])
  const second = await aProgram(database, [stub.address])
  const id = await published(database, office, before)
  const count = 30
  await Promise.all(Array.from({ length: count }, () => startedByHand(database, office, id, 'Ana')))
  first.work.wake()
  second.work.wake()
  await until('some are under way', async () => stub.calls.length > count / 3)
  await republished(id, { ...before, steps: [...before.steps, call('six', stub.url)], links: row([...steps, 'six']) })
  let rounds = 0
  const all = await until('all have ended', async () => {
    await wish(second, id)
    if (++rounds === 3) await first.stop()
    const runs = await runsOf(id)
    return runs.length === count && runs.every(({ status }) => status === 'completed') && runs
  })
  const moved = all.filter(({ journal }) => journal.includes('moved'))
  expect(moved.length).toBeGreaterThan(0)
  for (const { id: run, number, journal } of all) {
    const gone = number === 2 ? [...steps, 'six'] : steps
    expect(journal.filter((line) => line !== 'moved')).toEqual([
      'started',
      ...gone.flatMap((step) => [`begun ${step}`, `left ${step}`]),
      'ended',
    ])
    expect(journal.filter((line) => line === 'moved').length).toBeLessThanOrEqual(1)
    expect(stub.calls.filter((path) => path.endsWith(run)).toSorted()).toEqual(gone.map((step) => `/${step}/${run}`).toSorted())
  }
  // A wish that came while a run was ending is put away by whoever is asked to drive the run after that.
  await until(
    'no wish is left',
    async () => (await pool.query(`select 1 from inbox where kind = 'move' and done_at is null`)).rows.length === 0,
  )
})

test('more runs than a process takes at once move all the same, and are all let go', async () => {
  const office = await anOffice(database, ['Ana'])
  const program = await aProgram(database)
  const waits = { id: 'wait', type: 'wait', settings: { until: 'time', time: '30d' } }
  const before = mission('Many', [waits], row(['wait']))
  const id = await published(database, office, before)
  const count = 400
  await pool.query(
    `insert into inbox (workspace_id, source, identity, kind, data)
     select $1, 'hand', gen_random_uuid(), 'hand', jsonb_build_object('kind', 'hand', 'person', $2::text, 'values', '{}'::jsonb, 'mission', $3::text, 'trigger', 'start')
     from generate_series(1, $4)`,
    [office.workspaceId, office.people['Ana'], id, count],
  )
  program.work.wake()
  await until('all wait', async () => (await runsOf(id)).filter(({ status }) => status === 'waiting').length === count)
  await republished(id, { ...before, description: 'Newer' })
  expect(await wish(program, id)).toBe(count)
  await until('all have moved', async () => (await runsOf(id)).every(({ number }) => number === 2))
  await until('nobody holds one', async () => {
    const { rows } = await pool.query(
      'select 1 from run_states s join runs r on r.id = s.run_id where r.mission_id = $1 and s.worker is not null',
      [id],
    )
    return rows.length === 0
  })
}, 60_000)

describe('the page of those who may move runs', () => {
  const waits = (step: string, more: object[] = []) =>
    missionSchema.parse({
      format: 1,
      name: 'Desk',
      triggers: [byHand],
      steps: [{ id: step, type: 'wait', name: 'Think it over', settings: { until: 'time', time: '30d' } }, ...more],
      links: [{ from: 'start', to: step }],
    })
  const publish = async (server: TestServer, of: string, document: unknown, as: Colleague) => {
    await as.client.from('missions').update({ draft: document }).eq('id', of)
    const { data } = await as.client.from('missions').select('draft_rev').eq('id', of).single()
    return server.call(`/api/missions/${of}/publish`, { draftRev: data?.draft_rev, note: '' }, as)
  }

  test('says where everyone is since when, who can move and why not, and moves only those chosen, once', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana', 'Builder', 'Cy')
    const { id } = await begun(people.Ana, workspaceId, waits('think'))
    await publish(server, id, waits('think'), people.Ana)
    const starts = []
    for (let each = 0; each < 3; each++)
      starts.push(String((await server.call(`/api/missions/${id}/start`, { trigger: 'start' }, people.Ana)).answer['runId']))
    await publish(server, id, { ...waits('think'), description: 'Newer' }, people.Ana)
    const look = async (as: Colleague = people.Builder) => server.call(`/api/moves/${id}`, undefined, as)
    const { answer } = await look()
    expect(answer).toMatchObject({ to: { number: 2 }, next: null })
    const [run] = answer['runs'] as unknown[]
    expect(run).toMatchObject({
      version: 1,
      moving: false,
      cause: { en: 'Ana started it by hand' },
      places: [{ name: { en: 'Think it over' }, waiting: { kind: 'time' } }],
      obstacles: [],
      remarks: [],
    })
    const to = (answer['to'] as { id: string }).id
    expect((await look(people.Cy)).status).toBe(403)
    expect((await server.call(`/api/moves/${id}`, { to, runs: starts }, people.Cy)).status).toBe(403)
    expect((await server.call(`/api/moves/${id}`, { to: crypto.randomUUID(), runs: starts }, people.Builder)).status).toBe(409)

    const chosen = starts.slice(0, 2)
    expect((await server.call(`/api/moves/${id}`, { to, runs: chosen }, people.Builder)).answer).toEqual({ asked: 2 })
    await until('two have moved', async () => (await server.call(`/api/moves/${id}/count`, undefined, people.Ana)).answer['total'] === 1)
    expect((await server.call(`/api/moves/${id}/count`, undefined, people.Ana)).answer).toEqual({ total: 1, moving: 0 })
    expect((await server.call(`/api/moves/${id}`, { to, runs: starts }, people.Builder)).answer).toEqual({ asked: 1 })
    await until('all have moved', async () => (await server.call(`/api/moves/${id}/count`, undefined, people.Ana)).answer['total'] === 0)
    expect((await runsOf(id)).map(({ number, journal }) => [number, journal])).toEqual(
      starts.map(() => [2, ['started', 'begun think', 'waiting think', 'moved']]),
    )

    await publish(server, id, waits('rest'), people.Ana)
    expect((await look()).answer['runs']).toMatchObject(
      starts.map(() => ({ obstacles: [{ name: { en: 'Think it over' }, why: { en: 'The step it is in is no longer there.' } }] })),
    )
    const { rows } = await pool.query(`select data from audit where workspace_id = $1 and what = 'moved runs' order by at`, [workspaceId])
    expect(rows).toEqual([{ data: { mission: id, version: 2, count: 2 } }, { data: { mission: id, version: 2, count: 1 } }])
  })
})
