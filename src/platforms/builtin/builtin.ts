import { Refused } from '../../catalogue/trouble.ts'
import { exceeding, type Message, type MessageLimits } from '../message.ts'
import type { Chat, Platform, PlatformCard } from '../platform.ts'
import type { Rooms } from './rooms.ts'

/** Everything a mission needs to speak in the chat that comes with the program. */
export interface BuiltinAccess {
  rooms: Rooms
  workspaceId: string
  /** Who the messages are from: the mission's name. */
  sender: string
  runId?: string
}

/** Nothing outside limits this chat; these keep a message readable, and a page of them quick. */
const limits: MessageLimits = { text: 12_000, buttons: 50, buttonLabel: 100, fields: 50 }

const card: PlatformCard = {
  id: 'builtin',
  title: { en: 'Built-in chat', fr: 'Messagerie intégrée' },
  summary: {
    en: 'The chat that comes with the program. Nothing to connect, and everything works in it.',
    fr: 'La messagerie fournie avec le programme. Rien à connecter, et tout y fonctionne.',
  },
  abilities: { channels: true, createChannel: true, threads: true, editMessage: true, forms: true, reactions: true, commands: true },
  limits,
}

function checkFits(message: Message): void {
  const [fault] = exceeding(message, limits)
  if (fault)
    throw new Refused(fault, {
      en: 'Shorten the message in the step’s settings.',
      fr: 'Raccourcissez le message dans les réglages de l’étape.',
    })
}

/** The chat that comes with the program: people and channels are known by our own ids, so nothing has to be translated. */
export const builtin: Platform<BuiltinAccess> = {
  card,
  open({ rooms, workspaceId, sender, runId }): Chat {
    return {
      async send({ to, message, thread, key, ask }) {
        checkFits(message)
        return rooms.post({
          workspaceId,
          sender,
          to,
          message,
          key,
          ...(runId ? { runId } : {}),
          ...(thread ? { thread } : {}),
          ...(ask ? { ask } : {}),
        })
      },
      async edit({ ref, message }) {
        checkFits(message)
        await rooms.edit({ workspaceId, ref, message })
      },
      createChannel: (input) => rooms.create({ workspaceId, ...input }),
      invite: (input) => rooms.invite({ workspaceId, ...input }),
      setTopic: (input) => rooms.setTopic({ workspaceId, ...input }),
      findChannel: (nameOrId) => rooms.find({ workspaceId, nameOrId }),
      members: (channel) => rooms.members({ workspaceId, channel }),
    }
  },
}
