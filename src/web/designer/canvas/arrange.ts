import { Graph, layout } from '@dagrejs/dagre'
import type { Point } from '../../../mission/mission.ts'

/** A box to place. Sizes are in canvas units (CSS pixels at zoom 1). */
export interface Box {
  id: string
  width: number
  height: number
}

/** A line between two boxes. Its label takes room of its own, so that no label lies on a card or on another label. */
export interface Strand {
  id: string
  from: string
  to: string
  labelWidth: number
  labelHeight: number
}

/** What is to be arranged. Boxes and strands in the order in which they shall be read: from left to right where they lie side by side. */
export interface Puzzle {
  boxes: Box[]
  strands: Strand[]
}

/** Where everything lies: top left corners of boxes, and for each line the points it passes through and its label's middle. */
export interface Arrangement {
  corners: Record<string, Point>
  ways: Record<string, { through: Point[]; label: Point }>
}

/** Room between boxes, between long lines, and between a card and the labels above or below it. */
const gaps = { between: 40, lines: 20, rows: 30 }

/** Rows of dagre between two rows of cards: one for the labels, and one of bends on either side of them. */
const rowStep = 4

/**
 * Arranges top down with dagre (Gansner et al., “A Technique for Drawing Directed Graphs”, 1993), which places what two decisions of ours
 * have put into rows. Cards lie right below the lowest card that leads to them, and the label of a line right below the card it leaves:
 * dagre would put it in the middle of a long line, far from the choice it belongs to. And within a row dagre's first order, that of a
 * depth-first walk, is kept: it is the order of the exits, so the arms of a choice never change sides and an edit moves nothing
 * that it does not touch. Both also save the two slow parts: 500 cards take a third of a second instead of ten.
 *
 * @throws RangeError on very deep missions, when dagre's recursion overflows the stack: see {@link arrangePlainly}.
 */
export function arrange(puzzle: Puzzle): Arrangement {
  const { rows, backwards } = rowsOf(puzzle)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: gaps.between, edgesep: gaps.lines, ranksep: gaps.rows, ranker: 'none' })
  graph.setDefaultEdgeLabel(() => ({}))
  const ends = new Set(puzzle.strands.filter((strand) => strand.labelWidth === 0).map((strand) => strand.to))
  for (const { id, width, height } of puzzle.boxes) {
    const row = (rows.get(id) ?? 0) * rowStep
    graph.setNode(id, { width, height, rank: ends.has(id) ? row - rowStep / 2 : row })
  }
  for (const strand of puzzle.strands) {
    if (strand.labelWidth === 0) {
      graph.setEdge(strand.from, strand.to, {}, strand.id)
      continue
    }
    // A line back up is laid out as if it led down: its label then stands below the card that it returns to.
    const [upper, lower] = backwards.has(strand.id) ? [strand.to, strand.from] : [strand.from, strand.to]
    graph.setNode(labelOf(strand), {
      width: strand.labelWidth,
      height: strand.labelHeight,
      rank: (rows.get(upper) ?? 0) * rowStep + rowStep / 2,
    })
    graph.setEdge(upper, labelOf(strand), {}, strand.id)
    graph.setEdge(labelOf(strand), lower, {}, strand.id)
  }
  layout(graph, { disableOptimalOrderHeuristic: true })
  const corners: Arrangement['corners'] = {}
  for (const box of puzzle.boxes) {
    const { x, y } = readPoint(graph.node(box.id))
    corners[box.id] = { x: Math.round(x - box.width / 2), y: Math.round(y - box.height / 2) }
  }
  const ways: Arrangement['ways'] = {}
  for (const strand of puzzle.strands) {
    if (strand.labelWidth === 0) continue
    const back = backwards.has(strand.id)
    const label = rounded(readPoint(graph.node(labelOf(strand))))
    const edge: { points?: Point[] } = graph.edge(labelOf(strand), back ? strand.from : strand.to, strand.id)
    const through = straight([label, ...(edge.points ?? []).slice(1, -1).map(rounded)])
    ways[strand.id] = { through: back ? through.reverse() : through, label }
  }
  return { corners, ways }
}

/** Ids of cards and names of lines hold no blank. */
const labelOf = (strand: Strand): string => `label ${strand.id}`
const readPoint = (from: { x?: number; y?: number } | undefined): Point => ({ x: from?.x ?? 0, y: from?.y ?? 0 })
const rounded = (point: Point): Point => ({ x: Math.round(point.x), y: Math.round(point.y) })

/** Without the points inside straight pieces. */
function straight(points: readonly Point[]): Point[] {
  return points.filter((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]]
    return !before || !after || Math.abs(before.x - point.x) > 1 || Math.abs(after.x - point.x) > 1
  })
}

/**
 * Arranges without any finesse, in time linear in the number of lines and without recursion: each box one row below its lowest
 * predecessor, rows centred. What is shown when {@link arrange} cannot cope.
 */
export function arrangePlainly(puzzle: Puzzle): Arrangement {
  const sizes = new Map(puzzle.boxes.map((box) => [box.id, box]))
  const { rows: rowOf } = rowsOf(puzzle)
  const rows: Box[][] = []
  for (const box of puzzle.boxes) (rows[rowOf.get(box.id) ?? 0] ??= []).push(box)
  const corners: Arrangement['corners'] = {}
  let top = 0
  for (const row of rows) {
    const width = (row ?? []).reduce((sum, box) => sum + box.width + gaps.between, -gaps.between)
    let left = -width / 2
    for (const box of row ?? []) {
      corners[box.id] = { x: Math.round(left), y: top }
      left += box.width + gaps.between
    }
    top += Math.max(0, ...(row ?? []).map((box) => box.height)) + gaps.rows + 24
  }
  const ways: Arrangement['ways'] = {}
  for (const strand of puzzle.strands) {
    const [from, to] = [corners[strand.from], corners[strand.to]]
    const [above, below] = [sizes.get(strand.from), sizes.get(strand.to)]
    if (!from || !to || !above || !below) continue
    const x = to.x + below.width / 2
    ways[strand.id] = { through: [], label: { x: Math.round(x), y: Math.round((from.y + above.height + to.y) / 2) } }
  }
  return { corners, ways }
}

/**
 * The row of each box: one below the lowest that leads to it. Lines that close a loop do not count; they lead back up. Found by a
 * depth-first walk in the order of the puzzle, without recursion.
 */
function rowsOf(puzzle: Puzzle): { rows: Map<string, number>; backwards: Set<string> } {
  const leaving = new Map(puzzle.boxes.map((box): [string, Strand[]] => [box.id, []]))
  for (const strand of puzzle.strands) leaving.get(strand.from)?.push(strand)
  const backwards = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  for (const box of puzzle.boxes) {
    if (state.has(box.id)) continue
    const walk = [{ id: box.id, next: 0 }]
    state.set(box.id, 'open')
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      const strand = leaving.get(top.id)?.[top.next++]
      if (!strand) {
        state.set(top.id, 'done')
        finished.push(top.id)
        walk.pop()
      } else if (state.get(strand.to) === 'open') backwards.add(strand.id)
      else if (!state.has(strand.to)) {
        state.set(strand.to, 'open')
        walk.push({ id: strand.to, next: 0 })
      }
    }
  }
  const rows = new Map<string, number>()
  for (const id of finished.reverse()) {
    const row = rows.get(id) ?? 0
    rows.set(id, row)
    for (const strand of leaving.get(id) ?? [])
      if (!backwards.has(strand.id)) rows.set(strand.to, Math.max(rows.get(strand.to) ?? 0, row + 1))
  }
  return { rows, backwards }
}
