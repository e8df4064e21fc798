import * as z from 'zod/mini'

const text = z.catch(z.optional(z.string()), undefined)

/** What can follow `?` on a page with a list: text searched for, and the page (from 1). Nonsense counts as absent. */
export const listSearchSchema = z.object({
  q: text,
  page: z.catch(z.optional(z.coerce.number().check(z.int(), z.minimum(1))), undefined),
})

export type ListSearch = z.infer<typeof listSearchSchema>

/** The same for the list of missions: also which of them. */
export const missionsFilterSchema = z.extend(listSearchSchema, {
  show: z.catch(z.optional(z.enum(['all', 'live', 'draft', 'archived'])), undefined),
})

export type MissionsFilter = z.infer<typeof missionsFilterSchema>

/** The same for the gallery: also one category. */
export const templatesFilterSchema = z.extend(listSearchSchema, { category: text })

export type TemplatesFilter = z.infer<typeof templatesFilterSchema>

/** The same for the history: also one mission, one status, and when it started: lately, or between two dates (`2026-11-21`). */
export const runsFilterSchema = z.extend(listSearchSchema, {
  mission: text,
  status: z.catch(z.optional(z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled'])), undefined),
  span: z.catch(z.optional(z.enum(['day', 'week', 'month', 'dates'])), undefined),
  from: z.catch(z.optional(z.iso.date()), undefined),
  to: z.catch(z.optional(z.iso.date()), undefined),
})

export type RunsFilter = z.infer<typeof runsFilterSchema>

/** Where to go after signing in. */
export const signInSearchSchema = z.object({ to: text })
