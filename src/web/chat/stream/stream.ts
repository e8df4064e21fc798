import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import * as z from 'zod/mini'
import { useLive } from '../../data/live.ts'
import { queries } from '../../data/queries.ts'
import { supabase, taken } from '../../data/supabase.ts'
import type { Place } from '../place.ts'
import { type ChatMessage, chatMessageSchema, messageColumns } from './message.ts'

/** A stretch of a conversation that is loaded: everything between its first and its last message. */
export interface Stretch {
  /** Oldest first. */
  messages: readonly ChatMessage[]
  /** Whether there is more before and after it. */
  older: boolean
  newer: boolean
}

/** Messages read at once, and how many are kept on the screen before those far away are let go. */
const page = 50
const most = 300
/** Changes read at once; more than this means that the tab was away for long. */
const mostChanges = 300
/**
 * How far before the newest known change is read again, in milliseconds: a transaction that began earlier may have been
 * committed later. The server's take far less.
 */
const overlap = 5_000

const rows = (place: Place) => {
  const selected = supabase.from('chat_messages').select(messageColumns).eq('channel_id', place.channel)
  return place.thread ? selected.eq('thread_id', place.thread) : selected.is('thread_id', null)
}

const read = (outcome: Parameters<typeof taken>[0]) => z.array(chatMessageSchema).parse(taken(outcome))

async function before(place: Place, number: number): Promise<ChatMessage[]> {
  return read(await rows(place).lt('number', number).order('number', { ascending: false }).limit(page)).toReversed()
}

async function from(place: Place, number: number): Promise<ChatMessage[]> {
  return read(await rows(place).gte('number', number).order('number').limit(page))
}

async function newest(place: Place): Promise<Stretch> {
  const messages = read(await rows(place).order('number', { ascending: false }).limit(page)).toReversed()
  return { messages, older: messages.length === page, newer: false }
}

async function around(place: Place, number: number): Promise<Stretch> {
  const [earlier, later] = await Promise.all([before(place, number), from(place, number)])
  return { messages: [...earlier, ...later], older: earlier.length === page, newer: later.length === page }
}

async function extend(place: Place, stretch: Stretch, way: 'older' | 'newer'): Promise<Stretch> {
  const first = stretch.messages[0]
  const last = stretch.messages.at(-1)
  if (!first || !last) return newest(place)
  if (way === 'older') {
    const earlier = await before(place, first.number)
    const all = [...earlier, ...stretch.messages]
    return { messages: all.slice(0, most), older: earlier.length === page, newer: stretch.newer || all.length > most }
  }
  const later = await from(place, last.number + 1)
  const all = [...stretch.messages, ...later]
  return { messages: all.slice(-most), older: stretch.older || all.length > most, newer: later.length === page }
}

/** Takes in what has changed within the stretch and, at the end of the conversation, what is new after it. */
async function refresh(place: Place, stretch: Stretch): Promise<Stretch> {
  const first = stretch.messages[0]
  const last = stretch.messages.at(-1)
  if (!first || !last) return newest(place)
  const since = Math.max(...stretch.messages.map((message) => Date.parse(message.changed_at))) - overlap
  const asked = rows(place).gte('number', first.number).gt('changed_at', new Date(since).toISOString()).order('number').limit(mostChanges)
  const changed = read(await (stretch.newer ? asked.lte('number', last.number) : asked))
  if (changed.length === mostChanges) return newest(place)
  return { ...stretch, messages: merge(stretch.messages, changed) }
}

/** Both together, oldest first. What has not changed stays the same object, so that its row is not drawn again. */
function merge(known: readonly ChatMessage[], changed: readonly ChatMessage[]): readonly ChatMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]))
  const fresh = changed.filter((message) => byId.get(message.id)?.changed_at !== message.changed_at)
  if (fresh.length === 0) return known
  for (const message of fresh) byId.set(message.id, message)
  return [...byId.values()].sort((one, other) => one.number - other.number)
}

const keyOf = ({ channel, thread }: Place) => ['messages', channel, thread ?? 'main']

/** A place's conversation, kept fresh while it is shown, and the ways to move in it. */
export interface OpenStream {
  stretch: Stretch | undefined
  error: Error | null
  load(way: 'older' | 'newer'): Promise<void>
  /** Shows the conversation around a message. */
  goTo(number: number): Promise<Stretch>
  goToNewest(): Promise<Stretch>
  /** Reads what has changed; resolves when it is on the screen. */
  catchUp(): Promise<void>
  /** Shows a change of one's own at once, before the server has said it. */
  foresee(id: string, change: (message: ChatMessage) => ChatMessage): void
}

/** Opens a place at its newest message. */
export function useStream(place: Place): OpenStream {
  const { channel, thread } = place
  const key = keyOf(place)
  const { data, error } = useQuery({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    queryFn: async () => {
      const known = queries.getQueryData<Stretch>(key)
      return known && !known.newer ? refresh(place, known) : known ? known : newest(place)
    },
  })

  const catchUp = useCatchUp(place)
  useLive('chat', (event) => {
    if (event.channel === channel && (event.what === 'messages' || event.what === 'reactions')) void catchUp()
  })

  const loading = useRef(false)
  const change = useCallback(
    async (work: (known: Stretch | undefined) => Promise<Stretch>) => {
      const at = { channel, ...(thread ? { thread } : {}) }
      const stretch = await work(queries.getQueryData<Stretch>(keyOf(at)))
      queries.setQueryData(keyOf(at), stretch)
      return stretch
    },
    [channel, thread],
  )
  const load = useCallback(
    async (way: 'older' | 'newer') => {
      if (loading.current) return
      loading.current = true
      const at = { channel, ...(thread ? { thread } : {}) }
      await change((known) => (known ? extend(at, known, way) : newest(at))).finally(() => (loading.current = false))
    },
    [change, channel, thread],
  )
  const goTo = useCallback(
    (number: number) => change(() => around({ channel, ...(thread ? { thread } : {}) }, number)),
    [change, channel, thread],
  )
  const goToNewest = useCallback(() => change(() => newest({ channel, ...(thread ? { thread } : {}) })), [change, channel, thread])
  const foresee = useCallback(
    (id: string, changeOne: (message: ChatMessage) => ChatMessage) =>
      void queries.setQueryData<Stretch>(keyOf({ channel, ...(thread ? { thread } : {}) }), (known) =>
        known ? { ...known, messages: known.messages.map((message) => (message.id === id ? changeOne(message) : message)) } : known,
      ),
    [channel, thread],
  )
  return { stretch: data, error, load, goTo, goToNewest, catchUp, foresee }
}

/** Reads what has changed, one request at a time: what happens meanwhile is read by one more afterwards. */
function useCatchUp({ channel, thread }: Place): () => Promise<void> {
  const state = useRef<{ running?: Promise<void>; again: boolean }>({ again: false })
  return useCallback(() => {
    const place = { channel, ...(thread ? { thread } : {}) }
    const current = state.current
    if (current.running) {
      current.again = true
      return current.running
    }
    const run = async () => {
      do {
        current.again = false
        const known = queries.getQueryData<Stretch>(keyOf(place))
        if (!known) continue
        const fresh = await refresh(place, known)
        // What was loaded meanwhile (an older page) stays.
        queries.setQueryData<Stretch>(keyOf(place), (now) =>
          now && now !== known ? { ...now, messages: merge(now.messages, within(fresh.messages, now)) } : fresh,
        )
      } while (current.again)
    }
    // A failure shows nowhere: what is on the screen stays right, and the next event, or the stream coming back, reads again.
    current.running = run()
      .catch(() => undefined)
      .finally(() => delete current.running)
    return current.running
  }, [channel, thread])
}

function within(messages: readonly ChatMessage[], stretch: Stretch): readonly ChatMessage[] {
  const last = stretch.messages.at(-1)?.number ?? 0
  return stretch.newer ? messages.filter((message) => message.number <= last) : messages
}

/** Reads one message, to find where it is. Undefined when it is gone or not ours to read. */
export async function findMessage(id: string): Promise<ChatMessage | undefined> {
  return read(await supabase.from('chat_messages').select(messageColumns).eq('id', id).limit(1))[0]
}
