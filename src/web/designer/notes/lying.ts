import type { Mission, Note, Point } from '../../../mission/mission.ts'
import { cardSize } from '../canvas/scene.ts'

type Corners = Readonly<Record<string, Point>>

/** Where a note lies on the canvas; undefined when its card is not to be seen now, folded away in a frame. */
export function cornerOf({ by, x, y }: Pick<Note, 'by' | 'x' | 'y'>, corners: Corners, cards: ReadonlySet<string>): Point | undefined {
  const card = by === undefined ? undefined : corners[by]
  if (!card && by !== undefined && cards.has(by)) return undefined
  return { x: (card?.x ?? 0) + x, y: (card?.y ?? 0) + y }
}

/** What a note that lies at a corner of the canvas lies by: the card whose middle is nearest, so that it goes where that goes. */
export function lieBy(corner: Point, size: { width: number; height: number }, corners: Corners, cards: ReadonlySet<string>) {
  let best: { by: string; at: Point; distance: number } | undefined
  for (const by of cards) {
    const at = corners[by]
    if (!at) continue
    const across = at.x + cardSize.width / 2 - corner.x - size.width / 2
    const down = at.y + cardSize.height / 2 - corner.y - size.height / 2
    const distance = Math.hypot(across, down)
    if (!best || distance < best.distance) best = { by, at, distance }
  }
  const rounded = (value: number) => Math.round(value)
  if (!best) return { by: undefined, x: rounded(corner.x), y: rounded(corner.y) }
  return { by: best.by, x: rounded(corner.x - best.at.x), y: rounded(corner.y - best.at.y) }
}

/** Ids of all cards of a mission. */
export function cardIds({ triggers, steps }: Pick<Mission, 'triggers' | 'steps'>): ReadonlySet<string> {
  return new Set([...triggers, ...steps].map(({ id }) => id))
}
