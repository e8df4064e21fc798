import { eachExit } from './body.ts'
import { exitsOf } from './certainty.ts'
import { reachableGraph } from './graph.ts'
import type { Kinds } from './kinds.ts'
import type { Mission } from './mission.ts'
import type { Walk } from './walk.ts'
import { type Arrivals, type Avoided, Walker } from './walker.ts'

/** Walks through a whole mission: from any of its triggers, and on into the bodies of steps that hold others. */
export interface Walks {
  /** The shortest walk that any trigger (of those that `from` admits) starts and that begins a step; undefined when none is found. */
  to(step: string, avoided?: Avoided, from?: (trigger: string) => boolean): Walk | undefined
  /** How many of a join's links can arrive, from each trigger that reaches it. */
  arrivals(step: string): readonly Arrivals[]
}

/** Gets ready to walk through a mission. What that takes is worked out when it is first asked for. */
export function walksOf(mission: Mission, kinds: Kinds): Walks {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const exits = (id: string) => {
    const step = steps.get(id)
    return step ? exitsOf(mission, step, kinds) : []
  }
  const known = new Map<string, Walker>()
  const walkerFrom = (start: string): Walker => {
    const walker = known.get(start) ?? new Walker(reachableGraph(mission, start), exits)
    known.set(start, walker)
    return walker
  }
  /** Walkers from all that may start the level on which a step lies. */
  const walkersOf = (step: string, from: (trigger: string) => boolean = () => true): Walker[] => {
    const holder = steps.get(step)?.within
    if (holder !== undefined) return steps.has(holder) ? [walkerFrom(holder)] : []
    return mission.triggers.filter(({ id }) => from(id)).map(({ id }) => walkerFrom(id))
  }
  const to = (step: string, avoided?: Avoided, from?: (trigger: string) => boolean, inside = 0): Walk | undefined => {
    const holder = steps.get(step)?.within
    const here = avoided && steps.get(avoided.step)?.within === holder
    const walk = shortest(walkersOf(step, from).map((walker) => walker.to(step, here ? avoided : undefined) ?? []))
    // More levels than there are steps are a circle.
    if (holder === undefined || inside > mission.steps.length) return holder === undefined ? walk : undefined
    return walk && entering(to(holder, here ? undefined : avoided, from, inside + 1), walk)
  }
  return {
    to,
    arrivals: (step) =>
      walkersOf(step).flatMap((walker) => {
        const found = walker.arrivals(step)
        const holder = steps.get(step)?.within
        const whole = (walk: Walk) => (holder === undefined ? walk : (entering(to(holder), walk) ?? walk))
        if (!found) return []
        const { most, tooFew } = found
        return [{ most: { ...most, walk: whole(most.walk) }, ...(tooFew ? { tooFew: { ...tooFew, walk: whole(tooFew.walk) } } : {}) }]
      }),
  }
}

/** A walk to a step that holds others, going on with a walk inside. */
function entering(holder: Walk | undefined, inside: Walk): Walk | undefined {
  const outside = goingOn(holder, eachExit)
  return outside && [...outside, ...inside.slice(1)]
}

/** The shortest of some walks; those without moves are none. */
export function shortest(walks: readonly Walk[]): Walk | undefined {
  return walks.filter(({ length }) => length > 0).sort((one, other) => one.length - other.length)[0]
}

/** A walk that goes on: its last step is left by an exit, and perhaps another begins. */
export function goingOn(walk: Walk | undefined, exit: string, to?: string): Walk | undefined {
  const last = walk?.at(-1)
  return walk && last && [...walk.slice(0, -1), { step: last.step, exit }, ...(to === undefined ? [] : [{ step: to }])]
}
