import type { Pool } from 'pg'
import { Refused } from '../../catalogue/trouble.ts'
import type { Rooms } from '../../platforms/builtin/rooms.ts'
import { reaching } from '../database/away.ts'
import { admit, channelMembers, createChannel, findChannel, missionsConversation, needChannel, setChannelTopic } from './channels.ts'
import { editMissionMessage, insertMessage, messageByKey } from './messages.ts'
import { transaction } from './transaction.ts'

/** The rooms of the chat that comes with the program, in Postgres. Each call is one transaction, or one statement. */
export function makeRooms(pool: Pool): Rooms {
  return {
    post: ({ workspaceId, sender, runId, to, message, thread, key, ask }) =>
      reaching(async () => {
        const earlier = await messageByKey(pool, key)
        if (earlier) return earlier
        return transaction(pool, async (client) => {
          const channel =
            'person' in to ? await missionsConversation(client, workspaceId, to.person) : await needChannel(client, workspaceId, to.channel)
          const { id } = await insertMessage(client, {
            channel,
            sender,
            message,
            key,
            ...(runId ? { runId } : {}),
            ...(thread ? { thread } : {}),
            ...(ask ? { askId: ask } : {}),
          })
          return { channel: channel.id, message: id }
        })
      }),
    edit: ({ workspaceId, ref, message }) => reaching(() => editMissionMessage(pool, workspaceId, ref, message)),
    create: ({ workspaceId, name, private: hidden, topic, key }) =>
      reaching(async () => {
        const { id, name: kept } = await createChannel(pool, { workspaceId, name, kind: hidden ? 'private' : 'public', topic, key })
        return { id, name: kept }
      }),
    invite: ({ workspaceId, channel, people }) =>
      reaching(() =>
        transaction(pool, async (client) => {
          const found = await needChannel(client, workspaceId, channel)
          if (found.kind === 'direct') throw closedCircle()
          await admit(client, found, people)
        }),
      ),
    setTopic: ({ workspaceId, channel, topic }) =>
      reaching(async () => setChannelTopic(pool, (await needChannel(pool, workspaceId, channel)).id, topic)),
    find: ({ workspaceId, nameOrId }) =>
      reaching(async () => {
        const channel = await findChannel(pool, workspaceId, nameOrId)
        return channel && { id: channel.id, name: channel.name }
      }),
    members: ({ workspaceId, channel }) => reaching(async () => channelMembers(pool, (await needChannel(pool, workspaceId, channel)).id)),
  }
}

const closedCircle = () =>
  new Refused(
    { en: 'Nobody can be added to a direct conversation.', fr: 'On ne peut ajouter personne à une conversation directe.' },
    { en: 'Create a channel and invite people there.', fr: 'Créez un canal et invitez-y les personnes.' },
  )
