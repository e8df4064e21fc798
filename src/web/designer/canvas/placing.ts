import type { Mission, Point } from '../../../mission/mission.ts'
import type { Arrangement } from './arrange.ts'
import { endBox } from './puzzle.ts'
import { portPoint } from './route.ts'
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
  return { corners, ways }
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
    const point = kept ?? (parent && !within.has(parent.id) ? below(place(parent, new Set([...within, card.id]))) : { x: 0, y: 0 })
    return (corners[card.id] = kept ? point : settle(point))
  }
  for (const card of scene.cards) place(card, new Set([card.id]))
  for (const end of scene.ends) {
    const card = cards.get(end.from)
    const corner = corners[end.from]
    if (!card || !corner) continue
    const port = portPoint(card.ports, end.exit)
    // Neighbouring labels stand on two levels: they are wider than the gap between two exits.
    const exits = card.ports.filter((each) => !each.aside)
    const level = exits.length > 1 ? exits.findIndex((each) => each.exit === end.exit) % 2 : 0
    corners[end.id] = {
      x: corner.x + port.x - endSize.width / 2,
      y: corner.y + cardSize.height + (exits.length > 1 ? 48 + level * 34 : 26),
    }
  }
  return { corners, ways: {}, free: true }
}

const below = (corner: Point): Point => ({ x: corner.x, y: corner.y + cardSize.height + 80 })
