import { m } from '#messages'
import type { Point } from '../../../mission/mission.ts'
import type { Mark } from '../desk.ts'
import { type CardData, type CardNodeType, nameCard } from './CardNode.tsx'
import type { EndData, EndNodeType } from './EndNode.tsx'
import type { LineData, LineEdgeType } from './LineEdge.tsx'
import { isLent, lenderOf } from './lent.ts'
import type { Placing } from './placing.ts'
import { frameNode, type FrameNodeType } from './FrameNode.tsx'
import { endHandles, handlesOf } from './ports.ts'
import { headRoom } from './chips.ts'
import { lowerTurn } from './labels.ts'
import { frameOf, portPoint, turnBelow } from './route.ts'
import type { NoteNodeType } from '../notes/NoteNode.tsx'
import { type Card, cardSize, endSize, type Scene } from './scene.ts'

/** Whatever React Flow draws as a node. */
export type FlowNode = CardNodeType | EndNodeType | FrameNodeType | NoteNodeType

/** The worst problem of a card, and how many there are. */
export interface CardFault {
  words: string
  count: number
  severity: 'error' | 'warning'
}

/** What else decides how a scene looks. */
export interface Look {
  placing: Placing
  faults: ReadonlyMap<string, CardFault>
  /** What cards are, compared with a version. */
  marks: ReadonlyMap<string, Mark> | undefined
  selection: readonly string[]
  line: string | undefined
  readOnly: boolean
  /** Cards that are being moved by hand, whose lines no longer follow the tidy layout. */
  moving: ReadonlySet<string>
}

/** Gives back the object of last time where nothing in it has changed, so that memoised nodes and lines stay as they are. */
export class Sameness {
  readonly #known = new Map<string, unknown>()

  reuse<Value>(key: string, value: Value): Value {
    const known = this.#known.get(key)
    // The same key always holds the same type of value.
    if (alike(known, value)) return known as Value
    this.#known.set(key, value)
    return value
  }

  /** The same for a list: the list of last time when all its members are those of last time. */
  reuseList<Item>(key: string, items: Item[]): Item[] {
    const known = this.#known.get(key)
    if (Array.isArray(known) && known.length === items.length && items.every((item, at) => item === known[at])) return known
    this.#known.set(key, items)
    return items
  }
}

/** True when two values of the same making hold the same; parts that are the same objects are not looked into. */
function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [mine, others] = [Object.entries(one), Object.entries(other)]
  return mine.length === others.length && mine.every(([key, value], at) => key === others[at]?.[0] && alike(value, others[at]?.[1]))
}

/** A scene as React Flow's nodes. In reading order, which is the order of the tab key. */
export function drawNodes(scene: Scene, look: Look, same: Sameness): FlowNode[] {
  const nodes: FlowNode[] = []
  const selected = new Set(look.selection)
  const cards = [...scene.cards].sort((one, other) => one.order - other.order)
  const titles = new Map(scene.cards.map((card) => [card.id, card.title]))
  const labels = new Map(scene.lines.map((line) => [line.id, line.label]))
  const ends = Map.groupBy(scene.ends, (end) => end.from)
  for (const card of cards) {
    const frame = look.placing.frames[card.id]
    if (frame) nodes.push(same.reuse(`frame ${card.id}`, frameNode(card.id, frame, card.frame?.mission)))
  }
  for (const card of cards) {
    const corner = look.placing.corners[card.id]
    if (!corner) continue
    const holder = card.within === undefined ? undefined : titles.get(card.within)
    nodes.push(same.reuse(`node ${card.id}`, cardNode(card, corner, look, selected.has(card.id), holder, same)))
    if (look.readOnly) continue
    for (const end of ends.get(card.id) ?? []) {
      const place = look.placing.corners[end.id]
      if (!place) continue
      nodes.push(
        same.reuse(
          `node ${end.id}`,
          endNode(
            end.id,
            { from: end.from, exit: end.exit, label: nameEnd(titles.get(end.from) ?? '', labels.get(end.id) ?? '') },
            place,
            same,
          ),
        ),
      )
    }
  }
  return same.reuseList('nodes', nodes)
}

const nameEnd = (title: string, exit: string) =>
  exit === '' ? m.designer_add_after({ title }) : m.designer_add_after_exit({ title, exit })

function cardNode(card: Card, position: Point, look: Look, selected: boolean, holder: string | undefined, same: Sameness): CardNodeType {
  const fault = look.faults.get(card.id)
  const frame = frameOf(look.placing, card.id)
  const data: CardData = same.reuse(`data ${card.id}`, {
    frame,
    card,
    fault: fault?.words,
    faults: fault?.count ?? 0,
    mark: look.marks?.get(card.id),
    severity: fault?.severity ?? 'warning',
    readOnly: look.readOnly || isLent(card.id),
  })
  return {
    id: card.id,
    type: 'card',
    position,
    data,
    selected,
    ...cardSize,
    measured: cardSize,
    handles: handlesOf(card, frame),
    selectable: data.mark !== 'removed' && !isLent(card.id),
    ...(isLent(card.id) ? { draggable: false, connectable: false } : {}),
    ariaLabel: nameCard(data, holder),
    domAttributes: { 'aria-roledescription': m.designer_card() },
  }
}

function endNode(id: string, data: EndData, position: Point, same: Sameness): EndNodeType {
  return {
    id,
    type: 'end',
    position,
    data: same.reuse(`data ${id}`, data),
    ...endSize,
    measured: endSize,
    handles: endHandles,
    selectable: false,
    draggable: false,
    focusable: false,
    deletable: false,
  }
}

/** A scene as React Flow's edges. */
export function drawEdges(scene: Scene, look: Look, same: Sameness): LineEdgeType[] {
  const cards = new Map(scene.cards.map((card) => [card.id, card]))
  const edges: LineEdgeType[] = []
  for (const line of scene.lines) {
    const card = cards.get(line.from)
    const [from, to] = [look.placing.corners[line.from], look.placing.corners[line.to]]
    if (!card || !from || !to || (look.readOnly && line.kind === 'open')) continue
    const moved = look.moving.has(lenderOf(line.from)) || look.moving.has(lenderOf(line.to))
    const way = moved ? undefined : look.placing.ways[line.id]
    const frame = frameOf(look.placing, line.from)
    const port = portPoint(card.ports, line.exit, frame)
    const sideways = (way?.through[0]?.x ?? to.x + cardSize.width / 2) - (from.x + port.x)
    const into = line.kind === 'open' ? { x: endSize.width / 2, y: 0 } : { x: cardSize.width / 2, y: 0 }
    const data: LineData = same.reuse(`data ${line.id}`, {
      line,
      way,
      ends: moved ? undefined : { from: { x: from.x + port.x, y: from.y + port.y }, to: { x: to.x + into.x, y: to.y + into.y } },
      turn: turnBelow(card.ports, line.exit, sideways, frame) + (way && !look.placing.free ? 0 : lowerTurn),
      head: headRoom(cards.get(line.to)),
      insert: m.designer_add_between({ from: card.title, to: cards.get(line.to)?.title ?? '' }),
      readOnly: look.readOnly || isLent(line.to),
    })
    edges.push(
      same.reuse(`edge ${line.id}`, {
        id: line.id,
        type: 'line' as const,
        source: line.from,
        sourceHandle: line.exit,
        target: line.to,
        targetHandle: 'in',
        data,
        selected: look.line === line.id,
        selectable: line.kind !== 'open' && !isLent(line.to),
        focusable: false,
        reconnectable: line.kind !== 'open' && !look.readOnly && !isLent(line.to),
        deletable: line.kind !== 'open',
      }),
    )
  }
  return same.reuseList('edges', edges)
}
