import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { supabase, taken } from '../data/supabase.ts'
import { instantSchema } from './reading.ts'

const missedSchema = z.object({
  id: z.number(),
  first_at: instantSchema,
  last_at: instantSchema,
  instants: z.number(),
  did: z.enum(['skip', 'once', 'all']),
  runs: z.number(),
  missions: z.object({ name: z.string() }),
})

/** Times of one mission's schedule that were missed together, and what was done about it. */
export type Missed = z.infer<typeof missedSchema>

/** For so many days it is worth saying, in milliseconds. */
const worthSaying = 7 * 86_400_000
/** How many lines at most. */
const mostLines = 3

/** What was missed lately by a mission, or by all of a workspace, the newest first. */
export const missedQuery = (workspaceId: string, mission: string | undefined) =>
  queryOptions({
    queryKey: ['runs', 'missed', workspaceId, mission],
    queryFn: async (): Promise<Missed[]> => {
      let rows = supabase
        .from('missed_instants')
        .select('id, first_at, last_at, instants, did, runs, missions(name)')
        .eq('workspace_id', workspaceId)
        .gte('at', new Date(Date.now() - worthSaying).toISOString())
      if (mission) rows = rows.eq('mission_id', mission)
      return z.array(missedSchema).parse(taken(await rows.order('at', { ascending: false }).limit(mostLines)))
    },
  })
