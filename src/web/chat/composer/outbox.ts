import * as z from 'zod/mini'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { api } from '../../data/api.ts'
import { ServerTrouble, wordsOf } from '../../data/trouble.ts'
import { type Place, placeKey } from '../place.ts'

/** Something written that is not in the conversation yet. */
export interface Unsent {
  /** The same for every attempt, so that it is said once however often it is sent. */
  key: string
  place: Place
  text: string
  /** Milliseconds since 1970. */
  at: number
  state: 'sending' | 'failed' | 'sent'
  /** Why it failed, in words; refused is worth changing, anything else worth trying again. */
  why?: string
  refused?: boolean
  /** Its message, once it was taken. */
  messageId?: string
}

interface Outbox {
  unsent: readonly Unsent[]
  put(unsent: Unsent): void
  change(key: string, change: Partial<Unsent>): void
  drop(key: string): void
}

/** Kept for the tab: after a reload what had not been sent is still there, marked as failed. */
export const useOutbox = create<Outbox>()(
  persist(
    (set) => ({
      unsent: [],
      put: (one) => set(({ unsent }) => ({ unsent: [...unsent.filter(({ key }) => key !== one.key), one] })),
      change: (key, change) => set(({ unsent }) => ({ unsent: unsent.map((one) => (one.key === key ? { ...one, ...change } : one)) })),
      drop: (key) => set(({ unsent }) => ({ unsent: unsent.filter((one) => one.key !== key) })),
    }),
    {
      name: 'missions.chat.unsent',
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ unsent }) => ({ unsent: unsent.filter((one) => one.state !== 'sent') }),
      merge: (kept, fresh) => ({
        ...fresh,
        unsent: readUnsent(kept).map((one) => ({ ...one, state: 'failed' as const })),
      }),
    },
  ),
)

const keptSchema = z.object({
  unsent: z.array(
    z.object({
      key: z.string(),
      place: z.object({ channel: z.string(), thread: z.optional(z.string()) }),
      text: z.string(),
      at: z.number(),
      why: z.optional(z.string()),
      refused: z.optional(z.boolean()),
    }),
  ),
})

function readUnsent(kept: unknown): Omit<Unsent, 'state'>[] {
  const read = z.safeParse(keptSchema, kept)
  return read.success
    ? read.data.unsent.map(({ place: { channel, thread }, why, refused, ...one }) => ({
        ...one,
        place: { channel, ...(thread ? { thread } : {}) },
        ...(why ? { why } : {}),
        ...(refused ? { refused } : {}),
      }))
    : []
}

const answerSchema = z.object({ messageId: z.optional(z.string()), command: z.optional(z.boolean()) })

/** Sends something new. @returns `command` when it was one and so is no message. */
export async function send(place: Place, text: string): Promise<'message' | 'command' | 'failed'> {
  const unsent: Unsent = { key: crypto.randomUUID(), place, text, at: Date.now(), state: 'sending' }
  useOutbox.getState().put(unsent)
  return deliver(unsent)
}

/** Sends, for the first time or again. What it came to is seen in the outbox. */
export async function deliver({ key, place, text }: Unsent): Promise<'message' | 'command' | 'failed'> {
  const { change, drop } = useOutbox.getState()
  change(key, { state: 'sending' })
  try {
    const answer = await api(
      '/api/chat/messages',
      { channelId: place.channel, text, key, ...(place.thread ? { threadId: place.thread } : {}) },
      { answer: answerSchema },
    )
    if (answer.messageId) {
      change(key, { state: 'sent', messageId: answer.messageId })
      return 'message'
    }
    drop(key)
    return 'command'
  } catch (error) {
    change(key, {
      state: 'failed',
      why: wordsOf(error),
      refused: error instanceof ServerTrouble && error.status >= 400 && error.status < 500,
    })
    return 'failed'
  }
}

/** What was written for a place and is not in the conversation yet. */
export function unsentIn(unsent: readonly Unsent[], place: Place): readonly Unsent[] {
  const key = placeKey(place)
  return unsent.filter((one) => placeKey(one.place) === key)
}
