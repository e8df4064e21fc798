import type { Link, Mission, Step, Trigger } from './mission.ts'
import { sameValue } from './sameness.ts'

/** Everything of a placed trigger or step that can be changed apart from its settings. */
export type Aspect = 'type' | 'name' | 'join' | 'retry' | 'maxVisits' | 'within'

/** A trigger or step that is in both documents and differs. */
export interface Changed<Placed> {
  before: Placed
  after: Placed
  /** What differs apart from the settings. */
  aspects: readonly Aspect[]
  /** Names of the settings that differ, in the order in which they stand; those that were taken away last. */
  settings: readonly string[]
}

/** What came, went and changed among triggers or among steps, each in the order of the document it is taken from. */
export interface Changes<Placed> {
  added: readonly Placed[]
  removed: readonly Placed[]
  changed: readonly Changed<Placed>[]
}

/** How a mission became another. Where cards lie means nothing to a run and is not compared, nor is the order in which things are kept. */
export interface Comparison {
  name?: { before: string; after: string }
  description?: { before: string; after: string }
  triggers: Changes<Trigger>
  steps: Changes<Step>
  /** Also those that came or went with their steps. */
  links: { added: readonly Link[]; removed: readonly Link[] }
}

/** Compares two documents of a mission. Triggers and steps are the same when they have the same id, whatever else became of them. */
export function compareMissions(before: Mission, after: Mission): Comparison {
  return {
    ...(before.name === after.name ? {} : { name: { before: before.name, after: after.name } }),
    ...(before.description === after.description ? {} : { description: { before: before.description, after: after.description } }),
    triggers: comparePlaced(before.triggers, after.triggers),
    steps: comparePlaced(before.steps, after.steps),
    links: { added: without(after.links, before.links), removed: without(before.links, after.links) },
  }
}

function comparePlaced<Placed extends Step | Trigger>(before: readonly Placed[], after: readonly Placed[]): Changes<Placed> {
  const [known, kept] = [byId(before), byId(after)]
  return {
    added: after.filter(({ id }) => !known.has(id)),
    removed: before.filter(({ id }) => !kept.has(id)),
    changed: after.flatMap((placed): Changed<Placed>[] => {
      const was = known.get(placed.id)
      if (!was) return []
      const aspects = differing(was, placed)
      const settings = changedSettings(was.settings, placed.settings)
      return aspects.length + settings.length === 0 ? [] : [{ before: was, after: placed, aspects, settings }]
    }),
  }
}

const byId = <Placed extends { id: string }>(placed: readonly Placed[]) => new Map(placed.map((one) => [one.id, one]))

const aspects: readonly Aspect[] = ['type', 'name', 'join', 'retry', 'maxVisits', 'within']

function differing(before: Step | Trigger, after: Step | Trigger): Aspect[] {
  const was: Partial<Step> = before
  const is: Partial<Step> = after
  return aspects.filter((aspect) => !sameValue(was[aspect], is[aspect]))
}

function changedSettings(before: Step['settings'], after: Step['settings']): string[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...names].filter((name) => !sameValue(before[name], after[name]))
}

function without(links: readonly Link[], others: readonly Link[]): Link[] {
  const known = new Set(others.map(nameLink))
  return links.filter((link) => !known.has(nameLink(link)))
}

// No id holds a line break, and the exit comes last.
const nameLink = ({ from, exit, to }: Link) => `${from}\n${to}\n${exit}`
