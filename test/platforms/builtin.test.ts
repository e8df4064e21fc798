import { describe, expect, test } from 'vitest'
import { Interrupted, Refused } from '../../src/catalogue/trouble.ts'
import { builtin } from '../../src/platforms/builtin/builtin.ts'
import { channelName } from '../../src/platforms/builtin/rooms.ts'
import { exceeding } from '../../src/platforms/message.ts'
import { makeRooms } from '../../src/server/store/rooms.ts'
import pg from 'pg'
import { aDatabase } from '../making.ts'

const database = await aDatabase()
const { pool } = database
const rooms = makeRooms(pool)

async function aWorkspace(...names: string[]): Promise<{ workspaceId: string; people: string[] }> {
  const workspace = await pool.query<{ id: string }>(`insert into workspaces (name) values ('Acme') returning id`)
  const workspaceId = workspace.rows[0]?.id ?? ''
  const people = await pool.query<{ id: string }>('insert into people (workspace_id, name) select $1, unnest($2::text[]) returning id', [
    workspaceId,
    names,
  ])
  return { workspaceId, people: people.rows.map((row) => row.id) }
}

async function aChat(...names: string[]) {
  const { workspaceId, people } = await aWorkspace(...names)
  return { workspaceId, people, chat: builtin.open({ rooms, workspaceId, sender: 'Welcome', runId: crypto.randomUUID() }) }
}

const arrivals = async (workspaceId: string) =>
  (
    await pool.query<{ kind: string; data: Record<string, unknown> }>('select kind, data from inbox where workspace_id = $1 order by id', [
      workspaceId,
    ])
  ).rows

describe('sending', () => {
  test('a message goes to a channel under the mission’s name, with its buttons', async () => {
    const { chat } = await aChat()
    const channel = await chat.createChannel({ name: 'general', private: false, topic: '', key: crypto.randomUUID() })
    const message = { text: 'Which laptop?', buttons: [{ id: 'mac', label: 'Mac' }] }
    const ref = await chat.send({ to: { channel: channel.id }, message, key: crypto.randomUUID() })
    const { rows } = await pool.query('select channel_id, person_id, sender, body, text from messages where id = $1', [ref.message])
    expect(rows).toEqual([{ channel_id: channel.id, person_id: null, sender: 'Welcome', body: message, text: 'Which laptop?' }])
  })

  test('the same key sends once, and gives the first message again', async () => {
    const { chat } = await aChat()
    const channel = await chat.createChannel({ name: 'general', private: false, topic: '', key: crypto.randomUUID() })
    const send = (key: string) => chat.send({ to: { channel: channel.id }, message: { text: 'Hello' }, key })
    const key = crypto.randomUUID()
    const refs = await Promise.all([send(key), send(key), send(key)])
    expect(new Set(refs.map((ref) => ref.message)).size).toBe(1)
    expect((await pool.query('select 1 from messages where channel_id = $1', [channel.id])).rows).toHaveLength(1)
  })

  test('a message to a person goes to the one conversation between them and the missions', async () => {
    const { chat, people } = await aChat('Ana')
    const [ana = ''] = people
    const send = () => chat.send({ to: { person: ana }, message: { text: 'Welcome!' }, key: crypto.randomUUID() })
    const [first, second] = await Promise.all([send(), send()])
    expect(second.channel).toBe(first.channel)
    expect(await chat.members(first.channel)).toEqual([ana])
  })

  test('nothing is sent to somebody of another workspace', async () => {
    const { chat } = await aChat()
    const other = await aWorkspace('Eve')
    await expect(chat.send({ to: { person: other.people[0] ?? '' }, message: { text: 'Hi' }, key: crypto.randomUUID() })).rejects.toThrow(
      Refused,
    )
  })

  test('nothing is sent to a channel of another workspace', async () => {
    const { chat } = await aChat()
    const other = await aChat()
    const channel = await other.chat.createChannel({ name: 'secret', private: true, topic: '', key: crypto.randomUUID() })
    await expect(chat.send({ to: { channel: channel.id }, message: { text: 'Hi' }, key: crypto.randomUUID() })).rejects.toThrow(
      'does not exist',
    )
  })

  test('an answer to an answer lands in the same thread', async () => {
    const { chat } = await aChat('Ana')
    const channel = await chat.createChannel({ name: 'general', private: false, topic: '', key: crypto.randomUUID() })
    const send = (text: string, thread?: string) =>
      chat.send({ to: { channel: channel.id }, message: { text }, key: crypto.randomUUID(), ...(thread ? { thread } : {}) })
    const root = await send('Lunch?')
    const answer = await send('Pizza', root.message)
    await send('Good', answer.message)
    const { rows } = await pool.query('select text from messages where thread_id = $1 order by number', [root.message])
    expect(rows).toEqual([{ text: 'Pizza' }, { text: 'Good' }])
  })

  test('a message that is too long is refused before it is kept', async () => {
    const { chat, people } = await aChat('Ana')
    const message = { text: 'a'.repeat(12_001) }
    expect(exceeding(message, builtin.card.limits)).toHaveLength(1)
    await expect(chat.send({ to: { person: people[0] ?? '' }, message, key: crypto.randomUUID() })).rejects.toThrow(Refused)
  })

  test('what missions say starts no mission', async () => {
    const { chat, people, workspaceId } = await aChat('Ana')
    await chat.send({ to: { person: people[0] ?? '' }, message: { text: '/poll' }, key: crypto.randomUUID() })
    await chat.createChannel({ name: 'launch', private: false, topic: '', key: crypto.randomUUID() })
    expect(await arrivals(workspaceId)).toEqual([])
  })
})

describe('editing', () => {
  test('a message shows what it was edited to', async () => {
    const { chat, people } = await aChat('Ana')
    const ref = await chat.send({ to: { person: people[0] ?? '' }, message: { text: 'Vote' }, key: crypto.randomUUID() })
    const message = { text: 'Vote', bars: [{ label: 'Pizza', count: 2 }] }
    await chat.edit({ ref, message })
    expect((await pool.query('select body from messages where id = $1', [ref.message])).rows).toEqual([{ body: message }])
  })

  test('editing a message that is not there is refused in words', async () => {
    const { chat } = await aChat()
    await expect(
      chat.edit({ ref: { channel: crypto.randomUUID(), message: crypto.randomUUID() }, message: { text: 'x' } }),
    ).rejects.toThrow(Refused)
  })
})

test.each(['1699999999.000100', ''])('a message of another platform (“%s”) is refused in words', async (message) => {
  const { chat, people } = await aChat('Ana')
  const { channel } = await chat.send({ to: { person: people[0] ?? '' }, message: { text: 'Hi' }, key: crypto.randomUUID() })
  await expect(chat.edit({ ref: { channel, message }, message: { text: 'x' } })).rejects.toThrow(Refused)
})

describe('channels', () => {
  test.each([
    ['#Onboarding of Ana!', 'onboarding-of-ana'],
    ['  Équipe  Été ', 'équipe-été'],
    ['release 1.2', 'release-1-2'],
    ['🎉', ''],
  ])('%s is kept as “%s”', (wanted, kept) => expect(channelName(wanted)).toBe(kept))

  test('the same key creates once', async () => {
    const { chat } = await aChat()
    const input = { name: 'Launch', private: false, topic: 'Soon', key: crypto.randomUUID() }
    expect(await chat.createChannel(input)).toEqual(await chat.createChannel(input))
  })

  test('a taken name is refused in words', async () => {
    const { chat } = await aChat()
    await chat.createChannel({ name: 'launch', private: false, topic: '', key: crypto.randomUUID() })
    await expect(chat.createChannel({ name: 'Launch', private: false, topic: '', key: crypto.randomUUID() })).rejects.toThrow(
      'There is already a channel called #launch.',
    )
  })

  test('a name of which nothing can be kept is refused in words', async () => {
    const { chat } = await aChat()
    await expect(chat.createChannel({ name: '!?', private: false, topic: '', key: crypto.randomUUID() })).rejects.toThrow(
      'at least one letter',
    )
  })

  test('a channel is found by id, by name, and by name with #', async () => {
    const { chat } = await aChat()
    const made = await chat.createChannel({ name: 'general', private: false, topic: '', key: crypto.randomUUID() })
    expect(await Promise.all(['general', '#General', made.id].map((name) => chat.findChannel(name)))).toEqual([made, made, made])
    expect(await chat.findChannel('elsewhere')).toBeUndefined()
  })

  test('people who are let in are members once, and each joining may start missions', async () => {
    const { chat, people, workspaceId } = await aChat('Ana', 'Bob')
    const [ana = '', bob = ''] = people
    const channel = await chat.createChannel({ name: 'launch', private: true, topic: '', key: crypto.randomUUID() })
    await chat.invite({ channel: channel.id, people: [ana] })
    await chat.invite({ channel: channel.id, people: [ana, bob] })
    expect((await chat.members(channel.id)).toSorted()).toEqual([ana, bob].toSorted())
    expect((await arrivals(workspaceId)).map(({ data }) => data)).toEqual([
      { kind: 'person-joined-channel', person: ana, channel },
      { kind: 'person-joined-channel', person: bob, channel },
    ])
  })

  test('nobody is added to a conversation between two', async () => {
    const { chat, people } = await aChat('Ana', 'Bob')
    const ref = await chat.send({ to: { person: people[0] ?? '' }, message: { text: 'Hi' }, key: crypto.randomUUID() })
    await expect(chat.invite({ channel: ref.channel, people: [people[1] ?? ''] })).rejects.toThrow(Refused)
  })

  test('a topic is kept', async () => {
    const { chat } = await aChat()
    const channel = await chat.createChannel({ name: 'launch', private: false, topic: '', key: crypto.randomUUID() })
    await chat.setTopic({ channel: channel.id, topic: 'We launch on Monday' })
    expect((await pool.query('select topic from channels where id = $1', [channel.id])).rows).toEqual([{ topic: 'We launch on Monday' }])
  })
})

test('a database that does not answer is no trouble of the step: it is interrupted', async () => {
  const nowhere = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' })
  const chat = builtin.open({ rooms: makeRooms(nowhere), workspaceId: crypto.randomUUID(), sender: 'Welcome' })
  await expect(chat.findChannel('general')).rejects.toThrow(Interrupted)
  await nowhere.end()
})
