import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { notice } from '../notice.ts'
import { answerAsk } from '../store/answers.ts'
import { admit, channelFor, createChannel, directConversation, leaveChannel, setChannelTopic, type Channel } from '../store/channels.ts'
import { commandName, liveCommands } from '../store/commands.ts'
import { command, messageFor, react, rewrite, say, takeBack, type SeenMessage } from '../store/messages.ts'
import { transaction, type Sql } from '../store/transaction.ts'
import { readBody } from './body.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

const people = z.array(z.uuid()).max(1_000)
/** One room for ten people: the name it is kept under, their ids, must stay below 400 characters. */
const mostInConversation = 10

const newChannelSchema = z.strictObject({
  workspaceId: z.uuid(),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(['public', 'private']),
  topic: z.string().trim().max(250).default(''),
  people: people.default([]),
})
const directSchema = z.strictObject({
  workspaceId: z.uuid(),
  people: z
    .array(z.uuid())
    .min(1)
    .max(mostInConversation - 1),
})
const inviteSchema = z.strictObject({ people: people.min(1) })
const topicSchema = z.strictObject({ topic: z.string().trim().max(250) })
const textSchema = z.string().trim().min(1).max(12_000)
const messageSchema = z.strictObject({
  channelId: z.uuid(),
  text: textSchema,
  threadId: z.uuid().optional(),
  key: z.string().min(8).max(100),
})
const rewriteSchema = z.strictObject({ text: textSchema })
/** One emoji as Unicode recommends it for interchange, whatever number of code points it takes. */
const emojiSchema = z
  .string()
  .max(40)
  .regex(/^\p{RGI_Emoji}$/v)
const reactSchema = z.strictObject({ emoji: emojiSchema, on: z.boolean() })
const pressSchema = z.strictObject({
  button: z.string().min(1).max(200),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])).default({}),
})

/** The chat that comes with the program: everything people do in it. They read it through Supabase, under the row policies. */
export default function chatRoutes(context: Pick<Context, 'pool' | 'queue' | 'authenticate'>): Hono<SignedIn> {
  const { pool } = context
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  routes.post('/channels', async (c) => {
    const wanted = await readBody(c, newChannelSchema)
    const { personId } = await memberOf(context, c, wanted.workspaceId)
    const channel = await transaction(pool, async (client) => {
      const made = await createChannel(client, { ...wanted, by: personId })
      await admit(client, made, wanted.people)
      return made
    })
    return c.json({ channelId: channel.id })
  })

  routes.post('/channels/:id/join', async (c) => {
    const { channel, personId } = await seen(pool, c.req.param('id'), c.var.user.userId)
    await transaction(pool, (client) => admit(client, channel, [personId]))
    return c.json({})
  })

  routes.post('/channels/:id/leave', async (c) => {
    const { channel, personId } = await room(pool, c.req.param('id'), c.var.user.userId)
    await leaveChannel(pool, channel.id, personId)
    return c.json({})
  })

  routes.post('/channels/:id/invite', async (c) => {
    const { people: invited } = await readBody(c, inviteSchema)
    const { channel } = await room(pool, c.req.param('id'), c.var.user.userId)
    await transaction(pool, (client) => admit(client, channel, invited))
    return c.json({})
  })

  routes.post('/channels/:id/topic', async (c) => {
    const { topic } = await readBody(c, topicSchema)
    const { channel } = await room(pool, c.req.param('id'), c.var.user.userId)
    await setChannelTopic(pool, channel.id, topic)
    return c.json({})
  })

  routes.post('/direct', async (c) => {
    const wanted = await readBody(c, directSchema)
    const { personId } = await memberOf(context, c, wanted.workspaceId)
    const channel = await transaction(pool, (client) => directConversation(client, wanted.workspaceId, [personId, ...wanted.people]))
    return c.json({ channelId: channel.id })
  })

  routes.post('/messages', async (c) => {
    const { channelId, text, threadId, key } = await readBody(c, messageSchema)
    const { channel, personId } = await joined(pool, channelId, c.var.user.userId)
    const typed = /^\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(text)
    if (typed) {
      const name = commandName(typed[1] ?? '')
      const known = await liveCommands(pool, channel.workspaceId)
      if (!known.some((one) => one.name === name)) throw unknownCommand(name)
      await transaction(pool, (client) => command(client, { channel, person: personId, name, text: typed[2] ?? '', key }))
      return c.json({ command: true })
    }
    const messageId = await transaction(pool, (client) =>
      say(client, { channel, person: personId, text, key, ...(threadId ? { thread: threadId } : {}) }),
    )
    return c.json({ messageId })
  })

  routes.patch('/messages/:id', async (c) => {
    const { text } = await readBody(c, rewriteSchema)
    const message = await ownMessage(pool, c.req.param('id'), c.var.user.userId)
    await rewrite(pool, message.id, text)
    return c.json({})
  })

  routes.delete('/messages/:id', async (c) => {
    const message = await ownMessage(pool, c.req.param('id'), c.var.user.userId)
    await transaction(pool, (client) => takeBack(client, message.id))
    return c.json({})
  })

  routes.post('/messages/:id/react', async (c) => {
    const { emoji, on } = await readBody(c, reactSchema)
    const message = await seenMessage(pool, c.req.param('id'), c.var.user.userId)
    await transaction(pool, (client) => react(client, message, emoji, on))
    return c.json({})
  })

  routes.post('/messages/:id/press', async (c) => {
    const press = await readBody(c, pressSchema)
    const { askId, personId } = await seenMessage(pool, c.req.param('id'), c.var.user.userId)
    if (!askId) throw notAsking()
    const reply = await answerAsk(context, { askId, personId, press })
    return 'wrong' in reply ? c.json(reply, 422) : c.json(reply)
  })

  routes.get('/commands', async (c) => {
    const workspaceId = z.uuid().safeParse(c.req.query('workspace')).data ?? ''
    await memberOf(context, c, workspaceId)
    return c.json({ commands: await liveCommands(pool, workspaceId) })
  })

  return routes
}

interface Seen {
  channel: Channel
  personId: string
  member: boolean
}

/** A channel the account may see. */
async function seen(sql: Sql, channelId: string, userId: string): Promise<Seen> {
  const found = z.uuid().safeParse(channelId).success ? await channelFor(sql, channelId, userId) : undefined
  if (found) return found
  throw notice(
    404,
    { en: 'This channel does not exist, or you are not in it.', fr: 'Ce canal n’existe pas, ou vous n’en faites pas partie.' },
    { en: 'Ask somebody who is in it to invite you.', fr: 'Demandez à quelqu’un qui en fait partie de vous inviter.' },
  )
}

/** A channel or conversation the account is in. */
async function joined(sql: Sql, channelId: string, userId: string): Promise<Seen> {
  const found = await seen(sql, channelId, userId)
  if (found.member) return found
  throw notice(
    403,
    { en: 'You are not in this channel.', fr: 'Vous ne faites pas partie de ce canal.' },
    { en: 'Join it first; what you wrote is kept.', fr: 'Rejoignez-le d’abord ; ce que vous avez écrit est conservé.' },
  )
}

/** A channel the account is in that is no direct conversation: one that has members and a topic to change. */
async function room(sql: Sql, channelId: string, userId: string): Promise<Seen> {
  const found = await joined(sql, channelId, userId)
  if (found.channel.kind !== 'direct') return found
  throw notice(
    403,
    { en: 'A direct conversation stays as it is.', fr: 'Une conversation directe reste telle quelle.' },
    { en: 'Create a channel to talk with more people.', fr: 'Créez un canal pour discuter à plusieurs.' },
  )
}

async function seenMessage(sql: Sql, messageId: string, userId: string): Promise<SeenMessage> {
  const found = z.uuid().safeParse(messageId).success ? await messageFor(sql, messageId, userId) : undefined
  if (found) return found
  throw notice(
    404,
    { en: 'This message is no longer there.', fr: 'Ce message n’existe plus.' },
    { en: 'It may have been deleted; nothing else was changed.', fr: 'Il a peut-être été supprimé ; rien d’autre n’a changé.' },
  )
}

async function ownMessage(sql: Sql, messageId: string, userId: string): Promise<SeenMessage> {
  const message = await seenMessage(sql, messageId, userId)
  if (message.own) return message
  throw notice(
    403,
    { en: 'Only whoever wrote a message can change it.', fr: 'Seule la personne qui a écrit un message peut le modifier.' },
    { en: 'Answer it instead.', fr: 'Répondez-y plutôt.' },
  )
}

const unknownCommand = (name: string) =>
  notice(
    422,
    { en: `No mission listens to /${name}.`, fr: `Aucune mission n’écoute /${name}.` },
    {
      en: 'Type / to see what there is. What you wrote is kept.',
      fr: 'Tapez / pour voir ce qui existe. Ce que vous avez écrit est conservé.',
    },
  )

const notAsking = () =>
  notice(
    422,
    { en: 'This message does not ask for anything.', fr: 'Ce message ne demande rien.' },
    { en: 'Reload the page to see it as it is now.', fr: 'Rechargez la page pour le voir tel qu’il est.' },
  )
