import { checkPlatform, type PlatformView } from './abilities.ts'
import { checkEnding } from './ending.ts'
import { checkHolding } from './holding.ts'
import { type Inspection, inspect, type Problem, withWalk } from './inspection.ts'
import type { Kinds } from './kinds.ts'
import type { Mission } from './mission.ts'
import { checkStructure } from './structure.ts'
import { checkUsage } from './usage.ts'
import { goingOn } from './walks.ts'
import { typeset } from './words.ts'

export type { Problem } from './inspection.ts'

/**
 * Everything that is wrong with a mission, in the order of the document: the whole first, then triggers, steps and links. A mission
 * without errors can be published: every step is reachable, every run ends, all data it refers to is there, and the platform, if one is chosen,
 * can do what it takes. Never throws.
 */
export function problems(mission: Mission, kinds: Kinds, platform?: PlatformView): Problem[] {
  const inspection = inspect(mission, kinds)
  const found = [
    ...checkStructure(inspection),
    ...checkHolding(inspection),
    ...checkUsage(inspection),
    ...checkEnding(inspection),
    ...(platform ? checkPlatform(inspection, platform) : []),
  ]
  const order = new Map([...mission.triggers, ...mission.steps].map(({ id }, index) => [id, index + 1]))
  const placeOf = ({ where }: Problem) =>
    order.get(where.trigger ?? where.step ?? where.link?.from ?? '') ?? (where.link ? order.size + 1 : 0)
  const unique = new Map(found.map((problem) => [problem.id, problem]))
  return [...unique.values()]
    .sort((one, other) => placeOf(one) - placeOf(other))
    .map((problem) => typesetProblem(withItsWalk(inspection, problem)))
}

function typesetProblem({ why, remedy, ...problem }: Problem): Problem {
  return { ...problem, why: { ...why, fr: typeset(why.fr) }, remedy: { ...remedy, fr: typeset(remedy.fr) } }
}

/** Whatever is wrong somewhere: a walk leads at least there, if any run does. */
function withItsWalk(inspection: Inspection, problem: Problem): Problem {
  const { walk, where } = problem
  // That data may be missing, or that a loop is gone round, is concluded from less than a walk: now and then there is none that shows it, and
  // one that leads only to the place would show something else.
  if (walk || /^(?:reference-empty|endless):/.test(problem.id)) return problem
  const { trigger, step, link } = where
  if (trigger !== undefined) return { ...problem, walk: [{ step: trigger }] }
  if (step !== undefined) return { ...problem, ...withWalk(inspection.walks.to(step)) }
  if (link === undefined) return problem
  const start = inspection.triggers.has(link.from) ? [{ step: link.from }] : inspection.walks.to(link.from)
  return { ...problem, ...withWalk(goingOn(start, link.exit)) }
}
