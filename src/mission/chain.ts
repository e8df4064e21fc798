import { enclosing } from './body.ts'
import type { Mission } from './mission.ts'
import { mainExit } from './wiring.ts'

/** By which exit a step goes on: null for one without exits, undefined for the one that its lines show. */
export type ExitsOf = (id: string) => string | null | undefined

/** {@link ExitsOf} with an answer for every step of a mission. */
export const goingOn =
  (mission: Mission, exits: ExitsOf) =>
  (id: string): string | null => {
    const known = exits(id)
    return known === undefined ? mainExit(mission, id) : known
  }

/**
 * Steps in the order in which one goes on to the next, by that line alone; undefined when they do not form one such chain. What some of
 * them hold counts as theirs.
 */
export function chainOf(mission: Mission, ids: readonly string[], exits: ExitsOf = () => undefined): string[] | undefined {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const chosen = new Set(ids)
  const left = new Set(ids.filter((id) => !enclosing(steps, id).some((holder) => chosen.has(holder))))
  if (left.size === 0 || [...left].some((id) => !steps.has(id))) return undefined
  const exitOf = goingOn(mission, exits)
  const next = new Map<string, string>()
  for (const id of left) {
    const [line, ...others] = mission.links.filter(({ from, exit }) => from === id && exit === exitOf(id))
    if (line && others.length === 0 && line.to !== id && left.has(line.to)) next.set(id, line.to)
  }
  const led = new Set(next.values())
  const [first, ...others] = [...left].filter((id) => !led.has(id))
  if (first === undefined || others.length > 0) return undefined
  const chain = new Set([first])
  for (let id = next.get(first); id !== undefined; id = next.get(id)) {
    // What leads back into itself by its main exits has no end at which it could go on elsewhere.
    if (chain.has(id)) return undefined
    chain.add(id)
  }
  return chain.size === left.size ? [...chain] : undefined
}
