import { eachExit, withHeld } from './body.ts'
import { failedExit, type Link, type Mission, type Step } from './mission.ts'
import type { Kinds } from './kinds.ts'
import { roots } from './roots.ts'
import { visitTexts } from './texts.ts'

/** Why steps are no section of a mission. Ids are those of the mission. */
export type Obstacle =
  | { is: 'nothing' }
  | { is: 'trigger'; id: string }
  /** Some lie in a *for each*, others do not. */
  | { is: 'border' }
  /** Lines lead from outside to several of them, or nothing leads to some. */
  | { is: 'ways-in'; ids: readonly string[] }
  /** Lines leave to different steps, or from the middle. */
  | { is: 'ways-out'; ids: readonly string[] }
  /** What follows starts before all of them are done. */
  | { is: 'first'; id: string }
  /** A way ends inside, though others lead on. */
  | { is: 'ends-inside'; id: string; exit: string | undefined }
  /** A step outside uses what a step inside gives. */
  | { is: 'used'; id: string; by: string }

/** Steps with one way in and one way out, so that one step could stand in their place. */
export interface Section {
  /** With all that they hold. */
  ids: ReadonlySet<string>
  /** The step to which all ways in lead. */
  entry: string
  /** Where all ways out lead: nowhere, to one step, or to several at the same time. */
  targets: readonly string[]
}

/** The section that some steps are, or why they are none. */
export function readSection(mission: Mission, chosen: readonly string[]): Section | Obstacle {
  const trigger = mission.triggers.find(({ id }) => chosen.includes(id))
  if (trigger) return { is: 'trigger', id: trigger.id }
  const ids = withHeld(
    mission,
    mission.steps.flatMap(({ id }) => (chosen.includes(id) ? [id] : [])),
  )
  const outer = outermost(mission, ids)
  const [first] = outer
  if (!first) return { is: 'nothing' }
  if (outer.some((step) => step.within !== first.within)) return { is: 'border' }
  const led = new Set(mission.links.flatMap(({ from, to }) => (ids.has(to) && !ids.has(from) ? [to] : [])))
  const loose = outer.filter(({ id }) => !mission.links.some((link) => link.to === id && link.from !== id))
  const entries = [...new Set([...led, ...loose.map(({ id }) => id)])]
  const [entry] = entries
  if (entry === undefined || entries.length > 1) return { is: 'ways-in', ids: entries.length > 1 ? entries : outer.map(({ id }) => id) }
  const out = readWaysOut(mission, ids)
  if ('is' in out) return out
  return findUse(mission, ids) ?? { ids, entry, targets: out.targets }
}

/** The steps of a set that no other one of it holds. */
export function outermost(mission: Mission, ids: ReadonlySet<string>): Step[] {
  return mission.steps.filter(({ id, within }) => ids.has(id) && (within === undefined || !ids.has(within)))
}

function readWaysOut(mission: Mission, ids: ReadonlySet<string>): { targets: string[] } | Obstacle {
  const ways = [
    ...Map.groupBy(
      mission.links.filter(({ from }) => ids.has(from)),
      ({ from, exit }) => `${from}\n${exit}`,
    ).values(),
  ]
  const out = ways.filter((way) => way.some(({ to }) => !ids.has(to)))
  const targets = (out[0] ?? []).map(({ to }) => to)
  const alike = (way: readonly Link[]) =>
    way.length === targets.length && way.every(({ exit, to }) => exit !== failedExit && !ids.has(to) && targets.includes(to))
  if (!out.every(alike)) return { is: 'ways-out', ids: [...new Set(out.map(([link]) => link?.from ?? ''))] }
  const early = mission.steps.find((step) => targets.includes(step.id) && step.join !== undefined && step.join.wait !== 'all')
  return early && out.length > 1 ? { is: 'first', id: early.id } : { targets }
}

function findUse(mission: Mission, ids: ReadonlySet<string>): Obstacle | undefined {
  for (const step of mission.steps) {
    if (ids.has(step.id)) continue
    let used: string | undefined
    visitTexts(step.settings, (_, text) => {
      used ??= roots(text).find(({ name }) => ids.has(name))?.name
    })
    if (used !== undefined) return { is: 'used', id: used, by: step.id }
  }
  return undefined
}

/**
 * A way that ends inside a section though others lead on: as one step it would lead on there as well. Undefined when there is
 * none, or when nothing follows the section at all.
 */
export function endInside(mission: Mission, { ids, targets }: Section, kinds: Kinds): Obstacle | undefined {
  if (targets.length === 0) return undefined
  for (const step of outermost(mission, ids)) {
    const exits = kinds.step(step.type)?.exits(step.settings) ?? []
    if (exits.length === 0) return { is: 'ends-inside', id: step.id, exit: undefined }
    const open = exits.find(
      ({ name }) => name !== eachExit && name !== failedExit && !mission.links.some(({ from, exit }) => from === step.id && exit === name),
    )
    if (open) return { is: 'ends-inside', id: step.id, exit: open.name }
  }
  return undefined
}
