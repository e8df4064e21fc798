import type { Point } from '../../../mission/mission.ts'
import type { Area, Arrangement } from './arrange.ts'
import { cardSize, mainExit, type Port } from './scene.ts'

/** The open frame of a card, measured from the card's corner. */
export function frameOf({ frames, corners }: Pick<Arrangement, 'frames' | 'corners'>, id: string): Area | undefined {
  const [frame, corner] = [frames[id], corners[id]]
  return frame && corner && { ...frame, x: frame.x - corner.x, y: frame.y - corner.y }
}

/**
 * Where a port lies, from its card's top left corner. A card with a frame (measured from the same corner) is left at the rim of the
 * frame, and by its inner ports at its own foot.
 */
export function portPoint(ports: readonly Port[], exit: string, frame?: Area): Point {
  const port = ports.find((one) => one.exit === exit)
  if (port?.inner && frame) return { x: cardSize.width / 2, y: cardSize.height }
  const below = portsBelow(ports, frame)
  const at = below.findIndex((one) => one.exit === exit)
  if (at < 0) return frame ? { x: frame.x + frame.width, y: frame.y + 36 } : { x: cardSize.width, y: cardSize.height / 2 }
  const y = frame ? frame.y + frame.height : cardSize.height
  const main = below.findIndex((one) => one.exit === mainExit)
  if (main < 0) return { x: Math.round((cardSize.width * (at + 1)) / (below.length + 1)), y }
  // What usually happens goes on straight below the middle, everything else at the right of it.
  const place = at === main ? 0 : at < main ? at + 1 : at
  return { x: Math.round((cardSize.width / 2) * (1 + place / below.length)), y }
}

const portsBelow = (ports: readonly Port[], frame: Area | undefined) => ports.filter((port) => !port.aside && !(frame && port.inner))

/** The ports at the same edge as one of them: what leads into an open frame leaves above what leads out of it. */
export function portsAtRim(ports: readonly Port[], exit: string, frame?: Area): Port[] {
  const port = ports.find((one) => one.exit === exit)
  return port?.inner && frame ? ports.filter((one) => one.inner) : portsBelow(ports, frame)
}

/** Room below a card for the chips of exits with several lines, before anything else stands there. */
export function footRoom(ports: readonly Pick<Port, 'lines'>[]): number {
  const chips = ports.filter((port) => port.lines > 1).length
  return chips === 0 ? 0 : 24 + (chips - 1) * 28
}

/** How far below its card a line turns sideways, so that lines of several exits neither cross nor lie on each other, nor on a chip. */
export function turnBelow(ports: readonly Port[], exit: string, sideways: number, frame?: Area): number {
  const below = portsAtRim(ports, exit, frame)
  const at = below.findIndex((port) => port.exit === exit)
  // The outermost line to either side turns first, the ones within pass below it.
  const lane = sideways < 0 ? at : below.length - 1 - at
  return footRoom(below) + 12 + Math.min(Math.max(lane, 0), 3) * 4
}

/** How far above a card lines from elsewhere turn towards it, so that they meet in one place. */
const turnAbove = 15
const bend = 9

/**
 * A line of straight pieces with rounded corners: down from `from`, turning after `turn`, through the points in between, and down into
 * `to`, turning shortly above it and above what stands on top of it (`head`).
 */
export function routeDown(from: Point, through: readonly Point[], to: Point, turn: number, head = 0): string {
  return roundCorners(cornersDown(from, through, to, from.y + turn, head))
}

/** Like {@link routeDown} for a line that leaves at the right side of its card. */
export function routeAside(from: Point, through: readonly Point[], to: Point, head = 0): string {
  return roundCorners(cornersAside(from, through, to, head))
}

/** The corners of {@link routeAside}, before they are rounded. */
export function cornersAside(from: Point, through: readonly Point[], to: Point, head = 0): Point[] {
  const [first] = through
  const x = Math.max(first?.x ?? to.x, from.x + 16)
  return [from, ...cornersDown({ x, y: from.y }, through, to, from.y + cardSize.height / 2 + 12, head)]
}

/** The corners of {@link routeDown}, before they are rounded. */
export function cornersDown(from: Point, through: readonly Point[], to: Point, firstTurn: number, head = 0): Point[] {
  const stops = [...through, to]
  const corners: Point[] = [from]
  let last = from
  for (const [at, stop] of stops.entries()) {
    if (Math.abs(stop.x - last.x) > 1) {
      const final = at === stops.length - 1
      const y = at === 0 && (!final || firstTurn < to.y - head - bend) ? firstTurn : final ? to.y - head - turnAbove : (last.y + stop.y) / 2
      corners.push({ x: last.x, y }, { x: stop.x, y })
      last = stop
    } else last = { x: last.x, y: stop.y }
  }
  corners.push(last)
  return corners
}

function roundCorners(corners: readonly Point[]): string {
  const [start] = corners
  if (!start) return ''
  let path = `M${start.x},${start.y}`
  for (let at = 1; at < corners.length - 1; at++) {
    const [before, corner, after] = [corners[at - 1], corners[at], corners[at + 1]]
    if (!before || !corner || !after) continue
    const room = Math.min(bend, distance(before, corner) / 2, distance(corner, after) / 2)
    const entry = towards(corner, before, room)
    const exit = towards(corner, after, room)
    path += ` L${entry.x},${entry.y} Q${corner.x},${corner.y} ${exit.x},${exit.y}`
  }
  const end = corners.at(-1) ?? start
  return `${path} L${end.x},${end.y}`
}

const distance = (one: Point, other: Point): number => Math.hypot(other.x - one.x, other.y - one.y)

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  return whole === 0 ? from : { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole }
}
