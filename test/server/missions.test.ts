import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { aDatabase } from '../making.ts'
import { byHand } from './by-hand.ts'
import { newestRun, until } from './program.ts'
import { aServer, begun, type TestServer } from './server.ts'

const database = await aDatabase()

const withForm = missionSchema.parse({
  ...byHand,
  name: 'Leads',
  triggers: [
    {
      id: 'form',
      type: 'form',
      settings: {
        title: 'Talk to us',
        thanks: 'Thank you!',
        fields: [
          { id: 'name', label: 'Name' },
          { id: 'mail', label: 'Mail', kind: 'email' },
        ],
      },
    },
    { id: 'hook', type: 'web-hook', settings: {} },
  ],
  steps: [
    {
      id: 'keep',
      type: 'add-row',
      settings: { table: 'Leads', row: { Name: '{{ trigger.name | default: trigger.body.name | default: "?" }}' } },
    },
  ],
  links: [
    { from: 'form', to: 'keep' },
    { from: 'hook', to: 'keep' },
  ],
})

const rowsOf = async (table: string) =>
  (
    await database.pool.query<{ values: Record<string, unknown> }>(
      `select r."values" from rows r join tables t on t.id = r.table_id where t.name = $1 order by r.added_at`,
      [table],
    )
  ).rows.map((row) => row.values)

async function publishedForm(server: TestServer) {
  const { workspaceId, people } = await server.team('Ana')
  const mission = await begun(people.Ana, workspaceId, withForm)
  await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
  const { answer } = await server.call(`/api/missions/${mission.id}/doors`, undefined, people.Ana)
  const doors = answer['doors'] as { kind: string; address: string; url: string }[]
  return { mission, ana: people.Ana, form: doors.find((door) => door.kind === 'form'), hook: doors.find((door) => door.kind === 'hook') }
}

describe('starting by hand', () => {
  test('asks for its fields, starts a run, and the run does its work', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const mission = await begun(people.Ana, workspaceId, byHand)
    expect((await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start', values: { topic: 'x' } }, people.Ana)).status).toBe(
      404,
    )
    await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    const empty = await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start', values: {} }, people.Ana)
    expect(empty).toMatchObject({ status: 422, answer: { wrong: { topic: { en: 'Please fill this in.' } } } })
    const started = await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start', values: { topic: 'Lunch' } }, people.Ana)
    expect(started.answer['runId']).toMatch(/^[0-9a-f-]{36}$/)
    await until('the row is there', async () => (await rowsOf('Topics')).some((row) => row['Topic'] === 'Lunch' && row['By'] === 'Ana'))
  })

  test('a run that waits is cancelled by a builder, not by a member, and started again', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana', 'Bob')
    const waiting = missionSchema.parse({
      ...byHand,
      name: 'Waits',
      triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
      steps: [{ id: 'wait', type: 'wait', settings: { until: 'time', time: '30d' } }],
      links: [{ from: 'start', to: 'wait' }],
    })
    const mission = await begun(people.Ana, workspaceId, waiting)
    await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    const { answer } = await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start' }, people.Ana)
    expect((await server.call(`/api/runs/${String(answer['runId'])}/cancel`, {}, people.Bob)).status).toBe(403)
    expect((await server.call(`/api/runs/${String(answer['runId'])}/cancel`, {}, people.Ana)).status).toBe(200)
    const ended = await until('it is cancelled', async () => newestRun(database).then((run) => run?.status === 'cancelled' && run))
    expect(ended.journal).toContain('cancelled wait')
    const again = await server.call(`/api/runs/${String(answer['runId'])}/again`, {}, people.Ana)
    expect(again.status).toBe(200)
    await until('the new run waits', async () =>
      newestRun(database).then((run) => run?.id === again.answer['runId'] && run?.status === 'waiting'),
    )
  })
})

describe('the run of one item of a list', () => {
  test('is not started again by itself: it belongs to the run that goes through the list', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const listed = missionSchema.parse({
      ...byHand,
      name: 'Goes through',
      triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
      steps: [
        { id: 'all', type: 'for-each', settings: { list: 'a' } },
        { id: 'wait', type: 'wait', within: 'all', settings: { until: 'time', time: '30d' } },
      ],
      links: [
        { from: 'start', to: 'all' },
        { from: 'all', exit: 'each', to: 'wait' },
      ],
    })
    const mission = await begun(people.Ana, workspaceId, listed)
    await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    const { answer } = await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start' }, people.Ana)
    const item = await until('the item waits', async () => {
      const { rows } = await database.pool.query<{ id: string }>('select id from runs where parent_id = $1', [answer['runId']])
      return rows[0]?.id
    })
    const again = await server.call(`/api/runs/${item}/again`, {}, people.Ana)
    expect(again.status).toBe(409)
    expect(JSON.stringify(again.answer)).toContain('belongs to another one')
  })
})

describe('the hosted form', () => {
  test('is shown without sign-in, tells wrong fields one by one, and starts a run when it is sent', async () => {
    const server = await aServer(database)
    const { form } = await publishedForm(server)
    const path = `/api/forms/${form?.address}`
    expect((await server.call(path)).answer).toMatchObject({ title: 'Talk to us', fields: [{ id: 'name' }, { id: 'mail' }] })
    const wrong = await server.call(path, { values: { name: 'Zoé', mail: 'no address' }, website: '' })
    expect(wrong.status).toBe(422)
    expect(Object.keys(wrong.answer['wrong'] as object)).toEqual(['mail'])
    const values = { name: 'Zoé', mail: 'zoe@example.com' }
    expect((await server.call(path, { values, website: '', key: 'filled-in-once' })).answer).toEqual({ thanks: 'Thank you!' })
    await server.call(path, { values, website: '', key: 'filled-in-once' })
    await until('the row is there', async () => (await rowsOf('Leads')).some((row) => row['Name'] === 'Zoé'))
    expect((await rowsOf('Leads')).filter((row) => row['Name'] === 'Zoé')).toHaveLength(1)
  })

  test('a robot that fills in the hidden field is thanked and starts nothing', async () => {
    const server = await aServer(database)
    const { form } = await publishedForm(server)
    const sent = await server.call(`/api/forms/${form?.address}`, {
      values: { name: 'Robot', mail: 'r@example.com' },
      website: 'http://spam.example',
    })
    expect(sent.answer).toEqual({ thanks: 'Thank you!' })
    expect((await database.pool.query(`select 1 from inbox where data::text like '%Robot%'`)).rows).toEqual([])
  })

  test('too many from one place are told to wait', async () => {
    const server = await aServer(database)
    const { form } = await publishedForm(server)
    const statuses: number[] = []
    for (let sent = 0; sent < 22; sent++)
      statuses.push((await server.call(`/api/forms/${form?.address}`, { values: {}, website: '' })).status)
    expect(statuses.slice(0, 20).every((status) => status === 422)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })

  test('an address nobody has, and one whose mission is no longer live, say so', async () => {
    const server = await aServer(database)
    const { mission, ana, form } = await publishedForm(server)
    expect((await server.call('/api/forms/nobody-has-this')).status).toBe(404)
    await server.call(`/api/missions/${mission.id}/unpublish`, {}, ana)
    expect((await server.call(`/api/forms/${form?.address}`)).status).toBe(404)
  })
})

describe('a web hook', () => {
  test('starts a run with its body; nothing listens at an address that nobody was given', async () => {
    const server = await aServer(database)
    const { hook } = await publishedForm(server)
    expect((await server.call(`/hooks/${hook?.address}`, { name: 'From a hook' })).status).toBe(202)
    await until('the row is there', async () => (await rowsOf('Leads')).some((row) => row['Name'] === 'From a hook'))
    expect((await server.call('/hooks/not-an-address', {})).status).toBe(404)
    expect((await server.call(`/hooks/${hook?.address}`, { name: 'a\u0000b' })).status).toBe(400)
  })
})
