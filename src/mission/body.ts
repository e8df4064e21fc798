import type { Link, Mission, Step } from './mission.ts'

/**
 * A *for each* holds steps: its body, which runs once per item of a list. They stand in the mission's one list of steps and say by
 * `within` who holds them. The links of the holder's exit `each` lead to the first of them; no other link crosses the border. Seen by
 * itself a body is a mission that the holder starts, so graphs, machines and checks treat it as one.
 */

/** The exit that leads into a body. It is not an exit by which a step is left, and no other kind of step may have one of this name. */
export const eachExit = 'each'

/** So many bodies may lie in one another; deeper ones nobody could follow, and every level multiplies the runs. */
export const deepestNesting = 5

/** Who holds a step, the innermost first; ends where a holder is missing or a circle closes. */
export function enclosing(steps: ReadonlyMap<string, Step>, id: string): string[] {
  const around = new Set<string>()
  for (let at = steps.get(id)?.within; at !== undefined && at !== id && !around.has(at) && steps.has(at); at = steps.get(at)?.within)
    around.add(at)
  return [...around]
}

/** The steps that hold others, in the order of the document. */
export function holders({ steps }: Pick<Mission, 'steps'>): string[] {
  const named = new Set(steps.flatMap(({ within }) => (within === undefined ? [] : [within])))
  return steps.flatMap(({ id }) => (named.has(id) ? [id] : []))
}

/** Steps and everything that they hold, however deep. */
export function withHeld(mission: Mission, ids: Iterable<string>): Set<string> {
  const all = new Set(ids)
  const byHolder = Map.groupBy(mission.steps, ({ within }) => within)
  // A set may grow while it is read: what is added is read too.
  for (const id of all) for (const held of byHolder.get(id) ?? []) all.add(held.id)
  return all
}

/**
 * What one step holds, as a mission of its own whose trigger is that step; what its steps hold in turn is still in there. The
 * mission itself when there is no such step.
 */
export function bodyOf(mission: Mission, holder: string): Mission {
  const step = mission.steps.find(({ id }) => id === holder)
  if (!step) return mission
  const held = withHeld(mission, [holder])
  held.delete(holder)
  const { notes: _, ...rest } = mission
  return {
    ...rest,
    triggers: [{ id: holder, type: step.type, ...(step.name ? { name: step.name } : {}), settings: step.settings }],
    steps: mission.steps.flatMap((one) => {
      if (!held.has(one.id)) return []
      const { within, ...outermost } = one
      return [within === holder ? outermost : one]
    }),
    links: mission.links.flatMap((link) => {
      if (!held.has(link.to)) return []
      if (link.from === holder) return [{ ...link, exit: 'done' }]
      return held.has(link.from) ? [link] : []
    }),
    layout: Object.fromEntries(Object.entries(mission.layout).filter(([id]) => id === holder || held.has(id))),
  }
}

/** In which body a step belongs that a link of this exit leads to; undefined: in none. */
export function bodyBehind(mission: Mission, from: string, exit: string): string | undefined {
  const source = mission.steps.find(({ id }) => id === from)
  return source && exit === eachExit ? source.id : source?.within
}

/** Moves steps into a body, or with undefined out of all; the same steps when they are there already. */
export function moveInto(steps: Step[], ids: ReadonlySet<string>, holder: string | undefined): Step[] {
  const moved = steps.map((step) => {
    if (!ids.has(step.id) || step.within === holder) return step
    const { within: _, ...free } = step
    return holder === undefined ? free : { ...free, within: holder }
  })
  return moved.some((step, index) => step !== steps[index]) ? moved : steps
}

/**
 * Lets the step to which a new link leads change sides if the link crosses a border, and with it all that follows it there. What
 * others lead to as well, or what would come to hold itself, stays; the check says what is wrong then.
 */
export function adopt(mission: Mission, link: Link): Mission {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const target = steps.get(link.to)
  const holder = bodyBehind(mission, link.from, link.exit)
  if (!target || target.within === holder) return mission
  const moving = new Set([target.id])
  for (const id of moving)
    for (const { from, to } of mission.links) if (from === id && steps.get(to)?.within === target.within) moving.add(to)
  const around = holder === undefined ? [] : [holder, ...enclosing(steps, holder)]
  const led = mission.links.some(
    (one) => moving.has(one.to) && !moving.has(one.from) && !(one.from === link.from && one.exit === link.exit),
  )
  if (led || moving.has(link.from) || around.some((id) => moving.has(id))) return mission
  return { ...mission, steps: moveInto(mission.steps, moving, holder) }
}
