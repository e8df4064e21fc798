import { eachExit, moveInto } from './body.ts'
import { insert, type Spot } from './clipping.ts'
import { freeId } from './ids.ts'
import {
  type Join,
  joinSchema,
  type Mission,
  missionSchema,
  type Point,
  type Retry,
  retrySchema,
  type Step,
  type Trigger,
} from './mission.ts'
import { isPoint } from './room.ts'
import { connect, mainExit, uniqueLinks, withParts } from './wiring.ts'

export { chainOf } from './chain.ts'
export { type Clipping, clippingSchema, copy, duplicate, insert, paste, type Spot } from './clipping.ts'
export { freeId, renameId } from './ids.ts'
export { holdSection, replaceSection } from './grouping.ts'
export { moveAlong, moveStep, moveSteps, type Place } from './moving.ts'
export { addNote, changeNote } from './notes.ts'
export { connect, disconnect, mainExit, removeSteps } from './wiring.ts'

/**
 * Edits take a mission and give a mission. They never change what they are given, keep every object that did not change (so
 * that only what changed is drawn again), keep the document valid, and give back the very same mission when the edit makes no sense.
 */

/** What a new step or trigger is; without an id it gets a readable one from its name or type. */
export interface NewPart {
  type: string
  id?: string
  name?: string
  settings?: Step['settings']
}

/**
 * Adds a step at a spot; it is the last of the list of steps then. `goesOnBy` is the exit by which it leads on from there: its
 * kind's first one; null for a step without exits.
 */
export function addStep(mission: Mission, part: NewPart, spot: Spot, goesOnBy: string | null = 'done'): Mission {
  const step = { ...part, id: part.id ?? freeId(mission, part.name, part.type), settings: part.settings ?? {} }
  return insert(mission, { triggers: [], steps: [step], links: [], layout: {} }, spot, () => goesOnBy)
}

/** Adds a trigger, led to a step if said; it is the last of the list of triggers then. */
export function addTrigger(mission: Mission, part: NewPart, { to, point }: { to?: string; point?: Point } = {}): Mission {
  const trigger = { ...part, id: part.id ?? freeId(mission, part.name, part.type), settings: part.settings ?? {} }
  const added = insert(mission, { triggers: [trigger], steps: [], links: [], layout: {} }, { free: true, ...(point ? { point } : {}) })
  const id = added.triggers.at(-1)?.id
  return added === mission || to === undefined || id === undefined ? added : connect(added, { from: id, to })
}

/** Changes one step or trigger by what `change` makes of it; the same objects everywhere else. */
function update(mission: Mission, id: string, change: { step?: (step: Step) => Step; trigger?: (trigger: Trigger) => Trigger }): Mission {
  const apply = <One extends { id: string }>(list: One[], changeOne: ((one: One) => One) | undefined): One[] => {
    const changed = list.map((one) => (one.id === id ? (changeOne?.(one) ?? one) : one))
    return changed.some((one, index) => one !== list[index]) ? changed : list
  }
  return withParts(mission, { steps: apply(mission.steps, change.step), triggers: apply(mission.triggers, change.trigger) })
}

const { settings: settingsSchema } = missionSchema.shape.steps.element.shape
const { exit: exitSchema } = missionSchema.shape.links.element.shape

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Replaces the settings of a step or trigger. A setting that is undefined is taken away. */
export function setSettings(mission: Mission, id: string, settings: Record<string, unknown>): Mission {
  const read = settingsSchema.safeParse(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)))
  if (!read.success) return mission
  const change = <One extends Step | Trigger>(one: One): One => (sameJson(one.settings, read.data) ? one : { ...one, settings: read.data })
  return update(mission, id, { step: change, trigger: change })
}

/** Names a step or trigger; an empty name takes its own name away. */
export function rename(mission: Mission, id: string, name: string): Mission {
  const trimmed = name.trim().slice(0, 120)
  const change = <One extends Step | Trigger>(one: One): One => {
    if ((one.name ?? '') === trimmed) return one
    const next = { ...one }
    if (trimmed === '') delete next.name
    else next.name = trimmed
    return next
  }
  return update(mission, id, { step: change, trigger: change })
}

/** Replaces or, with undefined, takes away an optional part of a step. */
function setPart<Key extends 'join' | 'retry'>(mission: Mission, id: string, key: Key, value: Step[Key] | undefined): Mission {
  return update(mission, id, {
    step(step) {
      if (sameJson(step[key], value)) return step
      const next = { ...step }
      if (value === undefined) delete next[key]
      else next[key] = value
      return next
    },
  })
}

/** Says what a step with several links into it waits for; undefined: for all. */
export function setJoin(mission: Mission, id: string, join: Join | undefined): Mission {
  return join && !joinSchema.safeParse(join).success ? mission : setPart(mission, id, 'join', join)
}

/** Says how often a failed step is tried again; undefined: as its kind does. */
export function setRetry(mission: Mission, id: string, retry: Retry | undefined): Mission {
  return retry && !retrySchema.safeParse(retry).success ? mission : setPart(mission, id, 'retry', retry)
}

/** What takes a step's place: its type, its settings, and its exits, the main one first. */
export interface Replacement {
  type: string
  settings?: Step['settings']
  exits: readonly string[]
}

/**
 * Puts another type of step in a step's place. Id, name, place, join and the lines into it stay, and so do the lines of exits that it has. The line of
 * the exit by which it goes on now leaves by the new main one; other lines are cut. What it held lies beside it if the
 * new type holds nothing.
 */
export function replaceStep(
  mission: Mission,
  id: string,
  { type, settings = {}, exits }: Replacement,
  goesOnBy: string | null = mainExit(mission, id),
): Mission {
  const step = mission.steps.find((one) => one.id === id)
  const fits = type !== '' && settingsSchema.safeParse(settings).success && exits.every((exit) => exitSchema.safeParse(exit).success)
  if (!step || !fits) return mission
  const [newMain] = exits
  const links = mission.links.flatMap((link) => {
    if (link.from !== id || link.exit === 'failed' || exits.includes(link.exit)) return [link]
    return link.exit === goesOnBy && newMain !== undefined ? [{ ...link, exit: newMain }] : []
  })
  const unchanged = links.length === mission.links.length && links.every((link, index) => link === mission.links[index])
  const next = { ...step, type, settings }
  const replaced = update(mission, id, { step: (one) => (sameJson(one, next) ? one : next) })
  const held = new Set(mission.steps.flatMap(({ id: one, within }) => (within === id ? [one] : [])))
  const steps = exits.includes(eachExit) ? replaced.steps : moveInto(replaced.steps, held, step.within)
  return withParts(replaced, { steps, links: unchanged ? mission.links : uniqueLinks(links) })
}

/** Lays cards somewhere else; points of what is not there are left out. */
export function place(mission: Mission, points: Readonly<Record<string, Point>>): Mission {
  const ids = new Set([...mission.triggers, ...mission.steps].map((one) => one.id))
  const moved = Object.entries(points).filter(([id, { x, y }]) => {
    const known = mission.layout[id]
    return ids.has(id) && isPoint({ x, y }) && (known?.x !== x || known.y !== y)
  })
  return moved.length === 0
    ? mission
    : { ...mission, layout: { ...mission.layout, ...Object.fromEntries(moved.map(([id, { x, y }]) => [id, { x, y }])) } }
}

/** Forgets where the cards lie: without places of its own a mission is arranged by itself. */
export function tidy(mission: Mission): Mission {
  return Object.keys(mission.layout).length === 0 ? mission : { ...mission, layout: {} }
}

/** Names the mission. */
export function setName(mission: Mission, name: string): Mission {
  return name === mission.name || !missionSchema.shape.name.safeParse(name).success ? mission : { ...mission, name }
}

/** Describes the mission. */
export function setDescription(mission: Mission, description: string): Mission {
  return description === mission.description || !missionSchema.shape.description.safeParse(description).success
    ? mission
    : { ...mission, description }
}
