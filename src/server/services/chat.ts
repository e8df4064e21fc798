import type { ChatService } from '../../catalogue/services.ts'
import type { Chat } from '../../platforms/platform.ts'
import type { Sql } from '../store/transaction.ts'
import { findChannel, onePerson } from './meant.ts'

/** The chat of a run's connection: settings become the platform's own ids on the way out. */
export function openChat(sql: Sql, workspaceId: string, chat: Chat, publicUrl: string): ChatService {
  return {
    async send({ to, message, thread, key, ask }) {
      const ref = await chat.send({
        to:
          'person' in to
            ? { person: (await onePerson(sql, workspaceId, to.person)).id }
            : { channel: (await findChannel(chat, to.channel)).id },
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
