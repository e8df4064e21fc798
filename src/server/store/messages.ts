import { Refused } from '../../catalogue/trouble.ts'
import type { Message, MessageRef } from '../../platforms/message.ts'
import type { ChannelRef } from '../../platforms/platform.ts'
import { isId, tellMissions, withMissions, type Channel } from './channels.ts'
import type { Sql } from './transaction.ts'

const gone = () =>
  new Refused(
    { en: 'This message is no longer there.', fr: 'Ce message n’existe plus.' },
    { en: 'It may have been deleted; nothing else was changed.', fr: 'Il a peut-être été supprimé ; rien d’autre n’a changé.' },
  )

/** A message to be kept. Exactly one of `person` and `sender` says who wrote it. */
export interface NewMessage {
  channel: Channel
  person?: string
  /** A mission's name. */
  sender?: string
  runId?: string
  askId?: string
  /** A message of the thread it belongs to; its first one is looked up. */
  thread?: string
  message: Message
  /** Unique everywhere. */
  key: string
}

/**
 * Keeps a message.
 *
 * @returns its id, and `repeated` when this key was kept before: then nothing was written.
 * @throws Refused when the thread's message is not in this channel.
 */
export async function insertMessage(sql: Sql, wanted: NewMessage): Promise<{ id: string; repeated: boolean; thread?: string }> {
  const thread = wanted.thread ? await threadOf(sql, wanted.channel.id, wanted.thread) : undefined
  const { rows } = await sql.query<{ id: string }>(
    `insert into messages (workspace_id, channel_id, thread_id, person_id, sender, run_id, ask_id, body, text, key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (key) do nothing returning id`,
    [
      wanted.channel.workspaceId,
      wanted.channel.id,
      thread ?? null,
      wanted.person ?? null,
      wanted.sender ?? null,
      wanted.runId ?? null,
      wanted.askId ?? null,
      JSON.stringify(wanted.message),
      wanted.message.text,
      wanted.key,
    ],
  )
  const made = rows[0]
  if (made) return { id: made.id, repeated: false, ...(thread ? { thread } : {}) }
  const earlier = await sql.query<{ id: string }>('select id from messages where key = $1', [wanted.key])
  if (!earlier.rows[0]) throw gone()
  return { id: earlier.rows[0].id, repeated: true }
}

async function threadOf(sql: Sql, channelId: string, messageId: string): Promise<string> {
  if (!isId(messageId)) throw gone()
  const { rows } = await sql.query<{ root: string }>(
    'select coalesce(thread_id, id) as root from messages where id = $1 and channel_id = $2',
    [messageId, channelId],
  )
  if (!rows[0]) throw gone()
  return rows[0].root
}

/** Where a key's message went, if it was kept before. */
export async function messageByKey(sql: Sql, key: string): Promise<MessageRef | undefined> {
  const { rows } = await sql.query<{ id: string; channel_id: string }>('select id, channel_id from messages where key = $1', [key])
  return rows[0] && { channel: rows[0].channel_id, message: rows[0].id }
}

/** Replaces what a mission's message says. @throws Refused when it is not there. */
export async function editMissionMessage(sql: Sql, workspaceId: string, ref: MessageRef, message: Message): Promise<void> {
  if (!isId(ref.message) || !isId(ref.channel)) throw gone()
  const { rowCount } = await sql.query(
    `update messages set body = $4, text = $5, edited_at = clock_timestamp()
     where id = $1 and channel_id = $2 and workspace_id = $3 and person_id is null and deleted_at is null`,
    [ref.message, ref.channel, workspaceId, JSON.stringify(message), message.text],
  )
  if (rowCount === 0) throw gone()
}

/** How missions see the channel: direct conversations have no name of their own. */
const shownAs = (channel: Channel): ChannelRef => ({ id: channel.id, name: channel.kind === 'direct' ? '' : channel.name })

/**
 * Whether what people say and do here may start missions. A conversation between people is theirs alone: a mission would put
 * their words into a history that the whole workspace reads.
 */
const heardByMissions = (channel: Channel) => channel.kind !== 'direct' || withMissions(channel)

/** Keeps what a person said, counts it as read by them, and lets it start missions. A repeated key changes nothing. */
export async function say(
  sql: Sql,
  said: { channel: Channel; person: string; text: string; thread?: string; key: string },
): Promise<string> {
  const { channel, person, text } = said
  const { id, repeated, thread } = await insertMessage(sql, {
    channel,
    person,
    message: { text },
    // Prefixed, so that nobody can take the key of a mission's message.
    key: `person/${person}/${said.key}`,
    ...(said.thread ? { thread: said.thread } : {}),
  })
  if (repeated) return id
  await sql.query(
    `update channel_members set read_number = greatest(read_number, (select number from messages where id = $3))
     where channel_id = $1 and person_id = $2`,
    [channel.id, person, id],
  )
  if (heardByMissions(channel))
    await tellMissions(sql, channel.workspaceId, `message/${id}`, {
      kind: 'message',
      text,
      person,
      channel: shownAs(channel),
      direct: channel.kind === 'direct',
      ref: { channel: channel.id, message: id },
      ...(thread ? { thread } : {}),
    })
  return id
}

/** Lets a command that a person typed start missions. A repeated key changes nothing. */
export async function command(
  sql: Sql,
  typed: { channel: Channel; person: string; name: string; text: string; key: string },
): Promise<void> {
  const { channel, person, name, text } = typed
  await tellMissions(sql, channel.workspaceId, `command/${person}/${typed.key}`, {
    kind: 'command',
    name,
    text,
    channel: shownAs(channel),
    person,
  })
}

/** A message for somebody who does something with it. */
export interface SeenMessage {
  id: string
  channel: Channel
  /** The signed-in person. */
  personId: string
  member: boolean
  /** Whether the signed-in person wrote it. */
  own: boolean
  askId: string | null
  text: string
}

interface SeenRow {
  id: string
  author: string | null
  ask_id: string | null
  text: string
  channel_id: string
  workspace_id: string
  name: string
  topic: string
  kind: Channel['kind']
  person_id: string
  member: boolean
}

/** Looks a message up for the account that asks; undefined when it is gone or not theirs to see. */
export async function messageFor(sql: Sql, messageId: string, userId: string): Promise<SeenMessage | undefined> {
  const { rows } = await sql.query<SeenRow>(
    `select x.id, x.person_id as author, x.ask_id, x.text, c.id as channel_id, c.workspace_id, c.name, c.topic, c.kind, m.person_id,
       cm.person_id is not null as member
     from messages x join channels c on c.id = x.channel_id join members m on m.workspace_id = c.workspace_id and m.user_id = $2
     left join channel_members cm on cm.channel_id = c.id and cm.person_id = m.person_id
     where x.id = $1 and x.deleted_at is null and (c.kind = 'public' or cm.person_id is not null)`,
    [messageId, userId],
  )
  const row = rows[0]
  if (!row) return undefined
  return {
    id: row.id,
    channel: { id: row.channel_id, workspaceId: row.workspace_id, name: row.name, topic: row.topic, kind: row.kind },
    personId: row.person_id,
    member: row.member,
    own: row.author === row.person_id,
    askId: row.ask_id,
    text: row.text,
  }
}

/** Replaces what a person said. */
export async function rewrite(sql: Sql, messageId: string, text: string): Promise<void> {
  await sql.query('update messages set body = $2, text = $3, edited_at = clock_timestamp() where id = $1 and text <> $3', [
    messageId,
    JSON.stringify({ text }),
    text,
  ])
}

/** Takes back what a person said: the text is gone for good, its place and its thread stay. */
export async function takeBack(sql: Sql, messageId: string): Promise<void> {
  await sql.query(`update messages set body = '{"text":""}', text = '', deleted_at = clock_timestamp() where id = $1`, [messageId])
  await sql.query('delete from reactions where message_id = $1', [messageId])
}

/** Adds or removes a person's reaction. The first time somebody adds one to a message it may start missions. */
export async function react(sql: Sql, seen: SeenMessage, emoji: string, on: boolean): Promise<void> {
  const { id, channel, personId } = seen
  if (!on) {
    await sql.query('delete from reactions where message_id = $1 and person_id = $2 and emoji = $3', [id, personId, emoji])
    return
  }
  const { rowCount } = await sql.query(
    `insert into reactions (message_id, person_id, emoji, workspace_id, channel_id) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [id, personId, emoji, channel.workspaceId, channel.id],
  )
  if (rowCount === 1 && heardByMissions(channel))
    await tellMissions(sql, channel.workspaceId, `reaction/${id}/${personId}/${emoji}`, {
      kind: 'reaction-added',
      emoji,
      person: personId,
      channel: shownAs(channel),
      ref: { channel: channel.id, message: id },
      text: seen.text,
    })
}
