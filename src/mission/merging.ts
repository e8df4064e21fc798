import { pickId, renameId } from './ids.ts'
import type { Kinds } from './kinds.ts'
import { type Link, type Mission, missionSchema } from './mission.ts'
import { problems } from './problems.ts'
import { sameValue } from './sameness.ts'

/** What two people drew into one document: the merged mission, or why a person has to choose. */
export type Merging =
  | { mission: Mission }
  | {
      /** Triggers and steps that both changed differently, or that one changed and the other removed. Empty when it is about something else. */
      clashes: string[]
    }

/**
 * Merges what two people did to the same document, as a three-way merge by id: what only one of them touched is taken from that one. Both having
 * touched the same trigger, step or note, the lines of the same exit or into the same step, or the same of the mission's own texts, is no merge, nor is
 * anything that has problems which neither of theirs has. Where cards lie is mine if I moved any. Changes nothing.
 *
 * The result keeps the order of theirs, with mine after it; a step that both added under one id keeps it in theirs only.
 */
export function merge(base: Mission, mine: Mission, theirs: Mission, kinds: Kinds): Merging {
  const own = withFreeIds(base, mine, theirs)
  const clashes = new Set<string>()
  const mergeList = <Placed extends { id: string }>(of: (mission: Mission) => readonly Placed[]): Placed[] => [
    ...mergeByKey(byId(of(base)), byId(of(own)), byId(of(theirs)), (id) => clashes.add(id)).values(),
  ]
  const triggers = mergeList((mission) => mission.triggers)
  const steps = mergeList((mission) => mission.steps)
  const links = mergeLinks(base.links, own.links, theirs.links)
  const about = mergeByKey(aboutOf(base), aboutOf(own), aboutOf(theirs), () => clashes.add(''))
  const known = new Set([...triggers, ...steps].map(({ id }) => id))
  if (clashes.size > 0 || !links) return { clashes: [...clashes].filter((id) => id !== '') }
  const read = missionSchema.safeParse({
    ...Object.fromEntries(about),
    triggers,
    steps,
    links,
    layout: mergeLayout(base.layout, own.layout, theirs.layout, known),
  })
  const lost = links.some(({ from, to }) => !known.has(from) || !known.has(to))
  return read.success && !lost && isSound(read.data, [own, theirs], kinds) ? { mission: read.data } : { clashes: [] }
}

/** Gives what I added under an id that they, too, added something under, another one. */
function withFreeIds(base: Mission, mine: Mission, theirs: Mission): Mission {
  const placed = (mission: Mission) => byId([...mission.triggers, ...mission.steps])
  const [was, other] = [placed(base), placed(theirs)]
  const taken = new Set([...was.keys(), ...other.keys(), ...placed(mine).keys()])
  let own = mine
  for (const [id, one] of placed(mine)) {
    if (was.has(id) || !other.has(id) || sameValue(one, other.get(id))) continue
    const free = pickId(taken, [id])
    taken.add(free)
    own = renameId(own, id, free)
  }
  return own
}

const byId = <Placed extends { id: string }>(list: readonly Placed[]) => new Map(list.map((placed) => [placed.id, placed]))

/** What of three is the newest; undefined in `taken` for what was removed. */
function choose<Value>(base: Value, mine: Value, theirs: Value): { taken: Value } | undefined {
  if (sameValue(mine, theirs) || sameValue(base, mine)) return { taken: theirs }
  return sameValue(base, theirs) ? { taken: mine } : undefined
}

function mergeByKey<Value>(
  base: ReadonlyMap<string, Value>,
  mine: ReadonlyMap<string, Value>,
  theirs: ReadonlyMap<string, Value>,
  clash: (key: string) => void,
): Map<string, Value> {
  const merged = new Map<string, Value>()
  for (const key of new Set([...theirs.keys(), ...mine.keys()])) {
    const chosen = choose(base.get(key), mine.get(key), theirs.get(key))
    if (!chosen) clash(key)
    else if (chosen.taken !== undefined) merged.set(key, chosen.taken)
  }
  return merged
}

/** The document apart from what is merged piece by piece. */
function aboutOf({ triggers: _, steps: __, links: ___, layout: ____, ...about }: Mission): Map<string, unknown> {
  return new Map(Object.entries(about))
}

// No id holds a line break, and the exit comes last.
const nameLink = ({ from, exit, to }: Link) => `${from}\n${to}\n${exit}`

/** The lines of both; undefined when both changed those of one exit, or those into one step, differently. */
function mergeLinks(base: readonly Link[], mine: readonly Link[], theirs: readonly Link[]): Link[] | undefined {
  const ends: ((link: Link) => string)[] = [({ from, exit }) => `${from}\n${exit}`, ({ to }) => to]
  for (const end of ends) {
    const [was, own, other] = [base, mine, theirs].map((links) => grouped(links, end))
    for (const key of new Set([...(own?.keys() ?? []), ...(other?.keys() ?? []), ...(was?.keys() ?? [])]))
      if (!choose(was?.get(key), own?.get(key), other?.get(key))) return undefined
  }
  const named = (links: readonly Link[]) => new Map(links.map((link) => [nameLink(link), link]))
  return [...mergeByKey(named(base), named(mine), named(theirs), () => undefined).values()]
}

/** The names of the links at each end, in the order of the alphabet. */
function grouped(links: readonly Link[], end: (link: Link) => string): Map<string, string> {
  const groups = new Map<string, string[]>()
  for (const link of links) groups.set(end(link), [...(groups.get(end(link)) ?? []), nameLink(link)])
  return new Map([...groups].map(([key, names]) => [key, names.sort().join('\n\n')]))
}

type Layout = Mission['layout']

function mergeLayout(base: Layout, mine: Layout, theirs: Layout, known: ReadonlySet<string>): Layout {
  const moved = !sameValue(base, mine)
  const merged = moved ? { ...Object.fromEntries(Object.entries(theirs).filter(([id]) => !(id in base))), ...mine } : theirs
  return Object.fromEntries(Object.entries(merged).filter(([id]) => known.has(id)))
}

/** Whether nothing is wrong with a mission that was not wrong with one of those it comes from. */
function isSound(merged: Mission, from: readonly Mission[], kinds: Kinds): boolean {
  const errors = (mission: Mission) => problems(mission, kinds).flatMap(({ severity, id }) => (severity === 'error' ? [id] : []))
  const known = new Set(from.flatMap(errors))
  return errors(merged).every((id) => known.has(id))
}
