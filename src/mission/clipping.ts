import { z } from 'zod'
import { bodyBehind, withHeld } from './body.ts'
import { pickId, redirect } from './ids.ts'
import { type Link, type Mission, missionSchema, type Note, type Point, type Step, type Trigger } from './mission.ts'
import { freeNoteId, withNotes } from './notes.ts'
import { findFree, isPoint, makeRoom, rowHeight, rowsOf } from './room.ts'
import { sameLink, through, uniqueLinks } from './wiring.ts'

/** The schema admits no more steps than this; reading all of them again for every new one would be slow. */
export const mostSteps = 5_000

/** A piece of a mission: what copying takes, what the clipboard holds, what pasting puts in. */
export const clippingSchema = z.strictObject({
  triggers: missionSchema.shape.triggers,
  steps: missionSchema.shape.steps,
  links: missionSchema.shape.links,
  layout: missionSchema.shape.layout,
  notes: missionSchema.shape.notes,
})

/** A piece of a mission. Its links lie between its own steps. */
export type Clipping = z.infer<typeof clippingSchema>

/**
 * Where steps are put in: onto a line; after an exit (`done` unless said), beside what follows it already; before a step, into all lines that lead
 * there; or nowhere in particular. With a point, the first of them is laid there.
 */
export type Spot = { point?: Point } & ({ onto: Link } | { after: string; exit?: string } | { before: string } | { free: true })

/** Copies steps, with all that they hold, triggers and notes, with the links between them. */
export function copy(mission: Mission, ids: readonly string[]): Clipping {
  const chosen = withHeld(mission, ids)
  const notes = mission.notes?.filter(({ id }) => chosen.has(id)) ?? []
  return {
    triggers: mission.triggers.filter(({ id }) => chosen.has(id)),
    steps: mission.steps.filter(({ id }) => chosen.has(id)),
    links: mission.links.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
    layout: Object.fromEntries(Object.entries(mission.layout).filter(([id]) => chosen.has(id))),
    ...(notes.length === 0 ? {} : { notes }),
  }
}

/** Pastes a piece beside everything else, with fresh ids where the old ones are taken; at a point, or a little beside where it was. */
export function paste(mission: Mission, clipping: Clipping, point?: Point): Mission {
  return insert(mission, clipping, { free: true, ...(point ? { point } : {}) })
}

/** Copies steps and triggers right beside themselves. */
export function duplicate(mission: Mission, ids: readonly string[]): Mission {
  return paste(mission, copy(mission, ids))
}

/**
 * Puts a piece into a mission. Ids that are taken become fresh ones, in the piece's own links and references too. Its first steps are led to from the
 * spot; its last ones, those that nothing in the piece follows, lead on from it by `goesOnBy` (`done` unless said; null for a step that
 * ends there). At a spot inside a body they belong to it. Unchanged when the spot is not there, the piece is empty or not valid, or the mission would become too large.
 * New steps stand at the end of the list of steps.
 */
export function insert(mission: Mission, clipping: Clipping, spot: Spot, goesOnBy: (step: Step) => string | null = () => 'done'): Mission {
  const size = clipping.triggers.length + clipping.steps.length + (clipping.notes ?? []).length
  if (size === 0 || !isThere(mission, spot) || !clippingSchema.safeParse(clipping).success) return mission
  const renamed = freshIds(mission, clipping)
  const renew = <One extends Step | Trigger>(one: One): One => ({
    ...one,
    id: renamed.get(one.id) ?? one.id,
    settings: redirect(one.settings, renamed),
  })
  const holder = bodyAt(mission, spot)
  // What is held in the piece stays with its holder, everything else lies where the spot is.
  const steps = clipping.steps.map((step) => {
    const { within, ...free } = renew(step)
    const kept = within === undefined ? undefined : renamed.get(within)
    return { ...free, ...(kept !== undefined ? { within: kept } : holder !== undefined ? { within: holder } : {}) }
  })
  const outer = steps.filter((step) => step.within === holder)
  const outerIds = new Set(outer.map(({ id }) => id))
  const inner = clipping.links.flatMap((link): Link[] => {
    const [from, to] = [renamed.get(link.from), renamed.get(link.to)]
    return from !== undefined && to !== undefined ? [{ ...link, from, to }] : []
  })
  const first = outer.filter(({ id }) => !inner.some((link) => link.to === id)).map(({ id }) => id)
  const last = outer.flatMap((step) => {
    const exit = inner.some((link) => link.from === step.id && outerIds.has(link.to)) ? null : goesOnBy(step)
    return exit === null ? [] : [{ id: step.id, exit }]
  })
  const room = spot.point === undefined && 'onto' in spot ? makeRoom(mission, spot.onto, rowsOf(clipping.layout)) : undefined
  const roomy = room?.mission ?? mission
  const next = {
    triggers: [...mission.triggers, ...clipping.triggers.map(renew)],
    steps: [...mission.steps, ...steps],
    links: uniqueLinks([...(first.length === 0 ? mission.links : lead(mission, spot, first, last)), ...inner]),
    layout: { ...roomy.layout, ...lay(mission, clipping, room ? { ...spot, point: room.at } : spot, renamed) },
  }
  const { triggers, links } = missionSchema.shape
  const fits = next.steps.length <= mostSteps && triggers.safeParse(next.triggers).success && links.safeParse(next.links).success
  if (!fits) return mission
  const whole = { ...roomy, ...next }
  const added = layNotes(roomy, clipping, renamed)
  const noted = added.length === 0 ? whole : withNotes(whole, [...(roomy.notes ?? []), ...added])
  return added.length > 0 && noted === whole ? mission : noted
}

/** The notes of a piece: by the new cards if theirs came along, or else a little beside where they lay. */
function layNotes(mission: Mission, { notes = [] }: Clipping, renamed: ReadonlyMap<string, string>): Note[] {
  const there = new Set([...mission.triggers, ...mission.steps].map(({ id }) => id))
  const laid: Note[] = []
  for (const { by, ...note } of notes) {
    const card = by === undefined ? undefined : (renamed.get(by) ?? (there.has(by) ? by : undefined))
    const shift = by !== undefined && renamed.has(by) ? 0 : aside
    const id = freeNoteId([...(mission.notes ?? []), ...laid])
    laid.push({ ...note, id, x: note.x + shift, y: note.y + shift, ...(card === undefined ? {} : { by: card }) })
  }
  return laid
}

function isThere(mission: Mission, spot: Spot): boolean {
  if (spot.point && !isPoint(spot.point)) return false
  if ('onto' in spot) return mission.links.some((link) => sameLink(link, spot.onto))
  if ('after' in spot) {
    const exit = spot.exit ?? 'done'
    return mission.steps.some(({ id }) => id === spot.after) || (exit === 'done' && mission.triggers.some(({ id }) => id === spot.after))
  }
  return !('before' in spot) || mission.steps.some(({ id }) => id === spot.before)
}

/** In which body new steps at a spot lie; undefined: in none. */
function bodyAt(mission: Mission, spot: Spot): string | undefined {
  if ('onto' in spot) return bodyBehind(mission, spot.onto.from, spot.onto.exit)
  if ('after' in spot) return bodyBehind(mission, spot.after, spot.exit ?? 'done')
  return 'before' in spot ? mission.steps.find(({ id }) => id === spot.before)?.within : undefined
}

function freshIds(mission: Mission, clipping: Clipping): Map<string, string> {
  const taken = new Set([...mission.triggers, ...mission.steps].map((one) => one.id))
  const renamed = new Map<string, string>()
  for (const { id } of [...clipping.triggers, ...clipping.steps]) {
    const fresh = pickId(taken, [id])
    taken.add(fresh)
    renamed.set(id, fresh)
  }
  return renamed
}

/** The mission's links once those at the spot lead through the new steps. */
function lead(mission: Mission, spot: Spot, first: readonly string[], last: readonly { id: string; exit: string }[]): Link[] {
  if ('onto' in spot) return mission.links.flatMap((link) => (sameLink(link, spot.onto) ? through(link, first, last) : [link]))
  if ('after' in spot) return [...mission.links, ...first.map((to) => ({ from: spot.after, exit: spot.exit ?? 'done', to }))]
  if ('before' in spot)
    return [
      ...mission.links.flatMap((link) => (link.to === spot.before ? first.map((to) => ({ ...link, to })) : [link])),
      ...last.map(({ id, exit }) => ({ from: id, exit, to: spot.before })),
    ]
  return mission.links
}

/** How far beside itself a copy is laid. */
const aside = 40

/** Where the new cards lie: as in the piece, moved so that the first one is at the spot. */
function lay(mission: Mission, clipping: Clipping, spot: Spot, renamed: ReadonlyMap<string, string>): Record<string, Point> {
  const ids = [...clipping.triggers, ...clipping.steps].map(({ id }) => id)
  const [firstId = ''] = ids
  const origin = clipping.layout[ids.find((id) => clipping.layout[id] !== undefined) ?? '']
  const start = spot.point ?? near(mission, spot) ?? (origin && { x: origin.x + aside, y: origin.y + aside })
  if (!start) return {}
  const moved = origin ?? { x: 0, y: 0 }
  const layout: Record<string, Point> = {}
  for (const id of ids) {
    const known = clipping.layout[id] ?? (id === firstId && !origin ? moved : undefined)
    const point = known && { x: start.x + known.x - moved.x, y: start.y + known.y - moved.y }
    // A card for which there is no point is laid where there is room.
    if (point && isPoint(point)) layout[renamed.get(id) ?? id] = point
  }
  return layout
}

function near({ layout }: Mission, spot: Spot): Point | undefined {
  const [beside, step] = 'after' in spot ? [layout[spot.after], rowHeight] : 'before' in spot ? [layout[spot.before], -rowHeight] : []
  return beside && findFree(layout, { x: beside.x, y: beside.y + (step ?? 0) })
}
