import * as z from 'zod/mini'

const text = z.catch(z.optional(z.string()), undefined)

/** What can follow `?` on a page with a list: text searched for, and the page (from 1). Nonsense counts as absent. */
export const listSearchSchema = z.object({
  q: text,
  page: z.catch(z.optional(z.coerce.number().check(z.int(), z.minimum(1))), undefined),
})

export type ListSearch = z.infer<typeof listSearchSchema>

/** The same for the history: also one mission, and one status. */
export const runsFilterSchema = z.extend(listSearchSchema, {
  mission: text,
  status: z.catch(z.optional(z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled'])), undefined),
})

export type RunsFilter = z.infer<typeof runsFilterSchema>

/** Where to go after signing in. */
export const signInSearchSchema = z.object({ to: text })
