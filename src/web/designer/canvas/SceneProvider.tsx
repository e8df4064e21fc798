import { createContext, type ReactNode, use, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import type { Mission } from '../../../mission/mission.ts'
import { useNames } from '../settings/directory.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { findMeetings } from './meetings.ts'
import { drawScene, type Scene } from './scene.ts'

const SceneContext = createContext<Scene>({ cards: [], lines: [], ends: [] })

/** The open mission as cards and lines. */
export function useScene(): Scene {
  return use(SceneContext)
}

/** Draws up the scene once for everything that shows a part of it. */
export function SceneProvider({ children }: { children: ReactNode }) {
  const { language, review, workspaceId, scene: latest, learnNames } = useWorkshop()
  const mission = useDraft((state) => state.mission)
  const sentences = useStore(review, (state) => state.sentences)
  const names = useNames(mission, workspaceId)
  const meetings = useMeetings(mission)
  const numbers = useMemo(() => new Map(sentences.map((sentence) => [sentence.id, sentence.number])), [sentences])
  const scene = useMemo(
    () =>
      drawScene(mission, {
        catalogue,
        language,
        meetings,
        numbers,
        names,
        failed: m.designer_if_fails(),
        unknown: m.designer_unknown_kind(),
      }),
    [mission, meetings, numbers, names, language],
  )
  latest.current = scene
  useEffect(() => learnNames(names), [names, learnNames])
  return <SceneContext value={scene}>{children}</SceneContext>
}

/** Follows only the lines and joins, so that typing a text asks nothing of the graph. */
function useMeetings(mission: Mission): ReadonlySet<string> {
  const { links, triggers } = mission
  const joins = mission.steps.map((step) => `${step.id} ${JSON.stringify(step.join)}`).join()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- nothing else of the mission matters to the graph
  return useMemo(() => findMeetings(mission), [links, triggers, joins])
}
