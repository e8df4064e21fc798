import { Refused } from '../../catalogue/trouble.ts'
import { channelName } from '../../platforms/builtin/rooms.ts'
import type { ChannelRef, ChatEvent } from '../../platforms/platform.ts'
import { receive } from './inbox.ts'
import type { Sql } from './transaction.ts'

/** Where arrivals of the built-in chat come from, in the inbox. */
export const builtinSource = 'builtin'

/** Keeps something that happened in this chat as an arrival that may start missions, in the caller's transaction. `identity` tells a repeat. */
export async function tellMissions(sql: Sql, workspaceId: string, identity: string, event: ChatEvent): Promise<void> {
  await receive(sql, { workspaceId, source: builtinSource, identity, kind: event.kind, data: event })
}

/** A channel as it is kept. */
export interface Channel extends ChannelRef {
  workspaceId: string
  topic: string
  kind: 'public' | 'private' | 'direct'
}

interface ChannelRow {
  id: string
  workspace_id: string
  name: string
  topic: string
  kind: Channel['kind']
}

const columns = 'c.id, c.workspace_id, c.name, c.topic, c.kind'
const toChannel = (row: ChannelRow): Channel => ({
  id: row.id,
  workspaceId: row.workspace_id,
  name: row.name,
  topic: row.topic,
  kind: row.kind,
})

/** Whether a text can be the id of a row; Postgres would refuse any other. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** A channel of a workspace by id, or by name with or without #; undefined when there is none. Direct conversations only by id. */
export async function findChannel(sql: Sql, workspaceId: string, nameOrId: string): Promise<Channel | undefined> {
  const { rows } = isId(nameOrId)
    ? await sql.query<ChannelRow>(`select ${columns} from channels c where c.workspace_id = $1 and c.id = $2`, [workspaceId, nameOrId])
    : await sql.query<ChannelRow>(`select ${columns} from channels c where c.workspace_id = $1 and c.name = $2 and c.kind <> 'direct'`, [
        workspaceId,
        channelName(nameOrId),
      ])
  return rows[0] && toChannel(rows[0])
}

/** The same, for whoever cannot go on without it. @throws Refused when there is none. */
export async function needChannel(sql: Sql, workspaceId: string, nameOrId: string): Promise<Channel> {
  const channel = await findChannel(sql, workspaceId, nameOrId)
  if (channel) return channel
  const shown = isId(nameOrId)
    ? { en: 'This channel', fr: 'Ce canal' }
    : { en: `The channel #${nameOrId.replace(/^#/, '')}`, fr: `Le canal #${nameOrId.replace(/^#/, '')}` }
  throw new Refused(
    { en: `${shown.en} does not exist.`, fr: `${shown.fr} n’existe pas.` },
    { en: 'Pick another channel, or create it in the chat.', fr: 'Choisissez un autre canal, ou créez-le dans la messagerie.' },
  )
}

/** A channel for somebody who looks at it: whether they are in it, and undefined when they may not see it. */
export async function channelFor(
  sql: Sql,
  channelId: string,
  userId: string,
): Promise<{ channel: Channel; personId: string; member: boolean } | undefined> {
  const { rows } = await sql.query<ChannelRow & { person_id: string; member: boolean }>(
    `select ${columns}, m.person_id, cm.person_id is not null as member
     from channels c join members m on m.workspace_id = c.workspace_id and m.user_id = $2
     left join channel_members cm on cm.channel_id = c.id and cm.person_id = m.person_id
     where c.id = $1 and (c.kind = 'public' or cm.person_id is not null)`,
    [channelId, userId],
  )
  const row = rows[0]
  return row && { channel: toChannel(row), personId: row.person_id, member: row.member }
}

/** What a new channel is to be. */
export interface NewChannel {
  workspaceId: string
  name: string
  kind: 'public' | 'private'
  topic: string
  /** The person who makes it and so is in it; absent when a mission does. */
  by?: string
  /** A repeat with the same key finds the channel made the first time. */
  key?: string
}

/**
 * Makes a channel. Made by a person, it may start missions; made by a mission it does not, or a mission that makes channels
 * could start itself for ever.
 *
 * @throws Refused when the name is taken or nothing of it can be kept.
 */
export async function createChannel(sql: Sql, wanted: NewChannel): Promise<Channel> {
  const name = channelName(wanted.name)
  if (name === '')
    throw new Refused(
      {
        en: 'A channel needs a name with at least one letter or digit.',
        fr: 'Le nom d’un canal doit contenir au moins une lettre ou un chiffre.',
      },
      { en: 'Choose another name.', fr: 'Choisissez un autre nom.' },
    )
  const { rows } = await sql.query<ChannelRow>(
    `insert into channels as c (workspace_id, name, topic, kind, created_by, key) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning ${columns}`,
    [wanted.workspaceId, name, wanted.topic.slice(0, longestTopic), wanted.kind, wanted.by ?? null, wanted.key ?? null],
  )
  const made = rows[0]
  if (!made) return earlierChannel(sql, wanted, name)
  const channel = toChannel(made)
  if (wanted.by) {
    await tellMissions(sql, channel.workspaceId, `channel/${channel.id}`, {
      kind: 'channel-created',
      person: wanted.by,
      channel: { id: channel.id, name: channel.name },
    })
    await admit(sql, channel, [wanted.by])
  }
  return channel
}

async function earlierChannel(sql: Sql, wanted: NewChannel, name: string): Promise<Channel> {
  if (wanted.key) {
    const { rows } = await sql.query<ChannelRow>(`select ${columns} from channels c where c.workspace_id = $1 and c.key = $2`, [
      wanted.workspaceId,
      wanted.key,
    ])
    if (rows[0]) return toChannel(rows[0])
  }
  throw new Refused(
    { en: `There is already a channel called #${name}.`, fr: `Il existe déjà un canal nommé #${name}.` },
    { en: 'Choose another name.', fr: 'Choisissez un autre nom.' },
  )
}

/**
 * Lets people of the workspace into a channel. What was said before counts as read. Each who was not in it yet is an event that
 * may start missions, whoever let them in.
 */
export async function admit(sql: Sql, channel: Channel, people: readonly string[]): Promise<void> {
  const { rows } = await sql.query<{ person_id: string; joined_at: Date }>(
    `insert into channel_members (channel_id, person_id, workspace_id, read_number)
     select $1, p.id, $2, coalesce((select max(number) from messages where channel_id = $1), 0)
     from people p where p.workspace_id = $2 and p.left_at is null and p.id = any($3)
     on conflict do nothing returning person_id, joined_at`,
    [channel.id, channel.workspaceId, people],
  )
  if (channel.kind === 'direct') return
  for (const { person_id: person, joined_at } of rows)
    await tellMissions(sql, channel.workspaceId, `join/${channel.id}/${person}/${joined_at.getTime()}`, {
      kind: 'person-joined-channel',
      person,
      channel: { id: channel.id, name: channel.name },
    })
}

/** Takes a person out of a channel. */
export async function leaveChannel(sql: Sql, channelId: string, personId: string): Promise<void> {
  await sql.query('delete from channel_members where channel_id = $1 and person_id = $2', [channelId, personId])
}

const longestTopic = 250

/** Says what a channel is about. */
export async function setChannelTopic(sql: Sql, channelId: string, topic: string): Promise<void> {
  const kept = topic.slice(0, longestTopic)
  await sql.query('update channels set topic = $2 where id = $1 and topic <> $2', [channelId, kept])
}

/** Who is in a channel, in the order they came. */
export async function channelMembers(sql: Sql, channelId: string): Promise<string[]> {
  const { rows } = await sql.query<{ person_id: string }>(
    'select person_id from channel_members where channel_id = $1 order by joined_at, person_id',
    [channelId],
  )
  return rows.map((row) => row.person_id)
}

/** The name a direct conversation with missions is kept under; no channel name can hold a colon. */
const missionsRoom = (personId: string) => `missions:${personId}`

/** The conversation in which missions write to one person. @throws Refused when there is no such person. */
export async function missionsConversation(sql: Sql, workspaceId: string, personId: string): Promise<Channel> {
  const found = isId(personId) ? await openRoom(sql, workspaceId, missionsRoom(personId), [personId]) : undefined
  if (found) return found
  throw new Refused(
    { en: 'The person to write to is not in this workspace.', fr: 'La personne à qui écrire ne fait pas partie de cet espace.' },
    { en: 'Pick somebody who is in the directory.', fr: 'Choisissez une personne de l’annuaire.' },
  )
}

/** Whether a conversation is the one between a person and the missions. */
export function withMissions(channel: Channel): boolean {
  return channel.kind === 'direct' && channel.name.startsWith('missions:')
}

/** The one direct conversation between people, made when it is first wanted. @throws Refused when somebody is not in the workspace. */
export async function directConversation(sql: Sql, workspaceId: string, people: readonly string[]): Promise<Channel> {
  const everybody = [...new Set(people)].sort()
  const found = everybody.every((id) => isId(id)) ? await openRoom(sql, workspaceId, everybody.join('+'), everybody) : undefined
  if (found) return found
  throw new Refused(
    { en: 'One of these people is not in this workspace any more.', fr: 'L’une de ces personnes ne fait plus partie de cet espace.' },
    { en: 'Start the conversation without them.', fr: 'Commencez la conversation sans elle.' },
  )
}

async function openRoom(sql: Sql, workspaceId: string, name: string, people: readonly string[]): Promise<Channel | undefined> {
  const existing = await sql.query<ChannelRow>(`select ${columns} from channels c where c.workspace_id = $1 and c.name = $2`, [
    workspaceId,
    name,
  ])
  if (existing.rows[0]) return toChannel(existing.rows[0])
  const { rows } = await sql.query<ChannelRow>(
    `insert into channels as c (workspace_id, name, kind)
     select $1, $2, 'direct' where (select count(*) from people p where p.workspace_id = $1 and p.left_at is null and p.id = any($3)) = $4
     on conflict (workspace_id, name) do update set topic = c.topic returning ${columns}`,
    [workspaceId, name, people, people.length],
  )
  if (!rows[0]) return undefined
  const channel = toChannel(rows[0])
  await admit(sql, channel, people)
  return channel
}
