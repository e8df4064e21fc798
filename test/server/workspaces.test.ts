import { Hono } from 'hono'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { authenticateLocally } from '../../src/server/authenticate.ts'
import { tellErrors } from '../../src/server/errors.ts'
import { openMetrics } from '../../src/server/metrics.ts'
import invitationRoutes from '../../src/server/routes/invitations.ts'
import sessionRoutes from '../../src/server/routes/session.ts'
import workspaceRoutes from '../../src/server/routes/workspaces.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)
const { pool } = database
const context = {
  pool,
  publicUrl: 'https://missions.example.com',
  authenticate: authenticateLocally(database.secrets.jwtSecret),
  wakeInbox: () => undefined,
}
const app = new Hono()
app.onError(tellErrors({ log: pino({ level: 'silent' }), metrics: openMetrics(), serving: () => true }))
app.route('/session', sessionRoutes(context))
app.route('/workspaces', workspaceRoutes(context))
app.route('/invitations', invitationRoutes(context))

beforeEach(() => pool.query('truncate workspaces cascade'))

type User = Awaited<ReturnType<typeof aUser>>
const anyone = (name: string) => aUser(supabase, database, `${name}-${crypto.randomUUID()}@example.com`)

async function call(path: string, user?: User, body?: unknown): Promise<{ status: number; answer: unknown }> {
  const token = user && (await user.client.auth.getSession()).data.session?.access_token
  const response = await app.request(path, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
  return { status: response.status, answer: await response.json() }
}

const as = (personName: string) => ({ personName, timeZone: 'Europe/Paris', language: 'fr' })

async function aWorkspaceOf(user: User): Promise<string> {
  const { answer } = await call('/workspaces', user, { name: 'Acme', ...as('Ana') })
  return z.object({ workspaceId: z.string() }).parse(answer).workspaceId
}

async function anInvitation(owner: User, workspaceId: string, role: string): Promise<string> {
  const { answer } = await call('/invitations', owner, { workspaceId, role })
  const { url } = z.object({ url: z.string() }).parse(answer)
  return url.replace('https://missions.example.com/join/', '')
}

test('the server says that it waits for its first visitor until somebody has made a workspace', async () => {
  const before = await call('/session')
  await aWorkspaceOf(await anyone('ana'))
  expect([before.answer, (await call('/session')).answer]).toEqual([{ first: true }, { first: false }])
})

test('whoever makes a workspace owns it, and finds themselves in #general', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  const { data: members } = await ana.client
    .from('members')
    .select('role, person:people(name, time_zone, language)')
    .eq('workspace_id', workspaceId)
  expect(members).toEqual([{ role: 'owner', person: { name: 'Ana', time_zone: 'Europe/Paris', language: 'fr' } }])
  const { data: channels } = await ana.client.from('channels').select('name, kind, channel_members(person:people(name))')
  expect(channels).toEqual([{ name: 'general', kind: 'public', channel_members: [{ person: { name: 'Ana' } }] }])
  const { data: connections } = await ana.client.from('connections').select('platform')
  expect(connections).toEqual([{ platform: 'builtin' }])
})

test('a time zone that nobody knows counts as UTC', async () => {
  const ana = await anyone('ana')
  await call('/workspaces', ana, { name: 'Acme', personName: 'Ana', timeZone: 'Mars/Olympus', language: 'en' })
  expect((await ana.client.from('people').select('time_zone')).data).toEqual([{ time_zone: 'UTC' }])
})

test('without a valid token nothing is made', async () => {
  const refused = await call('/workspaces', undefined, { name: 'Acme', ...as('Ana') })
  expect(refused.status).toBe(401)
  expect((await pool.query('select 1 from workspaces')).rowCount).toBe(0)
})

test('a workspace without a name is refused in words', async () => {
  const refused = await call('/workspaces', await anyone('ana'), { name: '   ', ...as('Ana') })
  expect(refused).toMatchObject({ status: 400, answer: { error: { what: { en: expect.stringContaining('name') } } } })
})

test('an owner invites by a link that tells a stranger only the name of the workspace and the role', async () => {
  const ana = await anyone('ana')
  const token = await anInvitation(ana, await aWorkspaceOf(ana), 'builder')
  expect(await call(`/invitations/${token}`)).toEqual({ status: 200, answer: { workspace: { name: 'Acme' }, role: 'builder' } })
})

test('of the secret in the link only a hash is kept', async () => {
  const ana = await anyone('ana')
  const token = await anInvitation(ana, await aWorkspaceOf(ana), 'member')
  const { rows } = await pool.query<{ everything: string }>('select i::text as everything from invitations i')
  expect(rows.map(({ everything }) => everything.includes(token))).toEqual([false])
})

test('only owners invite', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  const bob = await anyone('bob')
  await call(`/invitations/${await anInvitation(ana, workspaceId, 'builder')}/accept`, bob, as('Bob'))
  expect((await call('/invitations', bob, { workspaceId, role: 'owner' })).status).toBe(403)
  expect((await call('/invitations', await anyone('eve'), { workspaceId, role: 'member' })).status).toBe(403)
})

test('who accepts is in with the role of the invitation, is in #general, and missions hear of both', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  const bob = await anyone('bob')
  await pool.query('delete from inbox')
  const accepted = await call(`/invitations/${await anInvitation(ana, workspaceId, 'member')}/accept`, bob, as('Bob'))
  expect(accepted).toEqual({ status: 200, answer: { workspaceId } })
  const { data: mine } = await bob.client.from('members').select('role, person:people(id, name)').eq('user_id', bob.id)
  const person = z
    .array(z.object({ role: z.literal('member'), person: z.object({ id: z.string(), name: z.literal('Bob') }) }))
    .parse(mine)[0]?.person.id
  const { rows: channels } = await pool.query<{ id: string }>(`select id from channels where name = 'general'`)
  const { rows: events } = await pool.query('select source, kind, data from inbox order by id')
  expect(events).toEqual([
    { source: 'builtin', kind: 'person-joined-workspace', data: { kind: 'person-joined-workspace', person } },
    {
      source: 'builtin',
      kind: 'person-joined-channel',
      data: { kind: 'person-joined-channel', person, channel: { id: channels[0]?.id, name: 'general' } },
    },
  ])
})

test('accepting twice, even at the same moment, lets one person in and tells missions once', async () => {
  const ana = await anyone('ana')
  const token = await anInvitation(ana, await aWorkspaceOf(ana), 'member')
  const bob = await anyone('bob')
  const accept = () => call(`/invitations/${token}/accept`, bob, as('Bob'))
  const statuses = (await Promise.all([accept(), accept(), accept()])).map(({ status }) => status)
  await accept()
  expect(statuses).toEqual([200, 200, 200])
  expect((await pool.query(`select 1 from people where name = 'Bob'`)).rowCount).toBe(1)
  expect((await pool.query(`select 1 from inbox where kind = 'person-joined-workspace'`)).rowCount).toBe(1)
})

test('accepting again never changes the role one already has', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  await call(`/invitations/${await anInvitation(ana, workspaceId, 'member')}/accept`, ana, as('Ana'))
  expect((await ana.client.from('members').select('role')).data).toEqual([{ role: 'owner' }])
})

test('a closed, an expired and an unknown invitation say so and let nobody in', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  const [closed, expired] = [await anInvitation(ana, workspaceId, 'member'), await anInvitation(ana, workspaceId, 'builder')]
  const { data: revoked } = await ana.client
    .from('invitations')
    .update({ revoked_at: new Date().toISOString() })
    .eq('role', 'member')
    .select('id')
  expect(revoked).toHaveLength(1)
  await pool.query(`update invitations set expires_at = now() - interval '1 second' where role = 'builder'`)
  const bob = await anyone('bob')
  const answers = await Promise.all([closed, expired, 'nonsense'].map((token) => call(`/invitations/${token}/accept`, bob, as('Bob'))))
  expect(answers.map(({ status }) => status)).toEqual([410, 410, 404])
  expect((await bob.client.from('workspaces').select('id')).data).toEqual([])
})

test('who is removed leaves the directory and the channels, and comes back as the same person', async () => {
  const ana = await anyone('ana')
  const workspaceId = await aWorkspaceOf(ana)
  const bob = await anyone('bob')
  const accept = async () => call(`/invitations/${await anInvitation(ana, workspaceId, 'member')}/accept`, bob, as('Bob'))
  await accept()
  const bobs = async () => (await ana.client.from('person_cards').select('id').eq('name', 'Bob')).data
  const before = await bobs()
  await ana.client.from('members').delete().eq('user_id', bob.id)
  expect(await bobs()).toEqual([])
  expect((await pool.query(`select 1 from channel_members c join people p on p.id = c.person_id where p.name = 'Bob'`)).rowCount).toBe(0)
  await accept()
  expect(await bobs()).toEqual(before)
  expect((await pool.query(`select 1 from inbox where kind = 'person-joined-workspace'`)).rowCount).toBe(2)
})
