import type { Point } from '../../../mission/mission.ts'
import type { Placing } from './placing.ts'
import { cardSize, endSize } from './scene.ts'

/** A view of the canvas as React Flow has it: what of it lies at the upper left corner of the window, and the zoom. */
export interface View extends Point {
  zoom: number
}

/** At this zoom the sentences on the cards are read at arm's length. */
export const readable = 0.85
/** At this one still at a desk: better small than cut at the side, where the whole of it then is. */
const least = 0.7
const step = 0.03
/** Room above, below and beside what is shown. */
const margin = 48
const side = 20

interface Shown {
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * Where the view of a mission begins: all of it where that can be read; of a larger one the beginning, at the zoom and the place at which the
 * fewest of the cards in sight are cut at the sides, and those of the first rows are not. Undefined for nothing to show, or nowhere.
 */
export function openingView({ corners }: Pick<Placing, 'corners'>, { width, height }: { width: number; height: number }): View | undefined {
  const boxes = Object.entries(corners)
    .map(([id, { x, y }]): Shown => {
      const size = id.endsWith(':') ? endSize : cardSize
      return { left: x, right: x + size.width, top: y, bottom: y + size.height }
    })
    .sort((one, other) => one.top - other.top)
  const [first] = boxes
  if (!first || width === 0) return undefined
  const all = boxes.reduce(unite, first)
  const whole = Math.min((width - 2 * side) / (all.right - all.left), (height - 2 * margin) / (all.bottom - all.top))
  if (whole >= least) {
    const zoom = Math.min(1, whole)
    return { x: centre(all, zoom, width), y: (height - (all.top + all.bottom) * zoom) / 2, zoom }
  }
  let best: { view: View; cut: number } | undefined
  for (let zoom = readable; zoom >= least; zoom -= step) {
    const room = (width - 2 * side) / zoom
    const seen = boxes.filter((box) => (box.top - all.top) * zoom + margin < height)
    const kept = firstRows(seen, room)
    const x = centre(kept, zoom, width)
    const cut = seen.filter((box) => box.left * zoom + x < 0 || box.right * zoom + x > width).length
    if (!best || cut < best.cut) best = { view: { x, y: verticalOf(all, zoom, height), zoom }, cut }
  }
  return best?.view
}

/** All of the first rows that fit beside each other; at least the first. */
function firstRows(boxes: readonly Shown[], room: number): Shown {
  let kept: Shown | undefined
  for (const [, row] of Map.groupBy(boxes, (box) => box.top)) {
    const [first = row[0]] = kept ? [kept] : row
    if (!first) continue
    const together = row.reduce(unite, first)
    if (kept && together.right - together.left > room) break
    kept = together
  }
  return kept ?? { left: 0, right: 0, top: 0, bottom: 0 }
}

const unite = (one: Shown, other: Shown): Shown => ({
  left: Math.min(one.left, other.left),
  right: Math.max(one.right, other.right),
  top: Math.min(one.top, other.top),
  bottom: Math.max(one.bottom, other.bottom),
})

/** What is wider than the view begins at its left edge. */
const centre = ({ left, right }: Shown, zoom: number, width: number): number =>
  (right - left) * zoom > width ? side - left * zoom : (width - (left + right) * zoom) / 2

const verticalOf = ({ top, bottom }: Shown, zoom: number, height: number): number =>
  (bottom - top) * zoom + 2 * margin > height ? margin - top * zoom : (height - (top + bottom) * zoom) / 2
