import { bodyBehind, eachExit, moveInto, withHeld } from './body.ts'
import { chainOf, type ExitsOf, goingOn } from './chain.ts'
import type { Link, Mission, Point } from './mission.ts'
import { findFree, isPoint, makeRoom, rowHeight, rowsOf } from './room.ts'
import { mainExit, sameLink, through, uniqueLinks } from './wiring.ts'

/**
 * Where a step is moved: onto a line; after an exit (`done` unless said), beside what follows it already; before a step, into all lines that
 * lead there; or past a step, into all lines that leave it by an exit (its main one unless said). With a point, it is laid there.
 */
export type Place = { point?: Point } & (
  | { onto: Link }
  | { after: string; exit?: string }
  | { before: string }
  | { past: string; exit?: string }
)

/**
 * Takes a step out of its place, healing the line there, and puts it somewhere else; by which exit it goes on there can be said.
 * The lines of its other exits stay, and so does what it holds. Unchanged when there is no such place, or when it is the step's own or lies inside it.
 */
export function moveStep(mission: Mission, id: string, place: Place, goesOnBy: string | null = mainExit(mission, id)): Mission {
  return mission.steps.some((step) => step.id === id) ? moveChain(mission, { ids: [id], last: id, goesOnBy }, place) : mission
}

/**
 * Moves steps that follow one another as they are, like one: what led to any of them leads on to where the last of them went. `exits` says by
 * which exit steps go on. Unchanged when they are no chain (`chainOf`), and for all that leaves {@link moveStep} nothing to do.
 */
export function moveSteps(mission: Mission, ids: readonly string[], place: Place, exits: ExitsOf = () => undefined): Mission {
  const chain = chainOf(mission, ids, exits)
  const last = chain?.at(-1)
  return chain && last !== undefined ? moveChain(mission, { ids: chain, last, goesOnBy: goingOn(mission, exits)(last) }, place) : mission
}

/** Steps one after the other, and the exit by which the last of them goes on. */
interface Chain {
  ids: readonly string[]
  last: string
  goesOnBy: string | null
}

function moveChain(mission: Mission, chain: Chain, place: Place): Mission {
  const [first] = chain.ids
  const members = new Set(chain.ids)
  if (first === undefined || !isThere(mission, members, place)) return mission
  const out = { ...mission, links: takeOut(mission, members, chain) }
  const holder = bodyAt(out, place)
  if (holder !== undefined && withHeld(mission, members).has(holder)) return mission
  const links = uniqueLinks(putIn(out, first, members, chain, place))
  const steps = moveInto(mission.steps, members, holder)
  const room =
    place.point === undefined && 'onto' in place ? makeRoom(mission, place.onto, rowsOf(mission.layout, members), members) : undefined
  const roomy = room?.mission ?? mission
  const layout = layChain(mission, roomy, first, members, room ? { ...place, point: room.at } : place)
  const known = new Set(mission.links.map(nameLink))
  const sameLinks = links.length === mission.links.length && links.every((link) => known.has(nameLink(link)))
  if (sameLinks && steps === mission.steps && layout === mission.layout) return mission
  return { ...roomy, links: sameLinks ? mission.links : links, steps, layout }
}

/**
 * Moves a step one place earlier (-1) or later (1) on its line: it changes places with the step before or after it. `exits`
 * says by which exit it, and the step that it is moved past, go on: null for a step without exits, undefined for the one that its lines show.
 * Unchanged at the ends of a line, where several lines meet or part, and at the border of a body.
 */
export function moveAlong(mission: Mission, id: string, by: 1 | -1, exits: ExitsOf = () => undefined): Mission {
  const exitOf = goingOn(mission, exits)
  const goesOnBy = exitOf(id)
  if (goesOnBy === null || goesOnBy === eachExit) return mission
  if (by === -1) {
    const [line, ...others] = mission.links.filter(({ from, to }) => to === id && from !== id)
    const possible = line && others.length === 0 && line.exit !== eachExit && mission.steps.some((step) => step.id === line.from)
    return possible ? moveStep(mission, id, { before: line.from }, goesOnBy) : mission
  }
  const [line, ...others] = mission.links.filter(({ from, exit, to }) => from === id && exit === goesOnBy && to !== id)
  const exit = line && others.length === 0 ? exitOf(line.to) : null
  return line && exit !== null && exit !== eachExit ? moveStep(mission, id, { past: line.to, exit }, goesOnBy) : mission
}

// No id holds a line break, and the exit comes last.
const nameLink = ({ from, exit, to }: Link) => `${from}\n${to}\n${exit}`

function isThere({ triggers, steps, links }: Mission, members: ReadonlySet<string>, place: Place): boolean {
  const { point } = place
  if (point && !isPoint(point)) return false
  if ('onto' in place)
    return !members.has(place.onto.from) && !members.has(place.onto.to) && links.some((link) => sameLink(link, place.onto))
  const step = (other: string) => !members.has(other) && steps.some((one) => one.id === other)
  if ('before' in place) return step(place.before)
  const exit = place.exit ?? 'done'
  const fits = exit !== '' && exit.length <= 60
  if ('past' in place) return fits && exit !== eachExit && step(place.past)
  return fits && (step(place.after) || (exit === 'done' && triggers.some((trigger) => trigger.id === place.after)))
}

/** The links without some steps: what led to them leads to where the last went on. Those of other exits stay, and so do those between them. */
function takeOut({ links }: Mission, members: ReadonlySet<string>, { last, goesOnBy }: Chain): Link[] {
  const targets = links.filter((link) => link.from === last && link.exit === goesOnBy && !members.has(link.to)).map((link) => link.to)
  return links.flatMap((link): Link[] => {
    if (members.has(link.from)) return (link.from === last && link.exit === goesOnBy) || link.to === link.from ? [] : [link]
    if (members.has(link.to)) return targets.filter((to) => to !== link.from).map((to) => ({ ...link, to }))
    return [link]
  })
}

function putIn(mission: Mission, id: string, members: ReadonlySet<string>, chain: Chain, place: Place): Link[] {
  const last = chain.goesOnBy === null ? [] : [{ id: chain.last, exit: chain.goesOnBy }]
  const { links } = mission
  if ('onto' in place) return links.flatMap((link) => (sameLink(link, place.onto) ? through(link, [id], last) : [link]))
  if ('after' in place) return [...links, { from: place.after, exit: place.exit ?? 'done', to: id }]
  if ('before' in place) {
    const led = links.map((link) => (link.to === place.before && !members.has(link.from) ? { ...link, to: id } : link))
    return [...led, ...last.map((end) => ({ from: end.id, exit: end.exit, to: place.before }))]
  }
  const by = place.exit ?? mainExit(mission, place.past)
  const into: Link = { from: place.past, exit: by, to: id }
  const led = links.flatMap((link) =>
    link.from === place.past && link.exit === by && !members.has(link.to)
      ? [into, ...last.map((end) => ({ from: end.id, exit: end.exit, to: link.to }))]
      : [link],
  )
  return led.some((link) => sameLink(link, into)) ? led : [...led, into]
}

function bodyAt(mission: Mission, place: Place): string | undefined {
  if ('onto' in place) return bodyBehind(mission, place.onto.from, place.onto.exit)
  if ('after' in place) return bodyBehind(mission, place.after, place.exit ?? 'done')
  const beside = 'before' in place ? place.before : place.past
  return mission.steps.find((step) => step.id === beside)?.within
}

/** Where the cards of a chain lie by hand: the first where a step would lie, the others beside it as `before`. */
function layChain(before: Mission, mission: Mission, first: string, members: ReadonlySet<string>, place: Place): Mission['layout'] {
  const layout = lay(mission, first, members, place)
  const [was, is] = [before.layout[first], layout[first]]
  if (!was || !is || (was.x === is.x && was.y === is.y && before === mission)) return layout
  const others = [...members].flatMap((id): [string, Point][] => {
    const point = before.layout[id]
    return id === first || !point ? [] : [[id, { x: point.x + is.x - was.x, y: point.y + is.y - was.y }]]
  })
  return { ...layout, ...Object.fromEntries(others) }
}

/** Where a card lies by hand: at its point, or below what it comes after; two that change places on a line change them here too. */
function lay({ layout }: Mission, id: string, members: ReadonlySet<string>, place: Place): Mission['layout'] {
  const laid = (points: Record<string, Point | undefined>): Mission['layout'] => {
    const known = Object.entries(points).flatMap(([key, point]): [string, Point][] => {
      const was = layout[key]
      return point && isPoint(point) && (was?.x !== point.x || was.y !== point.y) ? [[key, point]] : []
    })
    return known.length === 0 ? layout : { ...layout, ...Object.fromEntries(known) }
  }
  if (place.point) return laid({ [id]: place.point })
  if ('onto' in place) return layout
  if ('after' in place) {
    const above = layout[place.after]
    const others = Object.fromEntries(Object.entries(layout).filter(([key]) => !members.has(key)))
    return laid({ [id]: above && findFree(others, { x: above.x, y: above.y + rowHeight }) })
  }
  const other = 'before' in place ? place.before : place.past
  const [mine, theirs] = [layout[id], layout[other]]
  return mine && theirs ? laid({ [id]: theirs, [other]: mine }) : layout
}
