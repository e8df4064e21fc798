import type { Point } from '../../../mission/mission.ts'
import { findLineage, type Lineage } from './lineage.ts'
import { type Block, lineRoom, rectsOf } from './packing.ts'
import { type Arm, climb, letMeet, type Mark, putBeside } from './row.ts'

/** A box to place. Sizes are in canvas units (CSS pixels at zoom 1). */
export interface Box {
  id: string
  width: number
  height: number
  /** The box in whose frame it stands. */
  within?: string | undefined
  /** Room above it for what stands where lines meet in it. */
  head?: number
}

/** A line between two boxes. Its label takes room of its own, so that no label lies on a card or on another label. */
export interface Strand {
  id: string
  from: string
  to: string
  /** 0 for a line without one, to an open end: that box brings its label with it. */
  labelWidth: number
  labelHeight: number
  /** Stands straight below the card it leaves, while those of other exits stand beside it. */
  main?: boolean
  /** Leaves at the side of the card. */
  aside?: boolean
  /** Room for what stands where it leaves the card, above its label. */
  foot?: number
}

/** What is to be arranged. Boxes and strands in the order in which they shall be read: from left to right where they lie side by side. */
export interface Puzzle {
  boxes: Box[]
  strands: Strand[]
}

/** A rectangle on the canvas. */
export interface Area extends Point {
  width: number
  height: number
}

/**
 * Where everything lies: top left corners of boxes; for each line the points it passes through and its label's middle; and for each box
 * that holds others the frame around them, whose upper edge runs through the middle of that box.
 */
export interface Arrangement {
  corners: Record<string, Point>
  ways: Record<string, { through: Point[]; label: Point }>
  frames: Record<string, Area>
}

/** From a card down to the top of the labels below it, and to the next card. */
const labelAt = 23
const nextAt = 64
/** Room between the steps inside a frame and its border. */
export const framePadding = 24
/** How far above a card lines from elsewhere turn towards it; route.ts turns them there. */
const turnAbove = 15

/**
 * Arranges top down. A mission nests, with few exceptions: branches that leave a card meet again further down, or end. So each card makes a block
 * of itself, its branches side by side as close as they get, and below them the cards in which they meet (row.ts); `lineage.ts` tells what
 * stands under what. What usually happens goes straight down, cards and frames keep clear of each other and of all lines, arms stand
 * in the order of their exits, and an edit moves nothing that it does not touch. General layouts of graphs such as dagre
 * know neither frames nor which way is the main one, and let the main line drift from side to side.
 */
export function arrange(puzzle: Puzzle): Arrangement {
  const plan = new Plan(puzzle)
  for (const id of plan.lineage.order.toReversed()) plan.build(id)
  return plan.settle()
}

interface Noted {
  block: Block
  point: Point
}

class Plan {
  readonly lineage: Lineage
  readonly #boxes: ReadonlyMap<string, Box>
  readonly #leaving: ReadonlyMap<string, Strand[]>
  /** What stands right under a box, in the order of the lineage. */
  readonly #below: ReadonlyMap<string | undefined, string[]>
  readonly #blocks = new Map<string, Block>()
  readonly #labels = new Map<string, Noted>()
  readonly #points = new Map<string, Noted[]>()
  readonly #frames = new Map<string, Noted & { width: number; height: number }>()
  readonly #mark: Mark = (line, block, point) => {
    const points = this.#points.get(line)
    if (points) points.push({ block, point })
    else this.#points.set(line, [{ block, point }])
  }

  constructor(puzzle: Puzzle) {
    this.lineage = findLineage(puzzle)
    this.#boxes = new Map(puzzle.boxes.map((box) => [box.id, box]))
    this.#leaving = Map.groupBy(puzzle.strands, (strand) => strand.from)
    this.#below = Map.groupBy(this.lineage.order, (id) => this.lineage.above.get(id))
  }

  /** Makes the block of a box; those of all boxes under it are there already. */
  build(id: string): void {
    const box = this.#boxes.get(id)
    if (!box) return
    const half = box.width / 2
    const foot = (box.head ?? 0) + box.height
    const block: Block = {
      rects: [{ left: -half, right: half, top: 0, bottom: foot }],
      inner: [],
      bottom: foot,
      hanging: [],
      rising: [],
    }
    const isInside = (one: string) => this.#boxes.get(one)?.within === id
    const below = this.#below.get(id) ?? []
    const strands = this.#leaving.get(id) ?? []
    const held = below.filter(isInside)
    if (held.length > 0) {
      const inside = strands.filter((strand) => isInside(strand.to))
      this.#hang(block, half, inside, held)
      this.#frame(id, block, half, foot - box.height / 2)
    }
    const outside = strands.filter((strand) => !isInside(strand.to))
    if (outside.length > 0)
      this.#hang(
        block,
        half,
        outside,
        below.filter((one) => !isInside(one)),
      )
    const arrived = block.rising.filter((hang) => hang.to === id)
    for (const hang of arrived) climb(hang, block, -turnAbove, this.#mark)
    block.rising = block.rising.filter((hang) => hang.to !== id)
    this.#blocks.set(id, block)
  }

  /** Hangs branches and the cards in which they meet below what a block has so far. */
  #hang(block: Block, half: number, strands: readonly Strand[], below: readonly string[]): void {
    const row = this.#stack(half, strands, below)
    const y = block.bottom + Math.max(0, ...strands.map((strand) => strand.foot ?? 0))
    block.inner.push({ block: row, x: 0, y })
    block.bottom = y + row.bottom
    block.hanging.push(...row.hanging.map((hang) => ({ ...hang, y: hang.y + y })))
    for (const hang of row.rising) block.rising.push({ ...hang, y: hang.y + y })
    for (const hang of row.rising) block.rects.push({ left: hang.turn - lineRoom, right: hang.turn + lineRoom, top: 0, bottom: hang.y + y })
  }

  #frame(id: string, block: Block, half: number, top: number): void {
    const rects = rectsOf(block)
    const left = Math.min(-half, ...rects.map((rect) => rect.left)) - framePadding
    const right = Math.max(half, ...rects.map((rect) => rect.right)) + framePadding
    const bottom = block.bottom + framePadding
    block.rects.push({ left, right, top, bottom })
    block.bottom = bottom
    this.#frames.set(id, { block, point: { x: left, y: top }, width: right - left, height: bottom - top })
  }

  /** The branches of a card, and the cards in which they meet, as a block whose point is below the middle of that card. */
  #stack(half: number, strands: readonly Strand[], below: readonly string[]): Block {
    const { backwards, entering } = this.lineage
    const left = new Set(below)
    let arms: Arm[] = []
    for (const strand of strands) {
      const isOwn = left.has(strand.to) && (entering.get(strand.to)?.length ?? 0) === 1
      if (isOwn) left.delete(strand.to)
      arms.push({
        block: this.#arm(strand, isOwn ? this.#blocks.get(strand.to) : undefined, backwards.has(strand.id)),
        main: strand.main === true,
        aside: strand.aside === true,
      })
    }
    for (const id of below) {
      const meeting = left.has(id) ? this.#blocks.get(id) : undefined
      if (!meeting) continue
      const fed = arms.flatMap((arm, at) => (arm.block.hanging.some((hang) => hang.to === id) ? [at] : []))
      const [first, last] = [fed[0], fed.at(-1)]
      if (first === undefined || last === undefined) {
        arms.push({ block: meeting, main: false, aside: false })
        continue
      }
      const met = arms.slice(first, last + 1)
      const together: Arm = {
        block: letMeet(met, half, meeting, id, this.#mark),
        main: met.some((arm) => arm.main),
        aside: met.every((arm) => arm.aside),
      }
      arms = [...arms.slice(0, first), together, ...arms.slice(last + 1)]
    }
    return putBeside(arms, half, this.#mark)
  }

  /** A line with its label and, when it alone leads there, what it leads to. */
  #arm(strand: Strand, next: Block | undefined, isBackwards: boolean): Block {
    const { id, to, labelWidth, labelHeight } = strand
    const y = labelWidth === 0 ? labelAt : nextAt
    const block: Block = { rects: [], inner: next ? [{ block: next, x: 0, y }] : [], bottom: 0, hanging: [], rising: [] }
    const labelBottom = labelAt + labelHeight
    if (labelWidth > 0) {
      block.rects.push({ left: -labelWidth / 2, right: labelWidth / 2, top: labelAt, bottom: labelBottom })
      this.#labels.set(id, { block, point: { x: 0, y: labelAt + labelHeight / 2 } })
    }
    block.bottom = next ? y + next.bottom : labelBottom
    if (next) {
      block.hanging = next.hanging.map((hang) => ({ ...hang, y: hang.y + y }))
      block.rising = next.rising.map((hang) => ({ ...hang, y: hang.y + y }))
    } else if (isBackwards) block.rising.push({ id, to, x: 0, y: labelBottom + 8, turn: labelWidth / 2 + 2 * lineRoom })
    else block.hanging.push({ id, to, x: 0, y: labelBottom })
    return block
  }

  /** Puts what stands on top side by side, and tells where everything lies then. */
  settle(): Arrangement {
    const top = this.#stack(0, [], this.#below.get(undefined) ?? [])
    const origins = new Map<Block, Point>([[top, { x: 0, y: 0 }]])
    const todo = [top]
    for (let block = todo.pop(); block !== undefined; block = todo.pop()) {
      const origin = origins.get(block) ?? { x: 0, y: 0 }
      for (const one of block.inner) {
        origins.set(one.block, { x: origin.x + one.x, y: origin.y + one.y })
        todo.push(one.block)
      }
    }
    const at = ({ block, point }: Noted): Point => {
      const origin = origins.get(block) ?? { x: 0, y: 0 }
      return { x: Math.round(origin.x + point.x), y: Math.round(origin.y + point.y) }
    }
    const arrangement: Arrangement = { corners: {}, ways: {}, frames: {} }
    for (const { id, width, head = 0 } of this.#boxes.values()) {
      const block = this.#blocks.get(id)
      if (block) arrangement.corners[id] = at({ block, point: { x: -width / 2, y: head } })
    }
    for (const [id, label] of this.#labels) {
      const middle = at(label)
      arrangement.ways[id] = { through: straight([middle, ...(this.#points.get(id) ?? []).map(at)]), label: middle }
    }
    for (const [id, { width, height, ...corner }] of this.#frames)
      arrangement.frames[id] = { ...at(corner), width: Math.round(width), height: Math.round(height) }
    return arrangement
  }
}

/** Without the points inside straight pieces. */
function straight(points: readonly Point[]): Point[] {
  return points.filter((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]]
    return !before || !after || Math.abs(before.x - point.x) > 1 || Math.abs(after.x - point.x) > 1
  })
}
