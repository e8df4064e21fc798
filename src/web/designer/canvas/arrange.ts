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

/** What is to be arranged. */
export interface Puzzle {
  boxes: Box[]
  strands: Strand[]
  /** Boxes that keep this order from left to right when they lie in one row: the arms of a choice. */
  rows: string[][]
}

/** Where everything lies: top left corners of boxes, and for each line the points it passes through and its label's middle. */
export interface Arrangement {
  corners: Record<string, Point>
  ways: Record<string, { through: Point[]; label: Point }>
}

const gaps = { between: 44, rows: 56, lines: 24 }

/**
 * Arranges top down with dagre (Gansner et al., “A Technique for Drawing Directed Graphs”, 1993). Constraints keep the arms of a
 * choice in the order of its exits, which crossing minimisation alone would not.
 *
 * @throws RangeError on very deep missions, when dagre's recursion overflows the stack: see {@link arrangePlainly}.
 */
export function arrange(puzzle: Puzzle): Arrangement {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: gaps.between, edgesep: gaps.lines, ranksep: gaps.rows })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const box of puzzle.boxes) graph.setNode(box.id, { width: box.width, height: box.height })
  for (const strand of puzzle.strands)
    graph.setEdge(strand.from, strand.to, { width: strand.labelWidth, height: strand.labelHeight, labelpos: 'c' }, strand.id)
  layout(graph, { constraints: constraintsOf(puzzle.rows) })
  const corners: Arrangement['corners'] = {}
  for (const box of puzzle.boxes) {
    const { x, y } = readPoint(graph.node(box.id))
    corners[box.id] = { x: Math.round(x - box.width / 2), y: Math.round(y - box.height / 2) }
  }
  const ways: Arrangement['ways'] = {}
  for (const strand of puzzle.strands) {
    const edge: { points?: Point[]; x?: number; y?: number } = graph.edge(strand.from, strand.to, strand.id)
    ways[strand.id] = { through: (edge.points ?? []).slice(1, -1).map(rounded), label: rounded(readPoint(edge)) }
  }
  return { corners, ways }
}

function constraintsOf(rows: readonly (readonly string[])[]): { left: string; right: string }[] {
  // A box may be the arm of several choices; contradictory orders would make a cycle, so the first one said counts.
  const said = new Set<string>()
  const constraints: { left: string; right: string }[] = []
  for (const row of rows)
    for (let at = 1; at < row.length; at++) {
      const [left, right] = [row[at - 1], row[at]]
      if (left === undefined || right === undefined || left === right || said.has(`${right} ${left}`)) continue
      said.add(`${left} ${right}`)
      constraints.push({ left, right })
    }
  return constraints
}

const readPoint = (from: { x?: number; y?: number } | undefined): Point => ({ x: from?.x ?? 0, y: from?.y ?? 0 })
const rounded = (point: Point): Point => ({ x: Math.round(point.x), y: Math.round(point.y) })

/**
 * Arranges without any finesse, in time linear in the number of lines and without recursion: each box one row below its lowest
 * predecessor, rows centred. What is shown when {@link arrange} cannot cope.
 */
export function arrangePlainly(puzzle: Puzzle): Arrangement {
  const sizes = new Map(puzzle.boxes.map((box) => [box.id, box]))
  const rowOf = rowsOf(puzzle)
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

function rowsOf(puzzle: Puzzle): Map<string, number> {
  const into = new Map(puzzle.boxes.map((box) => [box.id, 0]))
  const after = new Map<string, string[]>()
  for (const strand of puzzle.strands) {
    if (strand.from === strand.to) continue
    into.set(strand.to, (into.get(strand.to) ?? 0) + 1)
    after.set(strand.from, [...(after.get(strand.from) ?? []), strand.to])
  }
  const rows = new Map<string, number>()
  const open = puzzle.boxes.filter((box) => into.get(box.id) === 0).map((box) => box.id)
  // A loop has no first box: whatever is left when nothing is free any more is entered at its first box in the mission's order.
  const left = new Set(puzzle.boxes.map((box) => box.id))
  while (left.size > 0) {
    const id = open.pop() ?? firstOf(left)
    if (!left.delete(id)) continue
    const row = rows.get(id) ?? 0
    rows.set(id, row)
    for (const next of after.get(id) ?? []) {
      if (!left.has(next)) continue
      rows.set(next, Math.max(rows.get(next) ?? 0, row + 1))
      const waiting = (into.get(next) ?? 1) - 1
      into.set(next, waiting)
      if (waiting === 0) open.push(next)
    }
  }
  return rows
}

function firstOf(ids: ReadonlySet<string>): string {
  for (const id of ids) return id
  return ''
}
