import { pickId } from './ids.ts'
import type { Kinds } from './kinds.ts'
import type { Mission, Step } from './mission.ts'
import { roots } from './roots.ts'
import { scope } from './scope.ts'
import { endInside, type Obstacle, outermost, readSection } from './section.ts'
import { mapTexts } from './texts.ts'

/** A section as a mission of its own, and what it has to be given. */
export interface Cutting {
  /** Its steps and the lines between them; triggers are for its maker. */
  steps: Mission['steps']
  links: Mission['links']
  layout: Mission['layout']
  /** The step with which it begins. */
  entry: string
  /** What its steps use of the mission around it: under which name they find it at their trigger, what it is there, whether it may be missing. */
  needs: readonly { name: string; reference: string; maybeEmpty: boolean }[]
}

/** Cuts a section out to be a mission of its own, whose steps find at their trigger what they used of the mission around them. */
export function cutOut(mission: Mission, chosen: readonly string[], kinds: Kinds): Cutting | Obstacle {
  const section = readSection(mission, chosen)
  if ('is' in section) return section
  const obstacle = endInside(mission, section, kinds)
  if (obstacle) return obstacle
  const { ids, entry } = section
  const outer = new Set(outermost(mission, ids).map(({ id }) => id))
  const needs = new Map<string, string>()
  const steps = mission.steps.flatMap((step): Step[] => {
    if (!ids.has(step.id)) return []
    const own = { ...step, settings: mapTexts(step.settings, (text) => hand(text, outsideOf(mission, ids, step), needs)) }
    if (!outer.has(step.id)) return [own]
    const { within: _, ...free } = own
    if (step.id !== entry) return [free]
    const { join: __, ...alone } = free
    return [alone]
  })
  const empty = new Set(
    scope(mission, entry, kinds).flatMap(({ data }) => data.filter((datum) => datum.maybeEmpty).map((datum) => datum.reference)),
  )
  return {
    steps,
    links: mission.links.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    layout: Object.fromEntries(Object.entries(mission.layout).filter(([id]) => ids.has(id))),
    entry,
    needs: [...needs].map(([reference, name]) => ({ name, reference, maybeEmpty: empty.has(reference) })),
  }
}

/** The names by which the texts of a step refer to what lies outside a section. */
function outsideOf(mission: Mission, ids: ReadonlySet<string>, step: Step): ReadonlySet<string> {
  const outside = new Set(['trigger', 'run', 'mission'])
  for (const { id } of mission.steps) if (!ids.has(id)) outside.add(id)
  // Inside a list that is in the section itself, an item is one of that list.
  if (step.within === undefined || !ids.has(step.within)) outside.add('item')
  return outside
}

/** The trigger of a mission that another one runs gives this itself. */
const given = 'mission'

/** A text that finds at the trigger what it used from outside; what that is joins the needs. */
function hand(text: string, outside: ReadonlySet<string>, needs: Map<string, string>): string {
  let result = text
  for (const { name, start, end } of roots(text).toReversed()) {
    if (!outside.has(name)) continue
    const part = /^\.([A-Za-z_]\w*)/.exec(text.slice(end))?.[1]
    const reference = part === undefined ? name : `${name}.${part}`
    const wish = name === 'trigger' ? (part ?? name) : `${name} ${part ?? ''}`
    const handed = needs.get(reference) ?? pickId(new Set([...needs.values(), given]), [wish])
    needs.set(reference, handed)
    result = `${result.slice(0, start)}trigger.${handed}${result.slice(end + (part === undefined ? 0 : part.length + 1))}`
  }
  return result
}
