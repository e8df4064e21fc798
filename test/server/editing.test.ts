import { expect, test } from 'vitest'
import { emptyMission } from '../../src/mission/mission.ts'
import { aDatabase } from '../making.ts'
import { until } from './program.ts'
import { aServer, begun, type Colleague, type TestServer } from './server.ts'

const database = await aDatabase()

/** Listens to what the server tells, as somebody's browser does, for as long as the test runs. */
async function listening(server: TestServer, workspaceId: string, as: Colleague): Promise<() => unknown[]> {
  const body = await server.stream(`/api/live?workspace=${workspaceId}`, as)
  let text = ''
  void (async () => {
    for await (const piece of body.pipeThrough(new TextDecoderStream())) text += piece
  })()
  const heard = () => text.split('\n').flatMap((line) => (line.startsWith('data:') ? [JSON.parse(line.slice(5)) as unknown] : []))
  await until('the stream is open', async () => text.includes(': here'))
  return () => heard().filter((event) => (event as { topic: string }).topic === 'editing')
}

test('who has a draft open is told to everybody in the workspace, and to nobody else', async () => {
  const server = await aServer(database)
  const { workspaceId, people } = await server.team('Ana', 'Builder', 'Cy')
  const others = await server.team('Eve')
  const { id } = await begun(people.Ana, workspaceId, emptyMission('Desk'))
  const heard = await listening(server, workspaceId, people.Cy)
  const elsewhere = await listening(server, others.workspaceId, others.people.Eve)
  const tab = crypto.randomUUID()
  const sign = (body: object, as: Colleague) => server.call(`/api/editing/${id}`, { tab, at: null, rev: 1, ...body }, as)

  expect((await sign({ at: 'ask' }, people.Builder)).status).toBe(200)
  expect((await sign({ at: 'note:1' }, people.Builder)).status).toBe(200)
  expect((await sign({ gone: true, over: { since: 1, rev: 3 } }, people.Builder)).status).toBe(200)
  await until('all are heard', async () => heard().length === 3)
  expect(heard()).toEqual([
    { topic: 'editing', mission: id, tab, name: 'Builder', at: 'ask', rev: 1, gone: false, over: null },
    { topic: 'editing', mission: id, tab, name: 'Builder', at: 'note:1', rev: 1, gone: false, over: null },
    { topic: 'editing', mission: id, tab, name: 'Builder', at: null, rev: 1, gone: true, over: { since: 1, rev: 3 } },
  ])
  // Members only read, and who is elsewhere neither speaks nor hears.
  expect((await sign({}, people.Cy)).status).toBe(403)
  expect((await sign({}, others.people.Eve)).status).toBe(403)
  expect((await sign({ at: 'no id, but a text' }, people.Ana)).status).toBe(400)
  expect((await server.call(`/api/editing/${crypto.randomUUID()}`, { tab, at: null, rev: 1 }, people.Ana)).status).toBe(404)
  expect([heard().length, elsewhere().length]).toEqual([3, 0])
})

test('somebody who gives signs all the time is asked to wait, and nobody else is', async () => {
  const server = await aServer(database)
  const { workspaceId, people } = await server.team('Ana', 'Builder')
  const { id } = await begun(people.Ana, workspaceId, emptyMission('Desk'))
  const sign = async (as: Colleague) => (await server.call(`/api/editing/${id}`, { tab: crypto.randomUUID(), at: null, rev: 1 }, as)).status
  const statuses = await Promise.all(Array.from({ length: 80 }, () => sign(people.Ana)))
  expect(statuses).toContain(429)
  expect(await sign(people.Builder)).toBe(200)
})
