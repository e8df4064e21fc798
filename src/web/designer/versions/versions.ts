import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { type Mission, upgrade } from '../../../mission/mission.ts'
import { supabase, taken } from '../../data/supabase.ts'

const cardSchema = z.object({
  id: z.string(),
  number: z.number(),
  note: z.string(),
  published_at: z.string(),
  published_by: z.nullable(z.string()),
  live: z.boolean(),
  under: z.number(),
})

/** A line of the list of versions. `under` counts the runs that are in it now. */
export type VersionCard = z.infer<typeof cardSchema>

/** Versions on a page of the list. */
export const pageSize = 20

/** A page of a mission's versions, the newest first; searched in their notes. */
export function versionsQuery(missionId: string, words: string, page: number) {
  return queryOptions({
    queryKey: ['versions', missionId, 'list', words, page],
    queryFn: async ({ signal }) => {
      let request = supabase
        .from('version_cards')
        .select('id, number, note, published_at, published_by, live, under', { count: 'exact' })
        .eq('mission_id', missionId)
      if (words !== '') request = request.ilike('note', `%${words.replace(/[%_\\]/g, '\\$&')}%`)
      const outcome = await request
        .order('number', { ascending: false })
        .range((page - 1) * pageSize, page * pageSize - 1)
        .abortSignal(signal)
      return { versions: z.array(cardSchema).parse(taken(outcome)), total: outcome.count ?? 0 }
    },
  })
}

/** The document of a version, which never changes; null when it is of a format that this program cannot read. */
export function versionQuery(versionId: string) {
  return queryOptions({
    queryKey: ['versions', 'document', versionId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Mission | null> => {
      const [row] = z
        .array(z.object({ mission: z.unknown() }))
        .parse(taken(await supabase.from('versions').select('mission').eq('id', versionId)))
      const read = upgrade(row?.mission)
      return 'mission' in read ? read.mission : null
    },
  })
}
