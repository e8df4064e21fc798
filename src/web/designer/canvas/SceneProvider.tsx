import { createContext, type ReactNode, use, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import type { Mission } from '../../../mission/mission.ts'
import type { Sentence } from '../../../mission/prose.ts'
import { useCalled } from '../review/called.ts'
import { useNames } from '../settings/directory.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { findMeetings } from './meetings.ts'
import { drawScene, type Scene } from './scene.ts'
import { useUnhurried } from './unhurried.ts'

const SceneContext = createContext<Scene>({ cards: [], lines: [], ends: [] })

const DrawnContext = createContext<Mission | undefined>(undefined)

const SketchContext = createContext<(mission: Mission) => Scene>(() => ({ cards: [], lines: [], ends: [] }))

/** How any mission is drawn, with the names that are known by now. */
export function useSketch(): (mission: Mission) => Scene {
  return use(SketchContext)
}

/** The mission that the scene shows: the one that is open, or what it was a moment ago. */
export function useDrawn(): Mission | undefined {
  return use(DrawnContext)
}

/** The open mission as cards and lines. */
export function useScene(): Scene {
  return use(SceneContext)
}

/** Draws up the scene once for everything that shows a part of it. */
export function SceneProvider({ children }: { children: ReactNode }) {
  const { language, review, workspaceId, sketch, learnNames, learnCalled } = useWorkshop()
  // The picture may be a moment behind: what is being typed is not.
  const mission = useDeferredValue(useUnhurried(useDraft((state) => state.mission)))
  const sentences = useStore(review, (state) => state.sentences)
  const compared = useDesk((state) => state.compared)
  const names = useNames(
    useMemo(() => (compared ? gather(mission, compared.before, compared.after) : mission), [mission, compared]),
    workspaceId,
  )
  const called = useCalled(mission)
  const meetings = useMeetings(mission)
  const numbers = useNumbers(sentences)
  const draw = useCallback(
    (of: Mission, meeting: ReadonlySet<string>) =>
      drawScene(of, {
        catalogue,
        language,
        meetings: meeting,
        numbers,
        names,
        failed: m.designer_if_fails(),
        unknown: m.designer_unknown_kind(),
      }),
    [numbers, names, language],
  )
  const scene = useMemo(() => draw(mission, meetings), [draw, mission, meetings])
  const drawAny = useCallback((of: Mission) => draw(of, findMeetings(of)), [draw])
  useEffect(() => {
    sketch.current = { of: mission, scene, draw: drawAny }
  }, [sketch, mission, scene, drawAny])
  useEffect(() => learnNames(names), [names, learnNames])
  useEffect(() => learnCalled(called), [called, learnCalled])
  return (
    <DrawnContext value={mission}>
      <SketchContext value={drawAny}>
        <SceneContext value={scene}>{children}</SceneContext>
      </SketchContext>
    </DrawnContext>
  )
}

/** All that stands in a mission and in others: what is compared may name people whom the draft does not. */
function gather(mission: Mission, ...others: readonly Mission[]): Mission {
  const all = [mission, ...others]
  return { ...mission, triggers: all.flatMap(({ triggers }) => triggers), steps: all.flatMap(({ steps }) => steps) }
}

/** What sentences call their steps: the very same until one of them is called otherwise, though the sentences change with every text. */
function useNumbers(sentences: readonly Sentence[]): ReadonlyMap<string, string> {
  const kept = useRef<ReadonlyMap<string, string>>(new Map())
  if (kept.current.size !== sentences.length || sentences.some(({ id, number }) => kept.current.get(id) !== number))
    kept.current = new Map(sentences.map(({ id, number }) => [id, number]))
  return kept.current
}

/** Follows only what the graph is made of, so that typing a text asks nothing of it. */
function useMeetings(mission: Mission): ReadonlySet<string> {
  const [find] = useState(rememberMeetings)
  return useMemo(() => find(mission), [find, mission])
}

/** Finds meetings, and gives the very same ones again while lines, joins and what steps lie in are the same. */
function rememberMeetings(): (mission: Mission) => ReadonlySet<string> {
  let last: { shape: string; meetings: ReadonlySet<string> } | undefined
  return (mission) => {
    const { triggers, steps, links } = mission
    const shape = JSON.stringify([triggers.map(({ id }) => id), steps.map(({ id, type, join, within }) => [id, type, join, within]), links])
    if (last?.shape !== shape) last = { shape, meetings: findMeetings(mission) }
    return last.meetings
  }
}
