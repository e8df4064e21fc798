import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { api } from '../../../data/api.ts'

const wordsSchema = z.object({ en: z.string(), fr: z.string() })
const whoSchema = z.object({ id: z.string(), name: z.string() })

const waitingSchema = z.object({
  kind: z.enum(['people', 'time', 'runs', 'retry']),
  people: z.array(whoSchema),
  channel: z.optional(whoSchema),
  runs: z.optional(z.object({ count: z.number(), ended: z.number(), failed: z.number(), mission: z.optional(whoSchema) })),
  until: z.optional(z.string()),
})

const runSchema = z.object({
  id: z.string(),
  version: z.number(),
  started: z.string(),
  moving: z.boolean(),
  cause: wordsSchema,
  places: z.array(z.object({ step: z.string(), name: wordsSchema, since: z.string(), waiting: z.nullable(waitingSchema) })),
  obstacles: z.array(z.object({ name: z.nullable(wordsSchema), why: wordsSchema })),
  remarks: z.array(z.object({ name: wordsSchema, stays: wordsSchema })),
})

/** A run in an older version: what started it, where it is, what keeps it from moving (nothing: it can), and what stays as it was begun. */
export type RunElsewhere = z.infer<typeof runSchema>

const pageSchema = z.object({
  to: z.object({ id: z.string(), number: z.number() }),
  runs: z.array(runSchema),
  next: z.nullable(z.string()),
})
const countSchema = z.object({ total: z.number(), moving: z.number() })

/** Everyone in older versions, as far as it was read. */
export interface Elsewhere {
  to: { id: string; number: number }
  runs: RunElsewhere[]
  /** There are more than are looked at in one go. */
  more: boolean
}

/** Runs looked at in one go: those that move leave the list, and the rest come after. */
const mostRuns = 5_000
/** Runs asked to move by one call; the server takes 500 at most. */
const batch = 200

/** How many runs are in older versions, and how many of them are about to move. */
export function countQuery(missionId: string) {
  return queryOptions({
    queryKey: ['versions', missionId, 'elsewhere', 'count'],
    queryFn: ({ signal }) => api(`/api/moves/${missionId}/count`, undefined, { answer: countSchema, signal }),
  })
}

/** Looks where everyone is and who can move; nothing is changed by it. `seen`: told how many were looked at so far. */
export function elsewhereQuery(missionId: string, seen: (count: number) => void) {
  return queryOptions({
    queryKey: ['elsewhere', missionId],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Elsewhere> => {
      const runs: RunElsewhere[] = []
      let after = ''
      for (;;) {
        const page = await api(`/api/moves/${missionId}${after}`, undefined, { answer: pageSchema, signal })
        runs.push(...page.runs)
        seen(runs.length)
        if (page.next === null || runs.length >= mostRuns)
          return {
            to: page.to,
            runs: runs.sort((one, other) => (one.started < other.started ? -1 : 1)),
            more: page.next !== null,
          }
        after = `?after=${page.next}`
      }
    },
  })
}

/** Asks runs to move to a version. `told`: how many have been asked so far. Pressed again after half of it, it asks only the rest. */
export async function askToMove(missionId: string, to: string, runs: readonly string[], told: (count: number) => void): Promise<void> {
  for (let at = 0; at < runs.length; at += batch) {
    await api(`/api/moves/${missionId}`, { to, runs: runs.slice(at, at + batch) })
    told(Math.min(at + batch, runs.length))
  }
}
