import type { Edge, Node } from '@xyflow/react'
import { m } from '#messages'
import type { Mission, Point } from '../../mission/mission.ts'
import type { LinkState, Story } from '../../run/story.ts'
import type { StepState } from '../../run/visits.ts'
import type { Sameness } from '../designer/canvas/flow.ts'
import { frameNode, type FrameNodeType } from '../designer/canvas/FrameNode.tsx'
import { labelPoint, lowerTurn } from '../designer/canvas/labels.ts'
import type { Placing } from '../designer/canvas/placing.ts'
import type { Area } from '../designer/canvas/arrange.ts'
import { headRoom } from '../designer/canvas/chips.ts'
import { frameOf, portPoint, turnBelow } from '../designer/canvas/route.ts'
import { type Card, cardSize, type Line, lineId, type Scene } from '../designer/canvas/scene.ts'
import { stateWord } from './Marks.tsx'

/** What became of a card: a step's state, or whether a trigger started the run. */
export type CardState = StepState | 'fired' | 'not-fired'

/** What a card of a run shows. The same object as long as nothing in it changes. */
export interface RunCardData extends Record<string, unknown> {
  card: Card
  /** Its open frame, measured from its own corner. */
  frame: Area | undefined
  state: CardState
  word: string
  /** How often the step was visited, when more than once. */
  visits: number
}

/** A card of a run on the canvas. */
export type RunCardNodeType = Node<RunCardData, 'card'>

/** What a line of a run shows. */
export interface RunLineData extends Record<string, unknown> {
  line: Line
  state: LinkState
  from: Point
  to: Point
  through: Point[]
  label: Point
  turn: number
  head: number
}

/** A line of a run on the canvas. */
export type RunLineEdgeType = Edge<RunLineData, 'line'>

/** The frames around what cards hold, below everything else. */
export function drawRunFrames(placing: Placing, same: Sameness): FrameNodeType[] {
  return Object.entries(placing.frames).map(([id, area]) => same.reuse(`frame ${id}`, frameNode(id, area)))
}

/** The cards in reading order, which is the order of the tab key. */
export function drawRunCards(
  scene: Scene,
  placing: Placing,
  story: Story,
  selected: string | undefined,
  same: Sameness,
): RunCardNodeType[] {
  return [...scene.cards]
    .sort((one, other) => one.order - other.order)
    .flatMap((card): RunCardNodeType[] => {
      const position = placing.corners[card.id]
      if (!position) return []
      const data = same.reuse(`data ${card.id}`, cardData(card, frameOf(placing, card.id), story))
      const node: RunCardNodeType = {
        id: card.id,
        type: 'card',
        position,
        data,
        selected: card.id === selected,
        ...cardSize,
        ariaLabel: nameCard(data),
      }
      return [same.reuse(`node ${card.id}`, node)]
    })
}

function cardData(card: Card, frame: Area | undefined, story: Story): RunCardData {
  if (card.role === 'trigger') {
    const fired = story.trigger?.id === card.id
    return { card, frame, state: fired ? 'fired' : 'not-fired', word: fired ? m.history_fired() : m.history_not_fired(), visits: 0 }
  }
  const step = story.steps.get(card.id)
  const state = step?.state ?? 'not-reached'
  return { card, frame, state, word: stateWord(state, story.ended === undefined), visits: step?.visits.length ?? 0 }
}

function nameCard({ card, word }: RunCardData): string {
  const { title, sentence, number } = card
  return card.role === 'trigger'
    ? m.history_card_trigger({ title, sentence, state: word })
    : m.history_card_step({ number, title, sentence, state: word })
}

/** The lines that stand for links; those that were followed come last and so lie on top. */
export function drawRunLines(scene: Scene, placing: Placing, mission: Mission, story: Story, same: Sameness): RunLineEdgeType[] {
  const cards = new Map(scene.cards.map((card) => [card.id, card]))
  const states = new Map(mission.links.map((link, at) => [lineId(link), story.links[at] ?? 'open']))
  const taken = (line: Line) => (states.get(line.id) === 'taken' ? 1 : 0)
  return [...scene.lines]
    .sort((one, other) => taken(one) - taken(other))
    .flatMap((line): RunLineEdgeType[] => {
      const card = cards.get(line.from)
      const [above, below] = [placing.corners[line.from], placing.corners[line.to]]
      if (line.kind === 'open' || !card || !above || !below) return []
      const frame = frameOf(placing, line.from)
      const port = portPoint(card.ports, line.exit, frame)
      const from = { x: above.x + port.x, y: above.y + port.y }
      const to = { x: below.x + cardSize.width / 2, y: below.y - 3 }
      const way = placing.ways[line.id]
      // Branches of one card are led apart in the layout for the sake of the designer's “+”, which is not here.
      const through = line.label === '' && way?.through.length === 1 ? [] : (way?.through ?? [])
      const state = states.get(line.id) ?? 'open'
      const turn = turnBelow(card.ports, line.exit, (through[0]?.x ?? to.x) - from.x, frame) + (way && !placing.free ? 0 : lowerTurn)
      const head = headRoom(cards.get(line.to))
      const data: RunLineData = same.reuse(`data ${line.id}`, {
        line,
        state,
        from,
        to,
        through,
        label: way?.label ?? labelPoint(from, to, line, turn, head),
        turn,
        head,
      })
      return [
        same.reuse(`edge ${line.id}`, {
          id: line.id,
          type: 'line' as const,
          source: line.from,
          sourceHandle: line.exit,
          target: line.to,
          targetHandle: 'in',
          data,
          selectable: false,
          focusable: false,
        }),
      ]
    })
}
