import { useEffect, useState } from 'react'
import type { Mission, Step, Trigger } from '../../../mission/mission.ts'

/** A pause in typing after which the picture follows. Milliseconds. */
const pause = 200

/**
 * The mission, with what is being written in settings a moment later: all of the picture drawn anew for every letter takes longer than
 * fast hands leave (30 ms with 100 steps). Whatever changes the drawing itself comes at once.
 */
export function useUnhurried(mission: Mission): Mission {
  const [shown, setShown] = useState(mission)
  const isWriting = shown !== mission && differsInWords(shown, mission)
  useEffect(() => {
    if (!isWriting) return setShown(mission)
    const timer = setTimeout(() => setShown(mission), pause)
    return () => clearTimeout(timer)
  }, [mission, isWriting])
  return isWriting ? shown : mission
}

/** True for two missions that differ in settings and names alone, with the same exits in use: their graph and layout are the same. */
export function differsInWords(one: Mission, other: Mission): boolean {
  return one.links === other.links && one.layout === other.layout && alike(one.triggers, other.triggers) && alike(one.steps, other.steps)
}

function alike<Placed extends Step | Trigger>(some: readonly Placed[], others: readonly Placed[]): boolean {
  return some.length === others.length && some.every((one, at) => isAlike(one, others[at]))
}

function isAlike(one: Step | Trigger, other: Step | Trigger | undefined): boolean {
  if (one === other) return true
  const [before, after]: [Partial<Step>, Partial<Step>] = [one, other ?? {}]
  return before.id === after.id && before.type === after.type && before.join === after.join && before.within === after.within
}
