import type { Point } from '../../../mission/mission.ts'
import { labelWidth } from './puzzle.ts'
import { cornersDown } from './route.ts'
import type { Line } from './scene.ts'

/** How much lower lines turn that find their own way: the "+" stands on the part that leads sideways, clear of the card above. */
export const lowerTurn = 14

/**
 * Where the label of a line stands that finds its own way: in the middle of the part that leads sideways, which no other line shares, or else
 * shortly above where it arrives. `turn` and `head` as for the route.
 */
export function labelPoint(from: Point, to: Point, line: Line, turn: number, head: number): Point {
  if (line.kind === 'failed') return { x: Math.max(from.x + 18, to.x), y: (from.y + to.y) / 2 }
  const [, corner] = cornersDown(from, [], to, from.y + turn, head)
  if (corner && Math.abs(to.x - from.x) > labelWidth(line) + 24) return { x: (from.x + to.x) / 2, y: corner.y }
  const foot = to.y - head
  return { x: to.x, y: (Math.min(foot, Math.max(from.y + 20, foot - 60)) + foot) / 2 }
}
