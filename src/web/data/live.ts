import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { credentials } from './api.ts'
import { queries } from './queries.ts'

const eventSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('chat'), channel: z.string(), what: z.string() }),
  z.object({ topic: z.literal('run'), run: z.string(), mission: z.optional(z.string()), status: z.optional(z.string()) }),
  z.object({ topic: z.literal('mission'), mission: z.string() }),
  z.object({
    topic: z.literal('editing'),
    mission: z.string(),
    tab: z.string(),
    name: z.string(),
    at: z.nullable(z.string()),
    rev: z.number(),
    gone: z.boolean(),
    over: z.nullable(z.object({ since: z.number(), rev: z.number() })),
  }),
])

/** What the server tells while it happens. Only ids: whoever hears it reads the rows. */
export type LiveEvent = z.infer<typeof eventSchema>
type Topic = LiveEvent['topic']
type EventOf<Of extends Topic> = Extract<LiveEvent, { topic: Of }>

const listeners = new Set<(event: LiveEvent) => void>()

/** Calls back for every event of a topic while the component is shown. The stream itself is opened once per tab by the frame. */
export function useLive<Of extends Topic>(topic: Of, callback: (event: EventOf<Of>) => void): void {
  const tell = useEffectEvent((event: LiveEvent) => {
    // The topic decides the type.
    if (event.topic === topic) callback(event as EventOf<Of>)
  })
  useEffect(() => {
    const listener = (event: LiveEvent) => tell(event)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
}

/** How long a burst of events is gathered before what is on the screen is read again, in milliseconds. */
const gather = 300

/** Reads queries again whose keys begin with `key`, after events of these topics. */
export function useRefresh(topics: readonly Topic[], key: readonly string[]): void {
  const concerns = useEffectEvent((event: LiveEvent) => topics.includes(event.topic))
  const refresh = useEffectEvent(() => void queries.invalidateQueries({ queryKey: key }))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const listener = (event: LiveEvent) => {
      if (!concerns(event)) return
      timer ??= setTimeout(() => {
        timer = undefined
        refresh()
      }, gather)
    }
    listeners.add(listener)
    return () => {
      clearTimeout(timer)
      listeners.delete(listener)
    }
  }, [])
}

let interrupted = false
const watchers = new Set<() => void>()

function noteInterrupted(now: boolean): void {
  if (now === interrupted) return
  interrupted = now
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** True while the server has not answered for a while, so that what is on the screen may be out of date. */
export function useInterrupted(): boolean {
  return useSyncExternalStore(watch, () => interrupted)
}

/** The stream may break and come back (it does every hour); only after so many vain attempts people are told. */
const attemptsBeforeTold = 2

/**
 * Keeps the one stream of this tab open for a workspace until aborted. Whenever it opens, everything on the screen is read
 * again: nobody knows what was said before somebody listened, be it after an interruption or while the page was loading.
 */
export async function keepLive(workspaceId: string, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      const response = await fetch(`/api/live?workspace=${encodeURIComponent(workspaceId)}`, { headers: await credentials(), signal })
      if (response.ok && response.body) {
        void queries.invalidateQueries()
        failures = 0
        noteInterrupted(false)
        await readStream(response.body)
      } else failures += 1
    } catch {
      failures += 1
    }
    if (signal.aborted) return
    noteInterrupted(failures >= attemptsBeforeTold)
    await pause(Math.min(15_000, 500 * 2 ** failures), signal)
  }
}

async function readStream(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  let rest = ''
  for await (const piece of chunks(body.pipeThrough(new TextDecoderStream()))) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) announce(line.slice(5))
  }
}

/** The server says something every 15 seconds; after so much silence the line is dead, even if nobody closed it. */
const longestSilence = 40_000

async function* chunks(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader()
  for (;;) {
    const silence = setTimeout(() => void reader.cancel(), longestSilence)
    const { done, value } = await reader.read()
    clearTimeout(silence)
    if (done) return
    yield value
  }
}

function announce(text: string): void {
  let written: unknown
  try {
    written = JSON.parse(text)
  } catch {
    return
  }
  const read = eventSchema.safeParse(written)
  if (read.success) for (const listener of listeners) listener(read.data)
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
