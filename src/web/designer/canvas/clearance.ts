import { m } from '#messages'
import type { Point } from '../../../mission/mission.ts'
import type { Area, Arrangement } from './arrange.ts'
import { chipPlace, headRoom, meetingWords } from './chips.ts'
import { Ground } from './ground.ts'
import { labelPoint, lowerTurn } from './labels.ts'
import { endBox, labelHeight, labelWidth, pillWidth } from './puzzle.ts'
import { cornersAside, cornersDown, frameOf, portPoint, turnBelow } from './route.ts'
import { type Card, cardSize, endSize, type Line, type OpenEnd, type Scene } from './scene.ts'

/** What lies by hand, before the labels of its lines have their places. */
type Laid = Pick<Arrangement, 'corners' | 'frames'>

/** How far what finds its place keeps from everything else. */
const margin = 3
/** From one place that is tried to the next, along a line and beside an open end. */
const stride = 12
/** So many places are tried along one piece of a line: 2,400 units, several screens. On longer ones they lie further apart. */
const mostTried = 200
/** As bad as a way of so many units: a square unit of something covered, and one of the line of somebody else. */
const cost = { covered: 40, crossed: 1.5 }

/**
 * Finds places for what has no room of its own in a layout laid by hand: labels of lines with their "+", and open ends. Each goes to the place
 * nearest to the one it usually has where it covers neither cards nor chips nor another of them and, as far as there is one, no other line.
 */
export class Clearance {
  readonly #cards: ReadonlyMap<string, Card>
  readonly #laid: Laid
  readonly #boxes = new Ground()
  readonly #strokes = new Ground()

  constructor(scene: Scene, laid: Laid) {
    this.#cards = new Map(scene.cards.map((card) => [card.id, card]))
    this.#laid = laid
    for (const card of scene.cards) this.#takeCard(card)
    const labels = new Map(scene.lines.map((line) => [line.id, line.label]))
    for (const end of scene.ends) {
      const corner = laid.corners[end.id]
      if (corner) this.#boxes.take(endArea(labels.get(end.id) ?? '', corner), end.id)
    }
    for (const line of scene.lines) if (line.kind !== 'open') this.#takeStroke(line)
  }

  /** The corner of an open end's button, the nearest to `usual` where the end and its label have room. It is theirs from then on. */
  standEnd(end: OpenEnd, label: string, usual: Point): Point {
    const areaAt = (corner: Point) => endArea(label, corner)
    const steps = [0, 1, 2, 3, 4, 5]
    // To the right first: what usually happens goes on straight below.
    const sides = [0, ...Array.from({ length: 2 * cardSize.width }, (_, at) => at).filter((by) => by > 0 && by % (2 * stride) === 0)]
    const tried = steps.flatMap((down) =>
      sides.flatMap((by) => (by === 0 ? [0] : [by, -by])).map((by) => ({ x: usual.x + by, y: usual.y + down * 2 * stride })),
    )
    const found = this.#best(tried, usual, areaAt, end.id)
    this.#boxes.take(areaAt(found), end.id)
    return found
  }

  /** Where the label of each line stands, for lines that find their own way. */
  placeLabels(lines: readonly Line[]): Arrangement['ways'] {
    const ways: Arrangement['ways'] = {}
    // What is widest has the fewest places.
    for (const line of [...lines].sort((one, other) => labelWidth(other) - labelWidth(one))) {
      const run = this.#run(line)
      if (!run) continue
      const usual = labelPoint(run.from, run.to, line, run.turn, run.head)
      if (line.kind === 'open') {
        ways[line.id] = { through: [], label: { x: run.to.x, y: run.to.y - labelHeight / 2 } }
        continue
      }
      const width = labelWidth(line)
      const areaAt = ({ x, y }: Point): Area => ({ x: x - width / 2, y: y - labelHeight / 2, width, height: labelHeight })
      const near = this.#best([usual, ...pointsAlong(run.corners, width)], usual, areaAt, line.id)
      // Rather some way off its line than over something.
      const label =
        this.#boxes.covered(areaAt(near), line.id) === 0 ? near : this.#best([near, ...pointsAround(usual)], usual, areaAt, line.id)
      this.#boxes.take(areaAt(label), line.id)
      ways[line.id] = { through: [], label }
    }
    return ways
  }

  #best(tried: readonly Point[], usual: Point, areaAt: (point: Point) => Area, owner: string): Point {
    let [best, least] = [usual, Infinity]
    for (const point of tried) {
      const away = Math.hypot(point.x - usual.x, point.y - usual.y)
      if (away >= least) continue
      const area = areaAt(point)
      const covering = away + cost.covered * this.#boxes.covered(grown(area), owner)
      // Lines are many: they are looked at where nothing else speaks against a place.
      const worth = covering < least ? covering + cost.crossed * this.#strokes.covered(area, owner) : covering
      if (worth < least) [best, least] = [point, worth]
    }
    return best
  }

  #takeCard(card: Card): void {
    const corner = this.#laid.corners[card.id]
    if (!corner) return
    const frame = frameOf(this.#laid, card.id)
    const take = (area: Area) => this.#boxes.take({ ...area, x: corner.x + area.x, y: corner.y + area.y }, card.id)
    take({ x: 0, y: 0, ...cardSize })
    if (card.meeting) {
      const width = pillWidth(meetingWords(card.meeting))
      take({ x: (cardSize.width - width) / 2, y: -headRoom(card), width, height: headRoom(card) })
    }
    const width = pillWidth(m.designer_and())
    for (const port of card.ports) {
      if (port.aside && port.lines === 0) {
        const { x, y } = portPoint(card.ports, port.exit, frame)
        take({ x: x - 10, y: y - 10, width: 20, height: 20 })
      }
      if (port.aside || port.lines < 2) continue
      const { top, left, right, transform } = chipPlace(card.ports, port.exit, frame)
      const x = right === undefined ? (left ?? 0) - (transform ? width / 2 : 0) : cardSize.width - right - width
      take({ x, y: top, width, height: 24 })
    }
  }

  #takeStroke(line: Line): void {
    const corners = this.#run(line)?.corners ?? []
    for (const [at, corner] of corners.entries()) {
      const next = corners[at + 1]
      if (!next) continue
      const [x, y] = [Math.min(corner.x, next.x) - 1, Math.min(corner.y, next.y) - 1]
      const area = { x, y, width: Math.abs(next.x - corner.x) + 2, height: Math.abs(next.y - corner.y) + 2 }
      this.#strokes.take(area, line.id)
    }
  }

  /** From where to where a line goes, and by which corners. */
  #run(line: Line): { from: Point; to: Point; turn: number; head: number; corners: Point[] } | undefined {
    const card = this.#cards.get(line.from)
    const [above, below] = [this.#laid.corners[line.from], this.#laid.corners[line.to]]
    if (!card || !above || !below) return undefined
    const frame = frameOf(this.#laid, line.from)
    const port = portPoint(card.ports, line.exit, frame)
    const from = { x: above.x + port.x, y: above.y + port.y }
    const to = line.kind === 'open' ? { x: below.x + endSize.width / 2, y: below.y } : { x: below.x + cardSize.width / 2, y: below.y - 3 }
    const turn = turnBelow(card.ports, line.exit, to.x - from.x, frame) + lowerTurn
    const head = headRoom(this.#cards.get(line.to))
    const corners = line.kind === 'failed' ? cornersAside(from, [], to, head) : cornersDown(from, [], to, from.y + turn, head)
    return { from, to, turn, head, corners }
  }
}

/** What an open end takes with the label above it. */
function endArea(label: string, corner: Point): Area {
  const box = endBox(label)
  return { x: corner.x + (endSize.width - box.width) / 2, y: corner.y + endSize.height - box.height, ...box }
}

const grown = ({ x, y, width, height }: Area): Area => ({
  x: x - margin,
  y: y - margin,
  width: width + 2 * margin,
  height: height + 2 * margin,
})

/** Places for a label so wide: on each piece of the line, and where that leads down, beside it. */
function pointsAlong(corners: readonly Point[], width: number): Point[] {
  return corners.flatMap((corner, at) => {
    const next = corners[at + 1]
    if (!next) return []
    const length = Math.hypot(next.x - corner.x, next.y - corner.y)
    const count = Math.min(mostTried, Math.max(1, Math.floor(length / stride)))
    const beside = next.x === corner.x ? [0, width / 2 + margin, -width / 2 - margin] : [0]
    return Array.from({ length: count }, (_, step) => (step + 0.5) / count).flatMap((part) =>
      beside.map((by) => ({ x: corner.x + (next.x - corner.x) * part + by, y: corner.y + (next.y - corner.y) * part })),
    )
  })
}

/** Places up to a card's width to either side of a point, and half its height above and below. */
function pointsAround({ x, y }: Point): Point[] {
  const [across, down] = [cardSize.width, cardSize.height / 2].map((reach) => {
    const count = Math.floor(reach / stride)
    return Array.from({ length: 2 * count + 1 }, (_, at) => (at - count) * stride)
  })
  return (across ?? []).flatMap((right) => (down ?? []).map((below) => ({ x: x + right, y: y + below })))
}
