import { z } from 'zod'
import type { MissionEvent } from '../../catalogue/define.ts'
import type { Person } from '../../catalogue/services.ts'
import { messageLink } from '../services/chat.ts'
import type { OpenArrival } from '../store/inbox.ts'
import { peopleByIds } from '../store/people.ts'
import type { Sql } from '../store/transaction.ts'

const channel = z.object({ id: z.string(), name: z.string() })
const ref = z.object({ channel: z.string(), message: z.string() })
const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])

/** What an arrival that may start runs looks like in the inbox; people by their ids. */
const arrivalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), name: z.string(), text: z.string(), channel, person: z.string() }),
  z.object({ kind: z.literal('person-joined-workspace'), person: z.string() }),
  z.object({ kind: z.literal('person-joined-channel'), person: z.string(), channel }),
  z.object({ kind: z.literal('channel-created'), person: z.string(), channel }),
  z.object({
    kind: z.literal('message'),
    text: z.string(),
    person: z.string(),
    channel,
    direct: z.boolean(),
    ref,
    thread: z.string().optional(),
  }),
  z.object({ kind: z.literal('reaction-added'), emoji: z.string(), person: z.string(), channel, ref, text: z.string() }),
  z.object({ kind: z.literal('schedule'), due: z.string(), late: z.boolean().default(false), missed: z.int().default(0) }),
  z.object({ kind: z.literal('form'), values: z.record(z.string(), fieldValue) }),
  z.object({ kind: z.literal('hook'), body: z.unknown(), query: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('hand'), person: z.string(), values: z.record(z.string(), fieldValue) }),
  z.object({
    kind: z.literal('mission-ended'),
    mission: z.object({ id: z.string(), name: z.string() }),
    run: z.object({ id: z.string(), status: z.string() }),
    /** How many runs led to this one. */
    depth: z.number().default(0),
  }),
])

/** For events that are meant for one trigger of one mission: which. */
const addressSchema = z.object({ mission: z.uuid(), trigger: z.string() })

/** The one trigger of one mission that an arrival is meant for, if it is. */
export function addressOf(arrival: Pick<OpenArrival, 'data'>): z.infer<typeof addressSchema> | undefined {
  return addressSchema.safeParse(arrival.data).data
}

/** The event with its people looked up, and the one trigger it is meant for, if it is. Undefined when it cannot be read or its person is unknown. */
export async function readEvent(
  sql: Sql,
  arrival: Pick<OpenArrival, 'workspaceId' | 'kind' | 'data'>,
  publicUrl: string,
): Promise<{ event: MissionEvent; depth: number; address?: z.infer<typeof addressSchema> } | undefined> {
  const read = arrivalSchema.safeParse(arrival.data)
  if (!read.success) return undefined
  const address = ['form', 'hook', 'schedule', 'hand'].includes(read.data.kind) ? addressSchema.safeParse(arrival.data) : undefined
  if (address && !address.success) return undefined
  const event = await resolve(sql, arrival.workspaceId, read.data, publicUrl)
  const depth = 'depth' in read.data ? read.data.depth : 0
  return event && { event, depth, ...(address ? { address: address.data } : {}) }
}

async function resolve(
  sql: Sql,
  workspaceId: string,
  data: z.infer<typeof arrivalSchema>,
  publicUrl: string,
): Promise<MissionEvent | undefined> {
  if (!('person' in data)) return data
  const [person] = await peopleByIds(sql, workspaceId, [data.person])
  return person && withPerson(data, person, publicUrl)
}

type WithPerson = Extract<z.infer<typeof arrivalSchema>, { person: string }>

function withPerson(data: WithPerson, person: Person, publicUrl: string): MissionEvent {
  switch (data.kind) {
    case 'message':
      return {
        kind: 'message',
        text: data.text,
        person,
        channel: data.channel,
        direct: data.direct,
        message: { ...data.ref, link: messageLink(publicUrl, data.ref) },
      }
    case 'reaction-added':
      return {
        kind: 'reaction-added',
        emoji: data.emoji,
        person,
        channel: data.channel,
        message: { ...data.ref, link: messageLink(publicUrl, data.ref), text: data.text },
      }
    default:
      return { ...data, person }
  }
}
