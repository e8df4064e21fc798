import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod'
import { type Called, calledBy } from '../../../catalogue/called.ts'
import type { Mission } from '../../../mission/mission.ts'
import { useLive } from '../../data/live.ts'
import { supabase, taken } from '../../data/supabase.ts'
import { versionQuery } from '../versions/versions.ts'
import { useWorkshop } from '../workshop.ts'

/** What is known of missions that are to be run, by id; null for one that is not there. */
export type CalledMissions = ReadonlyMap<string, Called | null>

const rowsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), archived_at: z.string().nullable(), live_version_id: z.string().nullable() }),
)

/** The other missions that a mission's steps run, read again when one of them is published or taken down. */
export function useCalled(mission: Mission): CalledMissions {
  const { missionId, workspaceId } = useWorkshop()
  const queries = useQueryClient()
  const ids = useMemo(() => calledBy(mission).filter((id) => id !== missionId && z.uuid().safeParse(id).success), [mission, missionId])
  const queryKey = ['missions', workspaceId, 'called', ids]
  const { data } = useQuery({
    queryKey,
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ client }): Promise<CalledMissions> => {
      const request = supabase.from('missions').select('id, name, archived_at, live_version_id').eq('workspace_id', workspaceId)
      const rows = rowsSchema.parse(taken(await request.in('id', ids)))
      const found = rows.map(async ({ id, name, archived_at, live_version_id }): Promise<[string, Called]> => {
        const live = live_version_id === null ? null : await client.fetchQuery(versionQuery(live_version_id))
        return [id, { id, name, archived: archived_at !== null, live }]
      })
      return new Map<string, Called | null>([...ids.map((id) => [id, null] as const), ...(await Promise.all(found))])
    },
  })
  useLive('mission', ({ mission: changed }) => {
    if (ids.includes(changed)) void queries.invalidateQueries({ queryKey })
  })
  return data ?? nothing
}

const nothing: CalledMissions = new Map()
