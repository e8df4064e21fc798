import type { Link, Mission, Point } from './mission.ts'

/** How far below a step the next one is laid, in points of the canvas. */
export const rowHeight = 160

/** How far beside a step another one is laid. */
export const columnWidth = 320

/**
 * Room on a line between two cards that lie by hand, for cards that take so much height from one row to the next: in its middle, and where that
 * is too near to one of them, right below the upper one, with the cards and free notes from the lower one on moved down as far as is missing.
 * Where another card lies there, it is above the lower one, below the upper one, or else beside what lies there; cards of `going` are on their
 * way and take no room. Undefined unless both ends lie by hand.
 */
export function makeRoom(
  mission: Mission,
  { from, to }: Link,
  height: number,
  going: ReadonlySet<string> = new Set(),
): { mission: Mission; at: Point } | undefined {
  const [upper, lower] = [mission.layout[from], mission.layout[to]]
  if (!upper || !lower) return undefined
  const spotIn = (layout: Mission['layout'], y: number): Point => {
    const others = Object.fromEntries(Object.entries(layout).filter(([id]) => !going.has(id)))
    const middle = { x: (upper.x + lower.x) / 2, y }
    const tried = [middle, { x: lower.x, y }, { x: upper.x, y }]
    return tried.find((point) => isFree(others, point, height)) ?? findFree(others, middle, height)
  }
  const missing = rowHeight + height - (lower.y - upper.y)
  // What leads back up has no lower card that could give way.
  if (missing <= 0 || lower.y <= upper.y) return { mission, at: spotIn(mission.layout, (upper.y + lower.y - height + rowHeight) / 2) }
  const down = <Laid extends Point>(laid: Laid): Laid => {
    const moved = { ...laid, y: laid.y + missing }
    return laid.y < lower.y || !isPoint(moved) ? laid : moved
  }
  const layout = Object.fromEntries(Object.entries(mission.layout).map(([id, point]) => [id, down(point)]))
  const notes = mission.notes?.map((note) => (note.by === undefined ? down(note) : note))
  return { mission: { ...mission, layout, ...(notes ? { notes } : {}) }, at: spotIn(layout, upper.y + rowHeight) }
}

/** From the first row of cards that lie by hand to the row below them. */
export function rowsOf(layout: Mission['layout'], ids: Iterable<string> = Object.keys(layout)): number {
  const rows = [...ids].flatMap((id) => layout[id]?.y ?? [])
  return rows.length === 0 ? rowHeight : Math.max(...rows) - Math.min(...rows) + rowHeight
}

/** How near two cards may lie to one another, below and beside, without one covering the other: a card and a little more. */
const near = { below: 120, beside: 300 }

/** Whether cards that take so much height cover none of those that lie by hand. */
function isFree(layout: Mission['layout'], { x, y }: Point, height: number): boolean {
  return Object.values(layout).every(
    (card) => Math.abs(card.x - x) >= near.beside || card.y <= y - near.below || card.y >= y + height - rowHeight + near.below,
  )
}

/** The first point from this one on to the right where cards that take so much height cover none of those that lie by hand. */
export function findFree(layout: Mission['layout'], { x, y }: Point, height = rowHeight): Point {
  const row = Object.values(layout).filter((card) => card.y > y - rowHeight && card.y < y + height)
  const free = row.sort((a, b) => a.x - b.x).reduce((at, card) => (Math.abs(card.x - at) < columnWidth ? card.x + columnWidth : at), x)
  return { x: free, y }
}

/** Whether something can lie there: far enough out, sums are no numbers any more. */
export function isPoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y)
}
