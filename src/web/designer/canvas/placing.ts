import type { Mission, Point } from '../../../mission/mission.ts'
import { type Area, type Arrangement, framePadding } from './arrange.ts'
import { Clearance } from './clearance.ts'
import { endBox } from './puzzle.ts'
import { footRoom, portPoint } from './route.ts'
import { type Card, cardSize, endSize, type Scene } from './scene.ts'

/** Where everything of a scene lies. */
export interface Placing extends Arrangement {
  /** Laid out by hand: lines find their own way. */
  free: boolean
}

/** A mission whose cards somebody has moved keeps its positions; any other is tidy by itself. */
export function isFree(mission: Mission): boolean {
  return Object.keys(mission.layout).length > 0
}

/** Puts each open end's button at the foot of its place in the arrangement, and its label above it. */
export function placeEnds(scene: Scene, arrangement: Arrangement): Arrangement {
  const labels = new Map(scene.lines.map((line) => [line.id, line.label]))
  const corners = { ...arrangement.corners }
  const ways = { ...arrangement.ways }
  for (const end of scene.ends) {
    const corner = corners[end.id]
    if (!corner) continue
    const box = endBox(labels.get(end.id) ?? '')
    const middle = corner.x + box.width / 2
    const top = corner.y + box.height - endSize.height
    corners[end.id] = { x: middle - endSize.width / 2, y: top }
    ways[end.id] = { through: [{ x: middle, y: top }], label: { x: middle, y: corner.y + (box.height - endSize.height) / 2 } }
  }
  return { ...arrangement, corners, ways }
}

/** Moves a tidy arrangement as a whole so that one card stays where it was, and the eye with it. */
export function holdStill(arrangement: Arrangement, id: string, where: Point): Arrangement {
  const now = arrangement.corners[id]
  if (!now || (now.x === where.x && now.y === where.y)) return arrangement
  const by = (point: Point): Point => ({ x: point.x + where.x - now.x, y: point.y + where.y - now.y })
  return {
    corners: Object.fromEntries(Object.entries(arrangement.corners).map(([key, point]) => [key, by(point)])),
    ways: Object.fromEntries(
      Object.entries(arrangement.ways).map(([key, way]) => [key, { through: way.through.map(by), label: by(way.label) }]),
    ),
    frames: Object.fromEntries(Object.entries(arrangement.frames).map(([key, area]) => [key, { ...area, ...by(area) }])),
  }
}

/** Positions of a mission laid out by hand. Cards without one hang below what leads to them; open ends below their exit. */
export function placeFreely(scene: Scene, layout: Mission['layout']): Placing {
  const corners: Record<string, Point> = {}
  const cards = new Map(scene.cards.map((card) => [card.id, card]))
  const above = new Map<string, string>()
  for (const line of scene.lines) if (line.kind !== 'open' && !above.has(line.to)) above.set(line.to, line.from)
  const taken = new Set<string>()
  const settle = (point: Point): Point => {
    let free = point
    while (taken.has(`${free.x},${free.y}`)) free = { x: free.x + cardSize.width + 44, y: free.y }
    taken.add(`${free.x},${free.y}`)
    return free
  }
  const place = (card: Card, within: ReadonlySet<string>): Point => {
    const known = corners[card.id]
    if (known) return known
    const kept = layout[card.id]
    const parent = cards.get(above.get(card.id) ?? '')
    const point = kept ?? (parent && !within.has(parent.id) ? under(parent, card, new Set([...within, card.id])) : { x: 0, y: 0 })
    return (corners[card.id] = kept ? point : settle(point))
  }
  /** Below a card, and below its frame when it is not inside. */
  function under(parent: Card, card: Card, within: ReadonlySet<string>): Point {
    const { x, y } = place(parent, within)
    const held = card.within === parent.id ? [] : scene.cards.filter((one) => one.within === parent.id && !within.has(one.id))
    const lowest = Math.max(y, ...held.map((one) => place(one, new Set([...within, one.id])).y + framePadding))
    return below({ x, y: lowest })
  }
  for (const card of scene.cards) place(card, new Set([card.id]))
  const labels = new Map(scene.lines.map((line) => [line.id, line.label]))
  const clearance = new Clearance(scene, { corners, frames: framesAround(scene, corners) })
  for (const end of scene.ends) {
    const card = cards.get(end.from)
    const corner = corners[end.from]
    if (!card || !corner) continue
    const port = portPoint(card.ports, end.exit)
    const exits = card.ports.filter((each) => !each.aside)
    const label = labels.get(end.id) ?? ''
    const usual = {
      x: corner.x + port.x - endSize.width / 2,
      y: corner.y + cardSize.height + footRoom(exits) + (label === '' ? 26 : 48),
    }
    corners[end.id] = clearance.standEnd(end, label, usual)
  }
  const frames = framesAround(scene, corners)
  return { corners, ways: new Clearance(scene, { corners, frames }).placeLabels(scene.lines), frames, free: true }
}

/** Frames around cards that lie anywhere. */
function framesAround(scene: Scene, corners: Readonly<Record<string, Point>>): Record<string, Area> {
  const frames: Record<string, Area> = {}
  const held = Map.groupBy(
    [...scene.cards.map((card) => ({ ...card, ...cardSize })), ...scene.ends.map((end) => ({ ...end, ...endSize }))],
    (one) => one.within,
  )
  const around = (id: string, within: ReadonlySet<string>): Area | undefined => {
    const corner = corners[id]
    const inside = held.get(id)
    if (!corner || !inside || within.has(id)) return undefined
    const areas = inside.flatMap((one) => {
      const area = around(one.id, new Set([...within, id]))
      const point = corners[one.id]
      return [...(area ? [area] : []), ...(point ? [{ ...point, width: one.width, height: one.height }] : [])]
    })
    const middle = corner.y + cardSize.height / 2
    const x = Math.min(corner.x, ...areas.map((area) => area.x)) - framePadding
    const y = Math.min(middle, ...areas.map((area) => area.y - framePadding))
    const right = Math.max(corner.x + cardSize.width, ...areas.map((area) => area.x + area.width)) + framePadding
    const bottom = Math.max(corner.y + cardSize.height, ...areas.map((area) => area.y + area.height)) + framePadding
    return (frames[id] = { x, y, width: right - x, height: bottom - y })
  }
  for (const card of scene.cards) around(card.id, new Set())
  return frames
}

const below = (corner: Point): Point => ({ x: corner.x, y: corner.y + cardSize.height + 80 })
