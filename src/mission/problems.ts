import { checkEnding } from './ending.ts'
import { checkHolding } from './holding.ts'
import { inspect, type Problem } from './inspection.ts'
import type { Kinds } from './kinds.ts'
import type { Mission } from './mission.ts'
import { checkStructure } from './structure.ts'
import { checkUsage } from './usage.ts'

export type { Problem } from './inspection.ts'

/**
 * Everything that is wrong with a mission, in the order of the document: the whole first, then triggers, steps and links. A mission
 * without errors can be published: every step is reachable, every run ends, and all data it refers to is there. Never throws.
 */
export function problems(mission: Mission, kinds: Kinds): Problem[] {
  const inspection = inspect(mission, kinds)
  const found = [...checkStructure(inspection), ...checkHolding(inspection), ...checkUsage(inspection), ...checkEnding(inspection)]
  const order = new Map([...mission.triggers, ...mission.steps].map(({ id }, index) => [id, index + 1]))
  const placeOf = ({ where }: Problem) =>
    order.get(where.trigger ?? where.step ?? where.link?.from ?? '') ?? (where.link ? order.size + 1 : 0)
  const unique = new Map(found.map((problem) => [problem.id, problem]))
  return [...unique.values()].sort((one, other) => placeOf(one) - placeOf(other))
}
