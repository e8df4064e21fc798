import type { Point } from '../../../mission/mission.ts'

/** A part of the picture that keeps its shape: where everything in it lies, measured from a point of its own at its top. */
export interface Block {
  /** What it covers itself. */
  rects: Rect[]
  /** Blocks inside, and where their points lie. */
  inner: { block: Block; x: number; y: number }[]
  /** How far down it goes. */
  bottom: number
  /** Lines that leave it at the bottom, for cards further down. */
  hanging: Hang[]
  /** Lines that leave it at the top, for cards further up; they come up at its right. */
  rising: Climb[]
}

/** A rectangle that nothing else may lie on. */
export interface Rect {
  left: number
  right: number
  top: number
  bottom: number
}

/** The loose end of a line: where it is, and from where on it leads straight down. */
export interface Hang extends Point {
  /** The line. */
  id: string
  /** The box it leads to. */
  to: string
}

/** The loose end of a line that leads back up: it goes sideways to `turn` first, and comes up there. */
export interface Climb extends Hang {
  turn: number
}

/** Room between neighbours. */
const gap = 36
/** Half of the room that a line takes for itself. */
export const lineRoom = 10
/** How finely outlines are measured. Nothing comes closer than `gap` less this. */
const grain = 8

/** All that a block covers, measured from its point. Without recursion. */
export function rectsOf(block: Block): Rect[] {
  const found: Rect[] = []
  const todo = [{ block, x: 0, y: 0 }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { x, y } = next
    for (const { left, right, top, bottom } of next.block.rects)
      found.push({ left: left + x, right: right + x, top: top + y, bottom: bottom + y })
    for (const one of next.block.inner) todo.push({ block: one.block, x: one.x + x, y: one.y + y })
  }
  return found
}

/** How far blocks beside each other reach to the right, row by row of a fine grain. */
export class Skyline {
  readonly #reach: number[] = []

  /** How far to the right a block must move so that it lies clear of all that is here already. */
  clear(rects: readonly Rect[]): number {
    let by = Number.NEGATIVE_INFINITY
    for (const { left, top, bottom } of rects)
      for (let row = rowOf(top); row <= rowOf(bottom); row++) {
        const reach = this.#reach[row]
        if (reach !== undefined) by = Math.max(by, reach + gap - left)
      }
    return by
  }

  add(rects: readonly Rect[], x: number): void {
    for (const { right, top, bottom } of rects)
      for (let row = rowOf(top); row <= rowOf(bottom); row++) {
        const reach = this.#reach[row]
        if (reach === undefined || reach < right + x) this.#reach[row] = right + x
      }
  }
}

const rowOf = (y: number): number => Math.max(0, Math.floor(y / grain))
