import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLive } from '../../data/live.ts'
import { loadLive } from '../draft/server.ts'
import { useWorkshop } from '../workshop.ts'

/** Key and reading of what is live of a mission. */
function liveQuery(missionId: string) {
  return queryOptions({ queryKey: ['versions', missionId, 'live'], queryFn: () => loadLive(missionId) })
}

/** What is live of a mission. */
export type LiveVersion = NonNullable<Awaited<ReturnType<typeof loadLive>>>

/** Reads anew everything that publishing changes, the open draft left alone. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['versions'] }),
      queries.invalidateQueries({ queryKey: ['missions'], predicate: ({ queryKey }) => queryKey[1] !== 'draft' }),
    ])
  }
}

/** What is live of the open mission; undefined until it is known, null when nothing is. */
export function useLiveVersion() {
  const { missionId, syncing } = useWorkshop()
  const queries = useQueryClient()
  const { data } = useQuery(liveQuery(missionId))
  const refresh = () => void queries.invalidateQueries({ queryKey: ['versions', missionId] })
  useLive('mission', ({ mission }) => {
    if (mission !== missionId) return
    refresh()
    void syncing.look()
  })
  useLive('run', ({ mission }) => {
    if (mission === missionId) refresh()
  })
  return data
}
