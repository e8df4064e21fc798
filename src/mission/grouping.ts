import { eachExit, moveInto } from './body.ts'
import { freeId } from './ids.ts'
import { type Mission, missionSchema, type Step } from './mission.ts'
import type { NewPart } from './edit.ts'
import { mostSteps } from './clipping.ts'
import { outermost, readSection, type Section } from './section.ts'
import { uniqueLinks } from './wiring.ts'

/** Puts one step in the place of a section of steps, which go. Unchanged when they are no section. */
export function replaceSection(mission: Mission, chosen: readonly string[], part: NewPart): Mission {
  const section = readSection(mission, chosen)
  const stand = 'is' in section ? undefined : standIn(mission, section, part)
  if ('is' in section || !stand) return mission
  const { ids, entry } = section
  const steps = mission.steps.flatMap((step) => (step.id === entry ? [stand] : ids.has(step.id) ? [] : [step]))
  const corner = mission.layout[entry]
  const layout = Object.fromEntries(Object.entries(mission.layout).filter(([id]) => !ids.has(id)))
  return {
    ...mission,
    steps,
    links: around(mission, section, stand.id),
    layout: corner ? { ...layout, [stand.id]: corner } : layout,
    ...(mission.notes ? { notes: mission.notes.map((note) => (ids.has(note.by ?? '') ? { ...note, by: stand.id } : note)) } : {}),
  }
}

/** Puts a section of steps into a new step that holds steps, to be run once for each of a list. Unchanged when they are no section. */
export function holdSection(mission: Mission, chosen: readonly string[], part: NewPart): Mission {
  const section = readSection(mission, chosen)
  const holder = 'is' in section || mission.steps.length >= mostSteps ? undefined : standIn(mission, section, part)
  if ('is' in section || !holder) return mission
  const { ids, entry } = section
  const inside = new Set(outermost(mission, ids).map(({ id }) => id))
  const steps = moveInto(mission.steps, inside, holder.id).flatMap((step) => {
    if (step.id !== entry) return [step]
    const { join: _, ...alone } = step
    return [holder, alone]
  })
  const inner = mission.links.filter(({ from, to }) => ids.has(from) && ids.has(to))
  const corner = mission.layout[entry]
  return {
    ...mission,
    steps,
    links: [...around(mission, section, holder.id), { from: holder.id, exit: eachExit, to: entry }, ...inner],
    layout: corner ? { ...mission.layout, [holder.id]: { x: corner.x, y: corner.y - above } } : mission.layout,
  }
}

/** How far above the first of them the step that holds them is laid, in points of the canvas. */
const above = 140

/** The step that takes a section's place; undefined for what is no step. */
function standIn(mission: Mission, { entry }: Section, part: NewPart): Step | undefined {
  const { within, join } = mission.steps.find(({ id }) => id === entry) ?? {}
  const step = { ...part, id: part.id ?? freeId(mission, part.name, part.type), settings: part.settings ?? {} }
  const placed = { ...step, ...(join ? { join } : {}), ...(within === undefined ? {} : { within }) }
  return missionSchema.shape.steps.element.safeParse(placed).success ? placed : undefined
}

/** All lines but those inside a section: those that lead there lead to the step in its place, which leads on. */
function around({ links }: Mission, { ids, targets }: Section, id: string): Mission['links'] {
  return uniqueLinks([
    ...links.flatMap((link) => (ids.has(link.from) ? [] : [ids.has(link.to) ? { ...link, to: id } : link])),
    ...targets.map((to) => ({ from: id, exit: 'done', to })),
  ])
}
