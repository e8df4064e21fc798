import { m } from '#messages'
import type { Area } from './arrange.ts'
import { portPoint, portsAtRim } from './route.ts'
import { type Card, cardSize, type Meeting, type Port } from './scene.ts'

/** What the chip of a step says for which several lines meet. */
export function meetingWords({ join, lines }: Meeting): string {
  if (join.wait === 'all') return m.designer_when_all()
  return join.wait === 'any' ? m.designer_when_first() : m.designer_when_some({ count: join.count ?? 1, of: lines })
}

/** How far above the card the lines come together that meet in it: its chip stands between, clear of the card. Canvas units. */
export function headRoom(card: Pick<Card, 'meeting'> | undefined): number {
  return card?.meeting ? 32 : 0
}

/** Where the chip of an exit with several lines stands, in the card's own measure: as CSS, because only the page knows how wide it is. */
export interface ChipPlace {
  top: number
  left?: number
  right?: number
  transform?: string
}

const clearOfCard = 6
const clearOfLine = 10
/** From one chip to the next below it, where several exits of a card have one. */
const level = 28

/**
 * Below its exit, clear of the card and, as far as there is room, of the lines of the exits beside it: a chip is wider than exits are
 * apart. The layout keeps room for it (`footRoom` of route.ts).
 */
export function chipPlace(ports: readonly Port[], exit: string, frame?: Area): ChipPlace {
  const { x, y } = portPoint(ports, exit, frame)
  const rim = portsAtRim(ports, exit, frame)
  const at = rim.findIndex((port) => port.exit === exit)
  const above = rim.slice(0, at).filter((port) => port.lines > 1).length
  const top = y + clearOfCard + above * level
  const [before, after] = [rim[at - 1], rim[at + 1]].map((port) => port && portPoint(ports, port.exit, frame).x)
  if (after !== undefined && before === undefined) return { top, right: cardSize.width - after + clearOfLine }
  if (before !== undefined && after === undefined) return { top, left: before + clearOfLine }
  return { top, left: x, transform: 'translateX(-50%)' }
}
