import { queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod'
import type { Mission } from '../../../mission/mission.ts'
import { supabase, taken } from '../../data/supabase.ts'
import { nameIds } from '../names.ts'
import { useNames } from '../settings/directory.ts'
import { versionQuery } from '../versions/versions.ts'
import { useWorkshop } from '../workshop.ts'
import { useSketch } from './SceneProvider.tsx'
import { isLent, lendScene, type Loan } from './lent.ts'
import type { Scene } from './scene.ts'

const liveSchema = z.array(z.object({ live_version_id: z.string().nullable() }))

/** The live version of another mission; null when none is live, or when this person may not see it. */
function loanQuery(missionId: string) {
  return queryOptions({
    queryKey: ['missions', 'live', missionId],
    queryFn: async ({ client }): Promise<Mission | null> => {
      const [row] = liveSchema.parse(taken(await supabase.from('missions').select('live_version_id').eq('id', missionId)))
      return row?.live_version_id ? client.fetchQuery(versionQuery(row.live_version_id)) : null
    },
  })
}

/** The scene with the missions in it that opened cards run. They are fetched when they are opened, and only looked at. */
export function useLent(scene: Scene, toggled: ReadonlySet<string>): Scene {
  const { workspaceId } = useWorkshop()
  const sketch = useSketch()
  const opened = useMemo(
    () =>
      scene.cards.flatMap((card) =>
        card.runs !== undefined && toggled.has(card.id) && !isLent(card.id) ? [{ card: card.id, mission: card.runs }] : [],
      ),
    [scene, toggled],
  )
  const answers = useQueries({
    queries: opened.map(({ mission }) => loanQuery(mission)),
    combine: (all) => all.map(({ data, isError }) => (isError ? null : data)),
  })
  const steps = useMemo(() => answers.flatMap((mission) => mission?.steps ?? []), [answers])
  const names = useNames(
    useMemo(() => ({ ...nothing, steps }), [steps]),
    workspaceId,
  )
  return useMemo(() => {
    if (opened.length === 0) return scene
    const loans = opened.map(({ card, mission: id }, at): Loan => {
      const mission = answers[at]
      return { card, mission: id, scene: mission && sketch(nameIds(mission, names)), missing: mission === null }
    })
    return lendScene(scene, loans)
  }, [answers, names, opened, scene, sketch])
}

const nothing: Mission = { format: 1, name: '', description: '', triggers: [], steps: [], links: [], layout: {} }
