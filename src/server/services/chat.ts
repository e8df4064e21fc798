import type { ChannelSetting, ChatService } from '../../catalogue/services.ts'
import { Refused } from '../../catalogue/trouble.ts'
import type { ChannelRef, Chat } from '../../platforms/platform.ts'
import type { Sql } from '../store/transaction.ts'
import { onePerson } from './people.ts'

/** The channel meant by a setting. Throws Refused when there is none. */
export async function findChannel(chat: Chat, channel: ChannelSetting): Promise<ChannelRef> {
  const text = typeof channel === 'string' ? channel : channel.id
  const found = await chat.findChannel(text)
  if (found) return found
  throw new Refused(
    { en: `There is no channel “${text}”.`, fr: `Le canal « ${text} » n’existe pas.` },
    { en: 'Create it, or pick another channel in the step’s settings.', fr: 'Créez-le, ou choisissez un autre canal dans les réglages de l’étape.' },
  )
}

/** The chat of a run's connection: settings become the platform's own ids on the way out. */
export function openChat(sql: Sql, workspaceId: string, chat: Chat, publicUrl: string): ChatService {
  return {
    async send({ to, message, thread, key, ask }) {
      const ref = await chat.send({
        to: 'person' in to ? { person: (await onePerson(sql, workspaceId, to.person)).id } : { channel: (await findChannel(chat, to.channel)).id },
        message,
        key,
        ...(thread ? { thread: thread.message } : {}),
        ...(ask ? { ask } : {}),
      })
      return { ...ref, link: messageLink(publicUrl, ref) }
    },
    edit: (input) => chat.edit(input),
    findChannel: (channel) => findChannel(chat, channel),
    createChannel: (input) => chat.createChannel(input),
    async invite({ channel, people }) {
      const into = await findChannel(chat, channel)
      const invited = await Promise.all(people.map((who) => onePerson(sql, workspaceId, who)))
      await chat.invite({ channel: into.id, people: invited.map((person) => person.id) })
      return { channel: into, people: invited }
    },
    async setTopic({ channel, topic }) {
      const of = await findChannel(chat, channel)
      await chat.setTopic({ channel: of.id, topic })
      return { channel: of }
    },
  }
}

/** Where a person reads a message of the built-in chat. */
export function messageLink(publicUrl: string, ref: { channel: string; message: string }): string {
  return `${publicUrl}/chat/${ref.channel}?message=${ref.message}`
}
