import { Refused } from '../../catalogue/trouble.ts'
import { exceeding, type Message } from '../message.ts'
import type { Chat, Platform } from '../platform.ts'
import { card } from './card.ts'
import type { Rooms } from './rooms.ts'

/** Everything a mission needs to speak in the chat that comes with the program. */
export interface BuiltinAccess {
  rooms: Rooms
  workspaceId: string
  /** Who the messages are from: the mission's name. */
  sender: string
  runId?: string
}

function checkFits(message: Message): void {
  const [fault] = exceeding(message, card.limits)
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
