import * as z from 'zod/mini'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Drafts {
  /** What is being written, by place. */
  texts: Readonly<Record<string, string>>
  keep(place: string, text: string): void
}

const keptSchema = z.object({ texts: z.record(z.string(), z.string()) })

/** What is being written and not sent, kept in this browser until it is. */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      texts: {},
      keep: (place, text) =>
        set(({ texts }) => {
          const { [place]: _, ...others } = texts
          return { texts: text.trim() === '' ? others : { ...others, [place]: text } }
        }),
    }),
    {
      name: 'missions.chat.drafts',
      partialize: ({ texts }) => ({ texts }),
      merge: (kept, fresh) => {
        const read = z.safeParse(keptSchema, kept)
        return read.success ? { ...fresh, texts: read.data.texts } : fresh
      },
    },
  ),
)
