import { Hono } from 'hono'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { missionSchema } from '../../src/mission/mission.ts'
import { authenticateLocally } from '../../src/server/authenticate.ts'
import { tellErrors } from '../../src/server/errors.ts'
import { openMetrics } from '../../src/server/metrics.ts'
import { openQueue } from '../../src/server/queue.ts'
import chatRoutes from '../../src/server/routes/chat.ts'
import { makeRooms } from '../../src/server/store/rooms.ts'
import { createWorkspace, joinWorkspace } from '../../src/server/store/workspaces.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'
import { aProgram, published, until } from './program.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)
const { pool } = database
const log = pino({ level: 'silent' })
const queue = await openQueue(database.url, log)
const app = new Hono()
app.onError(tellErrors({ log, metrics: openMetrics(), serving: () => true }))
app.route('/', chatRoutes({ pool, queue, authenticate: authenticateLocally(database.secrets.jwtSecret) }))

type User = Awaited<ReturnType<typeof aUser>> & { personId: string }

const anyone = (name: string) => aUser(supabase, database, `${name}-${crypto.randomUUID()}@example.com`)

/** A workspace with its #general and the people in it, the first its owner. */
async function aTeam<Name extends string>(...names: Name[]): Promise<{ workspaceId: string; general: string } & Record<Name, User>> {
  let workspaceId = ''
  const users: Record<string, User> = {}
  for (const name of names) {
    const user = await anyone(name)
    const newcomer = { userId: user.id, email: `${name}@example.com`, name, timeZone: 'UTC', language: 'en' } as const
    if (workspaceId === '') {
      const made = await createWorkspace(pool, 'Acme', newcomer)
      workspaceId = made.workspaceId
      users[name] = { ...user, personId: made.personId }
    } else {
      const { personId } = await joinWorkspace(pool, { workspaceId, workspaceName: 'Acme', role: 'member', open: true }, newcomer)
      users[name] = { ...user, personId }
    }
  }
  const { rows } = await pool.query<{ id: string }>(`select id from channels where workspace_id = $1 and name = 'general'`, [workspaceId])
  await pool.query('delete from inbox where workspace_id = $1', [workspaceId])
  // Every name was given a user above.
  return { workspaceId, general: rows[0]?.id ?? '', ...(users as Record<Name, User>) }
}

async function call(user: User, path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
  const token = (await user.client.auth.getSession()).data.session?.access_token
  const response = await app.request(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  })
  return { status: response.status, answer: z.record(z.string(), z.unknown()).parse(await response.json()) }
}

const what = (refusal: { answer: Record<string, unknown> }) =>
  z.object({ what: z.object({ en: z.string() }) }).parse(refusal.answer['error']).what.en

async function send(user: User, channelId: string, text: string, more: { threadId?: string; key?: string } = {}): Promise<string> {
  const { status, answer } = await call(user, '/messages', { channelId, text, key: crypto.randomUUID(), ...more })
  expect(status).toBe(200)
  return String(answer['messageId'])
}

const seen = async (user: User, channelId: string) =>
  (
    await user.client
      .from('chat_messages')
      .select('person_id, body, thread_id, replies, reactions, deleted_at')
      .eq('channel_id', channelId)
      .order('number')
  ).data ?? []

const arrived = async (workspaceId: string) =>
  (await pool.query<{ data: unknown }>('select data from inbox where workspace_id = $1 order by id', [workspaceId])).rows.map(
    (row) => row.data,
  )

describe('speaking', () => {
  test('what one says the others in the workspace read, and it may start missions', async () => {
    const team = await aTeam('ana', 'bob')
    const id = await send(team.ana, team.general, 'Hello <@everyone>')
    expect(await seen(team.bob, team.general)).toMatchObject([{ person_id: team.ana.personId, body: { text: 'Hello <@everyone>' } }])
    expect(await arrived(team.workspaceId)).toEqual([
      {
        kind: 'message',
        text: 'Hello <@everyone>',
        person: team.ana.personId,
        channel: { id: team.general, name: 'general' },
        direct: false,
        ref: { channel: team.general, message: id },
      },
    ])
  })

  test('sent again with the same key it is said once', async () => {
    const team = await aTeam('ana')
    const key = crypto.randomUUID()
    const ids = await Promise.all([1, 2, 3].map(() => send(team.ana, team.general, 'Hello', { key })))
    expect(new Set(ids).size).toBe(1)
    expect(await seen(team.ana, team.general)).toHaveLength(1)
    expect(await arrived(team.workspaceId)).toHaveLength(1)
  })

  test('the key of a mission’s message cannot be taken', async () => {
    const team = await aTeam('ana')
    await send(team.ana, team.general, 'Mine', { key: 'run/step/1' })
    const { message } = await makeRooms(pool).post({
      workspaceId: team.workspaceId,
      sender: 'Welcome',
      to: { channel: team.general },
      message: { text: 'Welcome!' },
      key: 'run/step/1',
    })
    expect((await pool.query('select text from messages where id = $1', [message])).rows).toEqual([{ text: 'Welcome!' }])
  })

  test('nobody from another workspace reads or writes', async () => {
    const team = await aTeam('ana')
    const others = await aTeam('eve')
    await send(team.ana, team.general, 'Ours')
    expect(await seen(others.eve, team.general)).toEqual([])
    expect((await call(others.eve, '/messages', { channelId: team.general, text: 'Hi', key: crypto.randomUUID() })).status).toBe(404)
  })

  test('whoever has not joined a public channel reads it and is asked to join before writing', async () => {
    const team = await aTeam('ana', 'bob')
    const { answer } = await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: 'Launch!', kind: 'public' })
    const channelId = String(answer['channelId'])
    await send(team.ana, channelId, 'Monday')
    expect(await seen(team.bob, channelId)).toHaveLength(1)
    const refused = await call(team.bob, '/messages', { channelId, text: 'Hi', key: crypto.randomUUID() })
    expect([refused.status, what(refused)]).toEqual([403, 'You are not in this channel.'])
    await call(team.bob, `/channels/${channelId}/join`, {})
    await send(team.bob, channelId, 'Hi')
  })

  test('a reply counts on the first message of its thread, whichever message was replied to', async () => {
    const team = await aTeam('ana', 'bob')
    const root = await send(team.ana, team.general, 'Lunch?')
    const reply = await send(team.bob, team.general, 'Pizza', { threadId: root })
    await send(team.ana, team.general, 'Good', { threadId: reply })
    expect((await seen(team.ana, team.general)).map(({ thread_id, replies }) => [thread_id, replies])).toEqual([
      [null, 2],
      [root, 0],
      [root, 0],
    ])
  })

  test('one changes and takes back one’s own words, and nobody else’s', async () => {
    const team = await aTeam('ana', 'bob')
    const id = await send(team.ana, team.general, 'Helo')
    expect((await call(team.bob, `/messages/${id}`, { text: 'Ha' }, 'PATCH')).status).toBe(403)
    expect((await call(team.bob, `/messages/${id}`, undefined, 'DELETE')).status).toBe(403)
    await call(team.ana, `/messages/${id}`, { text: 'Hello' }, 'PATCH')
    expect(await seen(team.bob, team.general)).toMatchObject([{ body: { text: 'Hello' } }])
    await call(team.ana, `/messages/${id}`, undefined, 'DELETE')
    expect(await seen(team.bob, team.general)).toMatchObject([{ body: { text: '' }, deleted_at: expect.any(String) }])
  })
})

describe('reacting', () => {
  test('a reaction is seen by all, counts once, starts missions once, and goes away again', async () => {
    const team = await aTeam('ana', 'bob')
    const id = await send(team.ana, team.general, 'Done')
    const react = (on: boolean) => call(team.bob, `/messages/${id}/react`, { emoji: '👍🏽', on })
    await react(true)
    await react(true)
    expect(await seen(team.ana, team.general)).toMatchObject([{ reactions: [{ emoji: '👍🏽', people: [team.bob.personId] }] }])
    await react(false)
    expect(await seen(team.ana, team.general)).toMatchObject([{ reactions: [] }])
    await react(true)
    expect(await arrived(team.workspaceId)).toMatchObject([{ kind: 'message' }, { kind: 'reaction-added', emoji: '👍🏽', text: 'Done' }])
  })

  test.each(['thumbsup', '<b>', '👍👍', ''])('“%s” is no emoji', async (emoji) => {
    const team = await aTeam('ana')
    const id = await send(team.ana, team.general, 'Done')
    expect((await call(team.ana, `/messages/${id}/react`, { emoji, on: true })).status).toBe(400)
  })
})

describe('channels', () => {
  test('a new channel has its maker and those invited in it, and each is told to missions', async () => {
    const team = await aTeam('ana', 'bob')
    const { answer } = await call(team.ana, '/channels', {
      workspaceId: team.workspaceId,
      name: 'Launch',
      kind: 'public',
      people: [team.bob.personId],
    })
    expect(await arrived(team.workspaceId)).toMatchObject([
      { kind: 'channel-created', person: team.ana.personId, channel: { id: answer['channelId'], name: 'launch' } },
      { kind: 'person-joined-channel', person: team.ana.personId },
      { kind: 'person-joined-channel', person: team.bob.personId },
    ])
  })

  test('a name can be taken once', async () => {
    const team = await aTeam('ana')
    const refused = await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: '#General', kind: 'private' })
    expect([refused.status, what(refused)]).toEqual([400, 'There is already a channel called #general.'])
  })

  test('a private channel is seen by those in it only, who let others in and leave', async () => {
    const team = await aTeam('ana', 'bob')
    const { answer } = await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: 'board', kind: 'private' })
    const channelId = String(answer['channelId'])
    await send(team.ana, channelId, 'Secret')
    expect(await seen(team.bob, channelId)).toEqual([])
    expect((await call(team.bob, `/channels/${channelId}/join`, {})).status).toBe(404)
    expect((await team.bob.client.rpc('search_chat', { workspace: team.workspaceId, words: 'secret', skip: 0, size: 10 })).data).toEqual([])
    await call(team.ana, `/channels/${channelId}/invite`, { people: [team.bob.personId] })
    expect(await seen(team.bob, channelId)).toHaveLength(1)
    await call(team.bob, `/channels/${channelId}/leave`, {})
    expect(await seen(team.bob, channelId)).toEqual([])
  })

  test('public channels can be looked through by words', async () => {
    const team = await aTeam('ana', 'bob')
    await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: 'launch', kind: 'public', topic: 'Rocket of 2027' })
    await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: 'board', kind: 'private' })
    const browse = async (words: string) =>
      (await team.bob.client.rpc('browse_channels', { workspace: team.workspaceId, words, skip: 0, size: 10 })).data as unknown
    expect(await browse('')).toMatchObject([
      { name: 'general', people: 2, mine: true, total: 2 },
      { name: 'launch', people: 1, mine: false, total: 2 },
    ])
    expect(await browse('rocket')).toMatchObject([{ name: 'launch' }])
  })

  test('there is one conversation between the same people, and missions never hear it', async () => {
    const team = await aTeam('ana', 'bob')
    const talk = async (from: User, to: User) =>
      String((await call(from, '/direct', { workspaceId: team.workspaceId, people: [to.personId] })).answer['channelId'])
    const channelId = await talk(team.ana, team.bob)
    expect(await talk(team.bob, team.ana)).toBe(channelId)
    await send(team.bob, channelId, 'Between us')
    expect(await arrived(team.workspaceId)).toEqual([])
    expect((await call(team.ana, `/channels/${channelId}/invite`, { people: [team.ana.personId] })).status).toBe(403)
  })
})

describe('what is unread', () => {
  const rooms = async (user: User, workspaceId: string) =>
    z
      .array(z.object({ name: z.string(), kind: z.string(), unread: z.number(), mentioned: z.boolean(), last_number: z.number() }))
      .parse((await user.client.rpc('my_rooms', { workspace: workspaceId })).data)

  test('what others said since one last looked, and whether one was named', async () => {
    const team = await aTeam('ana', 'bob')
    await send(team.ana, team.general, 'One')
    await send(team.ana, team.general, `Two, <@${team.bob.personId}>`)
    expect(await rooms(team.ana, team.workspaceId)).toMatchObject([{ name: 'general', unread: 0, mentioned: false }])
    const [general] = await rooms(team.bob, team.workspaceId)
    expect(general).toMatchObject({ unread: 2, mentioned: true })
    await team.bob.client.from('channel_members').update({ read_number: general?.last_number }).eq('channel_id', team.general)
    expect(await rooms(team.bob, team.workspaceId)).toMatchObject([{ unread: 0, mentioned: false }])
  })

  test('in threads only what answers something one said', async () => {
    const team = await aTeam('ana', 'bob', 'cy')
    const root = await send(team.ana, team.general, 'Lunch?')
    await send(team.bob, team.general, 'Pizza', { threadId: root })
    expect(await rooms(team.ana, team.workspaceId)).toMatchObject([{ unread: 1 }])
    expect(await rooms(team.cy, team.workspaceId)).toMatchObject([{ unread: 1 }])
  })

  test('what was said before one came counts as read', async () => {
    const team = await aTeam('ana', 'bob')
    const { answer } = await call(team.ana, '/channels', { workspaceId: team.workspaceId, name: 'launch', kind: 'public' })
    await send(team.ana, String(answer['channelId']), 'Long ago')
    await call(team.bob, `/channels/${String(answer['channelId'])}/join`, {})
    expect((await rooms(team.bob, team.workspaceId)).find((room) => room.name === 'launch')).toMatchObject({ unread: 0 })
  })
})

test('search finds all words, also as beginnings, newest first, with what stands around', async () => {
  const team = await aTeam('ana', 'bob')
  for (const text of ['Good morning', 'Which laptop do you want?', 'A Mac', 'The LAPTOPS are here'])
    await send(team.ana, team.general, text)
  const search = async (words: string) =>
    (await team.bob.client.rpc('search_chat', { workspace: team.workspaceId, words, skip: 0, size: 10 })).data as unknown
  expect(await search('laptop')).toMatchObject([
    { text: 'The LAPTOPS are here', before: { text: 'A Mac' }, after: null, total: 2 },
    { text: 'Which laptop do you want?', before: { text: 'Good morning' }, after: { text: 'A Mac' }, total: 2 },
  ])
  expect(await search('want laptop')).toMatchObject([{ text: 'Which laptop do you want?' }])
  for (const nonsense of ['', '  ', `'`, '\\', '!&|', `lap'top & ) (`]) expect(await search(nonsense)).toEqual([])
})

describe('commands and buttons', () => {
  const mission = missionSchema.parse({
    format: 1,
    name: 'Laptops',
    description: 'Asks who wants which',
    triggers: [{ id: 'typed', type: 'chat-command', settings: { command: '/Laptop' } }],
    steps: [
      {
        id: 'which',
        type: 'ask',
        settings: {
          to: 'people',
          whom: ['{{ trigger.person }}'],
          question: 'Which laptop?',
          answer: 'choices',
          choices: ['Mac', 'PC'],
          needed: 'first',
          within: '3d',
        },
      },
    ],
    links: [{ from: 'typed', to: 'which' }],
  })

  test('a command starts the mission that listens, which asks; the answer is told privately, and only once', async () => {
    const team = await aTeam('ana', 'bob')
    await aProgram(database)
    await published(database, { workspaceId: team.workspaceId, people: {}, general: { id: team.general, name: 'general' } }, mission)
    expect((await call(team.ana, `/commands?workspace=${team.workspaceId}`)).answer).toEqual({
      commands: [{ name: 'laptop', mission: 'Laptops', about: 'Asks who wants which' }],
    })
    expect(
      (await call(team.ana, '/messages', { channelId: team.general, text: '/laptop please', key: crypto.randomUUID() })).answer,
    ).toEqual({ command: true })
    expect(await seen(team.ana, team.general)).toEqual([])

    const question = await until('the question is there', async () => {
      const { rows } = await pool.query<{ id: string; button: string }>(
        `select id, body->'buttons'->0->>'id' as button from messages where workspace_id = $1 and ask_id is not null`,
        [team.workspaceId],
      )
      return rows[0]
    })
    const press = (user: User) => call(user, `/messages/${question.id}/press`, { button: question.button })
    expect((await press(team.bob)).status).toBe(404)
    expect((await press(team.ana)).answer).toMatchObject({ accepted: true })
    expect((await press(team.ana)).answer).toMatchObject({ accepted: false })
  })

  test('a command nobody listens to is told, and nothing is said', async () => {
    const team = await aTeam('ana')
    const refused = await call(team.ana, '/messages', { channelId: team.general, text: '/nothing here', key: crypto.randomUUID() })
    expect([refused.status, what(refused)]).toEqual([422, 'No mission listens to /nothing.'])
    expect(await seen(team.ana, team.general)).toEqual([])
  })
})
