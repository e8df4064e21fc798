import type { Point } from '../../../mission/mission.ts'
import { type Block, type Climb, lineRoom, rectsOf, type Rect, Skyline } from './packing.ts'

/** One of several blocks that stand side by side. */
export interface Arm {
  block: Block
  /** The way that things usually take: it stands straight below, the others beside it. */
  main: boolean
  /** Stands at the far right, and not in the way of the others: what is done when a step fails. */
  aside: boolean
}

/** Notes down a point that a line passes through, in the measure of a block. */
export type Mark = (line: string, block: Block, point: Point) => void

/** Where a line that leads back up gets out of a row, below the labels and above the cards. */
const outAt = 56
/** Room between the lowest card of branches and the card in which they meet. */
const meetingRoom = 32

/**
 * Arms side by side, as close as they get. The point of the whole is above the main arm or, where all are alike, above the middle; what
 * stands aside keeps clear of `half`, half the width of the card above.
 */
export function putBeside(arms: readonly Arm[], half: number, mark: Mark): Block {
  const lowest = Math.max(0, ...arms.map((arm) => arm.block.bottom))
  // Alone, an arm is in nobody's way: a mission of thousands of steps one after the other is arranged in no time.
  const rects = new Map(arms.length < 2 ? [] : arms.map((arm) => [arm, covered(arm.block, lowest)]))
  const row = new Skyline()
  const places = new Map<Arm, number>()
  const put = (arm: Arm, least: number) => {
    const x = Math.max(row.clear(rects.get(arm) ?? []), least)
    row.add(rects.get(arm) ?? [], x)
    places.set(arm, x)
  }
  const plain = arms.filter((arm) => !arm.aside)
  for (const arm of plain) put(arm, places.size === 0 ? 0 : Number.NEGATIVE_INFINITY)
  const placeOf = (arm: Arm | undefined) => (arm && places.get(arm)) ?? 0
  const main = plain.find((arm) => arm.main)
  const middle = main ? placeOf(main) : middleOf(plain.map(placeOf))
  for (const arm of arms) if (arm.aside) put(arm, middle + half + 3 * lineRoom)
  const block: Block = { rects: [], inner: [], bottom: lowest, hanging: [], rising: [] }
  const ordered = [...plain, ...arms.filter((arm) => arm.aside)]
  for (const arm of ordered) block.inner.push({ block: arm.block, x: placeOf(arm) - middle, y: 0 })
  let outside = Math.max(half, ...ordered.flatMap((arm) => (rects.get(arm) ?? []).map((rect) => rect.right + placeOf(arm) - middle)))
  for (const arm of ordered) {
    const x = placeOf(arm) - middle
    for (const hang of arm.block.hanging) {
      block.hanging.push({ ...hang, x: hang.x + x })
      block.rects.push(corridor(hang.x + x, hang.y, lowest))
    }
    for (const hang of arm.block.rising) {
      const moved = { ...hang, x: hang.x + x, turn: hang.turn + x }
      if (arm === ordered.at(-1)) {
        outside = Math.max(outside, moved.turn)
        block.rising.push({ ...moved, turn: Math.max(moved.turn, half + 2 * lineRoom) })
        continue
      }
      // It comes up between two arms: over the right one, outside.
      climb(moved, block, outAt, mark)
      outside += 2 * lineRoom
      block.rects.push(corridor(moved.turn, outAt, moved.y))
      block.rising.push({ id: hang.id, to: hang.to, x: moved.turn, y: outAt, turn: outside })
    }
  }
  return block
}

/** Branches, and below them the card in which they meet. Lines of theirs that lead past that card get past it. */
export function letMeet(arms: readonly Arm[], half: number, meeting: Block, id: string, mark: Mark): Block {
  const above = putBeside(arms, half, mark)
  const y = above.bottom + meetingRoom
  const passing = above.hanging.filter((hang) => hang.to !== id)
  // What stands below may be most of the mission: it is looked at only when something has to get past it.
  const rects = passing.length + meeting.rising.length > 0 ? rectsOf(meeting) : []
  const [left, right] = [Math.min(...rects.map((rect) => rect.left)), Math.max(...rects.map((rect) => rect.right))]
  const block: Block = {
    rects: [],
    inner: [
      { block: above, x: 0, y: 0 },
      { block: meeting, x: 0, y },
    ],
    bottom: y + meeting.bottom,
    hanging: [],
    rising: [...above.rising],
  }
  let [leftmost, rightmost] = [left, right]
  for (const hang of passing) {
    const isFree = rects.every((rect) => hang.x + lineRoom <= rect.left || hang.x - lineRoom >= rect.right)
    if (isFree) {
      block.hanging.push(hang)
      block.rects.push(corridor(hang.x, above.bottom, block.bottom))
      continue
    }
    const x = hang.x < (left + right) / 2 ? (leftmost -= 2 * lineRoom) : (rightmost += 2 * lineRoom)
    const turn = above.bottom + 6
    mark(hang.id, block, { x: hang.x, y: turn })
    mark(hang.id, block, { x, y: turn })
    block.hanging.push({ ...hang, x, y: turn })
    block.rects.push(corridor(x, turn, block.bottom))
  }
  for (const hang of meeting.hanging) block.hanging.push({ ...hang, y: hang.y + y })
  if (meeting.rising.length > 0) {
    const clear = Math.max(rightmost, ...rectsOf(above).map((rect) => rect.right)) + 2 * lineRoom
    for (const [at, hang] of meeting.rising.entries())
      block.rising.push({ ...hang, y: hang.y + y, turn: Math.max(hang.turn, clear + 2 * at * lineRoom) })
  }
  return block
}

/** Takes a line that leads back up from where it is, out to its turn, and up to a height. */
export function climb(hang: Climb, block: Block, to: number, mark: Mark): void {
  mark(hang.id, block, { x: hang.x, y: hang.y })
  mark(hang.id, block, { x: hang.turn, y: hang.y })
  mark(hang.id, block, { x: hang.turn, y: to })
}

/** What a block covers with the lines that go on from it: down to `lowest`, and up. */
function covered(block: Block, lowest: number): Rect[] {
  return [
    ...rectsOf(block),
    ...block.hanging.map((hang) => corridor(hang.x, hang.y, lowest)),
    ...block.rising.flatMap((hang) => [
      corridor(hang.turn, 0, hang.y),
      { left: Math.min(hang.x, hang.turn), right: Math.max(hang.x, hang.turn), top: hang.y - lineRoom, bottom: hang.y + lineRoom },
    ]),
  ]
}

/** Between the outermost of some places; at the one that is nearly there, whose line would have a kink otherwise. */
function middleOf(places: readonly number[]): number {
  const middle = ((places[0] ?? 0) + (places.at(-1) ?? 0)) / 2
  return places.find((place) => Math.abs(place - middle) < 3 * lineRoom) ?? middle
}

const corridor = (x: number, top: number, bottom: number): Rect => ({ left: x - lineRoom, right: x + lineRoom, top, bottom })
