import { z } from 'zod'

/** What can follow `?` on a page with a list: text searched for, and the page (from 1). Nonsense counts as absent. */
export const listSearchSchema = z.object({
  q: z.string().optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
})

export type ListSearch = z.infer<typeof listSearchSchema>

/** The same for the history: also one mission, and one status. */
export const runsFilterSchema = listSearchSchema.extend({
  mission: z.string().optional().catch(undefined),
  status: z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled']).optional().catch(undefined),
})

export type RunsFilter = z.infer<typeof runsFilterSchema>
