import { useRef } from 'react'
import type { Mission, Step, Trigger } from '../../../mission/mission.ts'

/** True while nothing differs but the settings and the name of one card: what lies around it is the same. */
export function differsOnlyAt(id: string, one: Mission, other: Mission): boolean {
  if (one === other) return true
  return one.links === other.links && sameBut(id, one.triggers, other.triggers) && sameBut(id, one.steps, other.steps)
}

function sameBut<Placed extends Step | Trigger>(id: string, some: readonly Placed[], others: readonly Placed[]): boolean {
  if (some === others) return true
  return some.length === others.length && some.every((one, at) => one === others[at] || isMoreOfTheSame(id, one, others[at]))
}

function isMoreOfTheSame(id: string, one: Step | Trigger, other: Step | Trigger | undefined): boolean {
  const [before, after]: [Partial<Step>, Partial<Step>] = [one, other ?? {}]
  return one.id === id && after.id === id && before.type === after.type && before.within === after.within
}

/**
 * The mission around a card: the very same object while only the card itself is written in, so that what follows from the others (what data
 * there is) is not worked out again for every letter.
 */
export function useAround(id: string, mission: Mission): Mission {
  const kept = useRef(mission)
  if (!differsOnlyAt(id, kept.current, mission)) kept.current = mission
  return kept.current
}

/** A list that is the very same object while its items are. */
export function useSameList<Item>(items: readonly Item[]): readonly Item[] {
  const kept = useRef(items)
  if (kept.current.length !== items.length || items.some((item, at) => item !== kept.current[at])) kept.current = items
  return kept.current
}
