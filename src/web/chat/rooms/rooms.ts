import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import * as z from 'zod/mini'
import { m } from '#messages'
import { useLive } from '../../data/live.ts'
import { queries } from '../../data/queries.ts'
import { useSession } from '../../data/session.ts'
import { done, supabase, taken } from '../../data/supabase.ts'
import { type Directory, useDirectory } from '../people.ts'

const kindSchema = z.enum(['public', 'private', 'direct'])

const roomSchema = z.object({
  id: z.string(),
  name: z.string(),
  topic: z.string(),
  kind: kindSchema,
  people: z.array(z.string()),
  read_number: z.number(),
  last_number: z.number(),
  last_at: z.nullable(z.string()),
  unread: z.number(),
  mentioned: z.boolean(),
})

/** A channel or direct conversation one is in. */
export interface Room extends z.infer<typeof roomSchema> {
  /** What it is called on the screen. */
  title: string
  /** The conversation in which missions write. */
  missions: boolean
}

/** What is counted at most; shown as "99+". */
export const mostUnread = 100

type KeptRoom = z.infer<typeof roomSchema>

const roomsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['channels', 'mine', workspaceId],
    queryFn: async () => z.array(roomSchema).parse(taken(await supabase.rpc('my_rooms', { workspace: workspaceId }))),
  })

const withMissions = (room: Pick<KeptRoom, 'kind' | 'name'>) => room.kind === 'direct' && room.name.startsWith('missions:')

/** What a channel or conversation is called: its name, or who else is in it. */
export function roomTitle(room: Pick<KeptRoom, 'kind' | 'name' | 'people'>, me: string, people: Directory): string {
  if (room.kind !== 'direct') return room.name
  if (withMissions(room)) return m.chat_missions()
  const others = room.people.filter((id) => id !== me).map((id) => people.get(id)?.name ?? m.chat_somebody())
  return others.length > 0
    ? others.sort((one, other) => one.localeCompare(other)).join(', ')
    : m.chat_to_myself({ name: people.get(me)?.name ?? '' })
}

/** What waits to be read: messages to oneself (direct ones, questions of missions among them, and mentions), and whether there are others. */
export interface Unread {
  mine: number
  others: boolean
}

function countUnread(rooms: readonly KeptRoom[]): Unread {
  const isMine = ({ kind, mentioned }: KeptRoom) => kind === 'direct' || mentioned
  const mine = rooms.filter(isMine).map(({ kind, unread }) => (kind === 'direct' ? unread : 1))
  return { mine: mine.reduce((sum, count) => sum + count, 0), others: rooms.some((room) => room.unread > 0 && !isMine(room)) }
}

/** What waits to be read; undefined until it is known. */
export function useUnread(): Unread | undefined {
  const { workspace } = useSession()
  return useQuery({ ...roomsQuery(workspace.id), select: countUnread }).data
}

/** The channels and conversations one is in; undefined until they are read. Channels by name, conversations newest first. */
export function useRooms(): { rooms: readonly Room[] | undefined; error: Error | null } {
  const { workspace, person } = useSession()
  const people = useDirectory()
  const { data, error } = useQuery(roomsQuery(workspace.id))
  const rooms = useMemo(
    () =>
      data
        ?.map((room) => ({ ...room, title: roomTitle(room, person.id, people), missions: withMissions(room) }))
        .sort((one, other) =>
          one.kind === 'direct' && other.kind === 'direct'
            ? (other.last_at ?? '').localeCompare(one.last_at ?? '')
            : one.title.localeCompare(other.title),
        ),
    [data, people, person.id],
  )
  return { rooms, error }
}

/** How long events are gathered before the list is read again, in milliseconds: soon enough to be felt as at once. */
const soon = 150

/** Keeps the list of rooms fresh while the chat is open, or (with a longer wait, in milliseconds) a count of what is unread. */
export function useFreshRooms(gather = soon): void {
  const { workspace } = useSession()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive('chat', ({ what }) => {
    if (what === 'reactions' || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void queries.invalidateQueries({ queryKey: roomsQuery(workspace.id).queryKey })
      if (what !== 'messages') void queries.invalidateQueries({ queryKey: ['channel_members'] })
    }, gather)
  })
}

/** Reads the list again, after something one did oneself. */
export function refreshRooms(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['channels'] })
}

/** Marks everything up to a message as read: at once on the screen, and in the database. */
export async function markRead(workspaceId: string, personId: string, channelId: string, number: number): Promise<void> {
  const { queryKey } = roomsQuery(workspaceId)
  queries.setQueryData(queryKey, (rooms) =>
    rooms?.map((room) => (room.id === channelId ? { ...room, read_number: number, unread: 0, mentioned: false } : room)),
  )
  const shown = queries.getQueryState(queryKey)?.dataUpdatedAt
  done(
    await supabase
      .from('channel_members')
      .update({ read_number: number })
      .eq('channel_id', channelId)
      .eq('person_id', personId)
      .lt('read_number', number),
  )
  // A list that was on its way meanwhile may have been read before this was.
  const isOlder = queries.isFetching({ queryKey, exact: true }) > 0 || queries.getQueryState(queryKey)?.dataUpdatedAt !== shown
  if (isOlder) await queries.invalidateQueries({ queryKey, exact: true })
}

const channelSchema = z.object({ id: z.string(), name: z.string(), topic: z.string(), kind: kindSchema })

/** A channel one looks at without being in it; null when it is not there or not ours to see. */
export function useChannel(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ['channels', 'one', id],
    enabled: wanted,
    queryFn: async () =>
      z.array(channelSchema).parse(taken(await supabase.from('channels').select('id, name, topic, kind').eq('id', id).limit(1)))[0] ?? null,
  })
}

/** Who is in a channel, by id, in the order they came. */
export function useRoomPeople(id: string) {
  return useQuery({
    queryKey: ['channel_members', id],
    queryFn: async () =>
      z
        .array(z.object({ person_id: z.string() }))
        .parse(taken(await supabase.from('channel_members').select('person_id').eq('channel_id', id).order('joined_at').limit(1_000)))
        .map((row) => row.person_id),
  })
}

const browsedSchema = z.object({
  id: z.string(),
  name: z.string(),
  topic: z.string(),
  people: z.number(),
  mine: z.boolean(),
  total: z.number(),
})

/** Channels on one page of the list of all. */
export const browsedAtOnce = 20

/** Public channels whose name or topic contains the words, a page (from 1) at a time. */
export function useBrowsedChannels(words: string, page: number, opened: boolean) {
  const { workspace } = useSession()
  return useQuery({
    queryKey: ['channels', 'browse', workspace.id, words, page],
    enabled: opened,
    placeholderData: (previous) => previous,
    queryFn: async () =>
      z.array(browsedSchema).parse(
        taken(
          await supabase.rpc('browse_channels', {
            workspace: workspace.id,
            words,
            skip: (page - 1) * browsedAtOnce,
            size: browsedAtOnce,
          }),
        ),
      ),
  })
}
