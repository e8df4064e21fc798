import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { defineAction, type Action } from '../../src/catalogue/define.ts'
import { Unavailable } from '../../src/catalogue/trouble.ts'
import { entrySchema } from '../../src/run/journal.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, askAna, mission, newestRun, pressed, published, startedByHand, until } from './program.ts'

const database = await aDatabase()

const data = (id: string) => ({ id, type: 'set-data', settings: { data: { fine: true } } })

const words = (text: string) => ({ en: text, fr: text })

/** An action that does something an action should not. */
function odd(type: string, run: () => unknown): Action {
  return defineAction({
    type,
    title: words(type),
    icon: 'bolt',
    group: 'flow',
    about: words(type),
    summary: () => words(type),
    settings: z.object({}),
    gives: [],
    exits: [{ name: 'done', label: words('Then') }],
    example: {},
    effect: 'world',
    repeat: 'Nothing.',
    // What an action gives is typed; what it does at run time is not.
    run: async () => (await run()) as { exit: string },
  })
}

const circle: Record<string, unknown> = {}
circle['self'] = circle
const revoked = Proxy.revocable({}, {})
revoked.revoke()

const thrown = (error: unknown) => () => Promise.reject(error)
const oddities: Record<string, { run: () => unknown; says: string }> = {
  throws_text: { run: thrown('just a text'), says: 'just a text' },
  throws_nothing: { run: thrown(undefined), says: 'undefined' },
  throws_proxy: { run: thrown(revoked.proxy), says: 'cannot be read' },
  throws_half_a_character: { run: thrown(new Error('bad \ud83d and \0 nul')), says: 'bad' },
  asks_for_a_rest_without_number: {
    run: thrown(new Unavailable(words('Later'), words('Wait'), { retryAfter: Number.NaN })),
    says: 'Later',
  },
  gives_nothing: { run: () => undefined, says: 'how the step is left' },
  waits_for_no_instant: { run: () => ({ waitUntil: new Date(Number.NaN), exit: 'done' }), says: 'how the step is left' },
  gives_ten_megabytes: { run: () => ({ exit: 'done', data: { text: 'x'.repeat(10_000_000) } }), says: 'larger than 1 MB' },
  gives_a_circle: { run: () => ({ exit: 'done', data: circle }), says: 'circular' },
  gives_a_bigint: { run: () => ({ exit: 'done', data: { big: 10n } }), says: 'BigInt' },
  never_ends: { run: () => new Promise(() => undefined), says: 'did not come to an end' },
}

/** What the steps of the newest run said when they failed, by step. */
async function troublesOf(runId: string): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ step: string; what: string }>(
    `select step, data->'trouble'->'what'->>'en' as what from entries where run_id = $1 and what = 'left' and data ? 'trouble'`,
    [runId],
  )
  return Object.fromEntries(rows.map(({ step, what }) => [step, what]))
}

async function runOf(missionId: string, status: string): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ id: string }>('select id from runs where mission_id = $1 and status = $2', [
    missionId,
    status,
  ])
  return rows[0]?.id
}

async function aStub(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('whatever an action does', () => {
  test('the run says what happened and comes to its end, and others go on', async () => {
    const office = await anOffice(database, ['Ana'])
    const actions = new Map([...catalogue.actions, ...Object.entries(oddities).map(([type, { run }]) => [type, odd(type, run)] as const)])
    await aProgram(database, [], { actions, longest: 300 })
    const types = Object.keys(oddities)
    const id = await published(
      database,
      office,
      mission(
        'Odd',
        [...types.map((type) => ({ id: type, type, settings: {} })), data('fine')],
        [...types.map((type) => ({ from: 'start', to: type })), { from: 'start', to: 'fine' }],
      ),
    )
    const other = await published(database, office, mission('Other', [data('fine')], [{ from: 'start', to: 'fine' }]))
    await startedByHand(database, office, id, 'Ana')
    await startedByHand(database, office, other, 'Ana')
    const run = await until('the odd run has failed', () => runOf(id, 'failed'))
    await until('the other has completed', () => runOf(other, 'completed'))
    const troubles = await troublesOf(run)
    for (const [type, { says }] of Object.entries(oddities)) expect(troubles[type]).toContain(says)
    expect(Object.keys(troubles).sort()).toEqual(types.sort())
  })

  test('a question whose action cannot say whether it is over fails, and says so', async () => {
    const office = await anOffice(database, ['Ana'])
    const asking = catalogue.actions.get('ask') ?? expect.unreachable()
    const settle = () => {
      throw new Error('cannot count')
    }
    const broken: Action = { ...asking, asking: { ...(asking.asking ?? expect.unreachable()), settle } }
    const program = await aProgram(database, [], { actions: new Map([...catalogue.actions, ['ask', broken]]) })
    const id = await published(database, office, mission('Broken', [askAna('well', '3d')], [{ from: 'start', to: 'well' }]))
    await startedByHand(database, office, id, 'Ana')
    await until('it is asked', () => runOf(id, 'waiting'))
    await pressed(program, office, 'Ana', 'well', 'Yes')
    const run = await until('the run has failed', () => runOf(id, 'failed'))
    expect((await troublesOf(run))['well']).toContain('cannot count')
  })

  test('what Postgres cannot keep is left out of what it gives', async () => {
    const office = await anOffice(database, ['Ana'])
    const nul = odd('gives-nul', () => ({
      exit: 'done',
      data: { 'a\0b': ['x\0y', 'half \ud83d', 'whole 😀', { deep: '\udc00' }], at: new Date(0) },
    }))
    await aProgram(database, [], { actions: new Map([...catalogue.actions, [nul.type, nul]]) })
    const id = await published(
      database,
      office,
      mission('Nul', [{ id: 'nul', type: nul.type, settings: {} }], [{ from: 'start', to: 'nul' }]),
    )
    await startedByHand(database, office, id, 'Ana')
    const run = await until('the run has completed', () => runOf(id, 'completed'))
    const { rows } = await database.pool.query<{ data: unknown }>(
      `select data->'data' as data from entries where run_id = $1 and what = 'left'`,
      [run],
    )
    expect(rows[0]?.data).toEqual({ ab: ['xy', 'half \ufffd', 'whole 😀', { deep: '\ufffd' }], at: '1970-01-01T00:00:00.000Z' })
  })

  test('a web address that answers with too much, for ever or with rubbish is told of by the step', async () => {
    const host = await aStub((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.url === '/large') response.end(`"${'x'.repeat(10_000_000)}"`)
      else if (request.url === '/nul') response.end('{"text":"a\\u0000b \\ud83d"}')
      else {
        response.write('[')
        const drip = setInterval(() => response.write('1,'), 20)
        response.on('close', () => clearInterval(drip))
      }
    })
    const office = await anOffice(database, ['Ana'])
    await aProgram(database, [host], { callLongest: 500 })
    const steps = ['large', 'endless', 'nul'].map((id) => ({
      id,
      type: 'call-web-address',
      settings: { method: 'GET', url: `http://${host}/${id}` },
    }))
    const id = await published(
      database,
      office,
      mission(
        'Answers',
        steps,
        steps.map((step) => ({ from: 'start', to: step.id })),
      ),
    )
    await startedByHand(database, office, id, 'Ana')
    const troubles = await troublesOf(await until('the run has failed', () => runOf(id, 'failed')))
    expect(troubles).toEqual({
      large: expect.stringContaining('larger than 1 MB'),
      endless: expect.stringContaining('did not answer properly'),
    })
  })
})

describe('what is kept of a run', () => {
  const waiting = mission(
    'Waiting',
    [askAna('well', '3d'), data('fine')],
    [
      { from: 'start', to: 'well' },
      { from: 'well', to: 'fine' },
    ],
  )

  test.each<[string, string]>([
    ['is of another compiler', `jsonb_set(state, '{machine,compiler}', '"flat-0"')`],
    ['was damaged', `'{"machine": 7}'`],
    ['has forgotten what is under way', `jsonb_set(state, '{open}', '[]')`],
  ])('is read anew from the journal when its state %s', async (_, damage) => {
    const office = await anOffice(database, ['Ana'])
    const program = await aProgram(database)
    const id = await published(database, office, waiting)
    await startedByHand(database, office, id, 'Ana')
    const run = await until('it is asked', () => runOf(id, 'waiting'))
    await database.pool.query(`update run_states set state = ${damage} where run_id = $1`, [run])
    expect(await pressed(program, office, 'Ana', 'well', 'Yes')).toMatchObject({ accepted: true })
    await until('the run has completed', () => runOf(id, 'completed'))
    expect((await newestRun(database))?.journal).toEqual([
      'started',
      'begun well',
      'asked well',
      'answered well',
      'left well.done',
      'begun fine',
      'left fine.done',
      'ended completed',
    ])
  })

  test.each<[string, string]>([
    [
      'no longer compiles',
      `jsonb_set(mission, '{links}', '[{"from":"start","exit":"done","to":"well"},{"from":"start","exit":"done","to":"fine"},{"from":"well","exit":"done","to":"well"},{"from":"well","exit":"done","to":"fine"},{"from":"fine","exit":"done","to":"well"}]')`,
    ],
    ['is no mission any more', `'{"format": 1, "name": 5}'`],
  ])('is ended with the reason when its version %s, and others go on', async (_, damage) => {
    const office = await anOffice(database, ['Ana'])
    const first = await aProgram(database)
    const [broken, whole] = [await published(database, office, waiting), await published(database, office, { ...waiting, name: 'Whole' })]
    for (const id of [broken, whole]) {
      await startedByHand(database, office, id, 'Ana')
      await until('it is asked', () => runOf(id, 'waiting'))
    }
    await first.stop()
    await database.pool.query(`update versions set mission = ${damage} where mission_id = $1`, [broken])
    // One that has not read the version before.
    const program = await aProgram(database)
    const { rows } = await database.pool.query<{ run_id: string }>(
      'select run_id from asks a join runs r on r.id = a.run_id where r.mission_id = any($1)',
      [[broken, whole]],
    )
    await program.context.queue.driveAll(
      database.pool,
      rows.map((row) => ({ run: row.run_id })),
    )
    const run = await until('the run has failed', () => runOf(broken, 'failed'))
    await pressed(program, office, 'Ana', 'well', 'Yes')
    await until('the other has completed', () => runOf(whole, 'completed'))
    const journal = await database.pool.query<{ what: string; data: unknown }>(
      'select what, data from entries where run_id = $1 order by number',
      [run],
    )
    expect(journal.rows.map(({ what }) => what)).toEqual(['started', 'begun', 'asked', 'ended'])
    const ended = entrySchema.parse(journal.rows.at(-1))
    expect(ended).toMatchObject({ data: { status: 'failed', trouble: { what: { en: expect.stringContaining('can no longer go on') } } } })
    const asks = await database.pool.query<{ over: string }>('select over from asks where run_id = $1', [run])
    expect(asks.rows).toEqual([{ over: 'cancelled' }])
  })
})

describe('what arrives', () => {
  test('and cannot be dealt with does not keep the others from being dealt with', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, mission('Good', [data('fine')], [{ from: 'start', to: 'fine' }]))
    await database.pool.query(
      `create function poisoned() returns trigger language plpgsql as $$ begin raise exception 'poison' using errcode = '22P05'; end $$;
       create trigger poisoned before insert on runs for each row when (new.about like '%poison%') execute function poisoned()`,
    )
    onTestFinished(async () => void (await database.pool.query('drop function poisoned cascade')))
    for (let count = 0; count < 60; count++) await startedByHand(database, office, id, 'Ana', { topic: count === 10 ? 'poison' : 'bread' })
    await aProgram(database)
    await until('all others have completed', async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `select count(*)::int as count from runs where mission_id = $1 and status = 'completed'`,
        [id],
      )
      return rows[0]?.count === 59
    })
    const failed = await until('the poison is in the history', () => runOf(id, 'failed'))
    const { rows } = await database.pool.query<{ data: unknown }>(`select data from entries where run_id = $1 and what = 'ended'`, [failed])
    expect(rows[0]?.data).toMatchObject({ trouble: { what: { en: 'The run could not be started: poison' } } })
  })
})
