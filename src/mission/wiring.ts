import { adopt, eachExit, withHeld } from './body.ts'
import type { Link, Mission } from './mission.ts'
import { notesWithout } from './notes.ts'

/** The schema admits no more links than this. */
const mostLinks = 20_000

/** The mission with other parts; the same mission when no part is another object. */
export function withParts(mission: Mission, parts: Partial<Mission>): Mission {
  const next = { ...mission, ...parts }
  const same =
    next.triggers === mission.triggers && next.steps === mission.steps && next.links === mission.links && next.layout === mission.layout
  return same ? mission : next
}

/** True when two links are the same line. */
export function sameLink(one: Link, other: Link): boolean {
  return one.from === other.from && one.exit === other.exit && one.to === other.to
}

/** Links without the second of two that are the same line. */
export function uniqueLinks(links: readonly Link[]): Link[] {
  return [...new Map(links.toReversed().map((link) => [JSON.stringify([link.from, link.exit, link.to]), link])).values()].toReversed()
}

/**
 * Draws a line from an exit (`done` unless said) to a step, which changes into or out of a body if the line leads there and nothing holds it back. Unchanged when it is there already, when an end is missing, or when it
 * would lead to a trigger or leave a trigger by another exit than `done`.
 */
export function connect(mission: Mission, line: { from: string; exit?: string; to: string }): Mission {
  const link: Link = { from: line.from, exit: line.exit ?? 'done', to: line.to }
  const fromTrigger = mission.triggers.some((trigger) => trigger.id === link.from)
  const fromStep = mission.steps.some((step) => step.id === link.from)
  const fits = (fromTrigger && link.exit === 'done') || (fromStep && link.exit !== '' && link.exit.length <= 60)
  if (!fits || !mission.steps.some((step) => step.id === link.to)) return mission
  if (mission.links.length >= mostLinks || mission.links.some((one) => sameLink(one, link))) return mission
  return adopt({ ...mission, links: [...mission.links, link] }, link)
}

/** Removes a line. Unchanged when it is not there. */
export function disconnect(mission: Mission, link: Link): Mission {
  const links = mission.links.filter((one) => !sameLink(one, link))
  return links.length === mission.links.length ? mission : { ...mission, links }
}

/** The exit by which a step goes on in the drawing: `done` if that is linked, else the first one linked, `failed` last; never into its body. */
export function mainExit(mission: Mission, id: string): string {
  const exits = mission.links.flatMap((link) => (link.from === id && link.exit !== eachExit ? [link.exit] : []))
  return exits.find((exit) => exit === 'done') ?? exits.find((exit) => exit !== 'failed') ?? exits[0] ?? 'done'
}

/**
 * The links once some steps or triggers are gone: every line that led to one of them leads to where its main exit led instead. What
 * would become a line from a step to itself is left out.
 */
export function heal(mission: Mission, gone: ReadonlySet<string>): Link[] {
  const onward = (id: string): string[] => {
    const seen = new Set([id])
    const targets: string[] = []
    for (const at of seen) {
      const exit = mainExit(mission, at)
      for (const { to } of mission.links.filter((link) => link.from === at && link.exit === exit)) {
        if (gone.has(to)) seen.add(to)
        else targets.push(to)
      }
    }
    return targets
  }
  return uniqueLinks(
    mission.links.flatMap((link) => {
      if (gone.has(link.from)) return []
      if (!gone.has(link.to)) return [link]
      return onward(link.to).flatMap((to) => (to === link.from ? [] : [{ ...link, to }]))
    }),
  )
}

/** Removes steps, with all that they hold, triggers and notes, and heals the lines through what is gone. Unchanged when none of the ids is there. */
export function removeSteps(mission: Mission, ids: readonly string[]): Mission {
  const there = new Set([...mission.triggers, ...mission.steps, ...(mission.notes ?? [])].map(({ id }) => id))
  const gone = withHeld(
    mission,
    ids.filter((id) => there.has(id)),
  )
  if (gone.size === 0) return mission
  const keep = <One extends { id: string }>(list: One[]) =>
    list.some(({ id }) => gone.has(id)) ? list.filter(({ id }) => !gone.has(id)) : list
  const links = heal(mission, gone)
  const { notes: _, ...rest } = mission
  const notes = notesWithout(mission, gone)
  return {
    ...rest,
    ...(notes ? { notes } : {}),
    triggers: keep(mission.triggers),
    steps: keep(mission.steps),
    links: links.length === mission.links.length && links.every((link, index) => link === mission.links[index]) ? mission.links : links,
    layout: Object.keys(mission.layout).some((id) => gone.has(id))
      ? Object.fromEntries(Object.entries(mission.layout).filter(([id]) => !gone.has(id)))
      : mission.layout,
  }
}

/** A line led through steps: to the first ones, and from the last ones on to where it led. */
export function through(link: Link, first: readonly string[], last: readonly { id: string; exit: string }[]): Link[] {
  return [...first.map((to) => ({ ...link, to })), ...last.map(({ id, exit }) => ({ from: id, exit, to: link.to }))]
}
