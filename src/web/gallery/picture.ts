import { Graph, layout } from '@dagrejs/dagre'
import type { Mission, Point } from '../../mission/mission.ts'

/** One trigger or step of a small picture; its middle. */
export interface Tile extends Point {
  id: string
  type: string
  trigger: boolean
}

/** A mission as a small picture: tiles from left to right and the curves between them. */
export interface Picture {
  width: number
  height: number
  tiles: Tile[]
  /** SVG path data. */
  curves: { id: string; path: string }[]
}

/** Side of a tile. */
export const tileSize = 34
const margin = 10

const pictures = new WeakMap<Mission, Picture>()

/** The picture of a mission, from left to right because cards are wider than high. Worked out once per document. */
export function pictureOf(mission: Mission): Picture {
  const known = pictures.get(mission)
  if (known) return known
  const picture = draw(mission)
  pictures.set(mission, picture)
  return picture
}

function draw({ triggers, steps, links }: Mission): Picture {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 10, ranksep: 30, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  const placed = [
    ...triggers.map(({ id, type }) => ({ id, type, trigger: true })),
    ...steps.map(({ id, type }) => ({ id, type, trigger: false })),
  ]
  for (const { id } of placed) graph.setNode(id, { width: tileSize, height: tileSize })
  const drawn = links
    .map((link, number) => ({ ...link, name: `${link.from}.${link.exit}.${link.to}.${number}` }))
    .filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to))
  for (const { from, to, name } of drawn) graph.setEdge(from, to, {}, name)
  layout(graph)
  const middle = (id: string): Point => {
    const node: { x?: number; y?: number } = graph.node(id)
    return { x: node.x ?? 0, y: node.y ?? 0 }
  }
  const size: { width?: number; height?: number } = graph.graph()
  return {
    width: size.width ?? tileSize,
    height: size.height ?? tileSize,
    tiles: placed.map((tile) => ({ ...tile, ...middle(tile.id) })),
    curves: drawn.map(({ from, to, name }) => {
      const edge: { points?: Point[] } = graph.edge(from, to, name)
      const [start, end] = [middle(from), middle(to)]
      const way = [{ x: start.x + tileSize / 2, y: start.y }, ...(edge.points ?? []).slice(1, -1), { x: end.x - tileSize / 2, y: end.y }]
      return { id: name, path: curve(way) }
    }),
  }
}

/** A line through points that leaves and arrives horizontally. */
function curve([first, ...rest]: Point[]): string {
  if (!first) return ''
  let from = first
  const parts = [`M${first.x} ${first.y}`]
  for (const to of rest) {
    const half = (from.x + to.x) / 2
    parts.push(`C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`)
    from = to
  }
  return parts.join('')
}
