import { eachExit } from '../../../mission/body.ts'
import type { Card, Scene } from '../canvas/scene.ts'
import type { Offer } from '../desk.ts'
import type { Spot } from './spot.ts'

/** The first exit of a card that is not for failing; undefined for a card at which everything ends. */
export function firstExit(scene: Scene, id: string): string | undefined {
  return scene.cards.find((card) => card.id === id)?.ports.find((port) => !port.aside)?.exit
}

/** Where something dropped onto a card goes: to its first open exit, or else beside what follows the card. */
export function spotAt(scene: Scene, id: string): Spot | undefined {
  const card = scene.cards.find((one) => one.id === id)
  const port = card && (openPort(card) ?? card.ports.find((one) => !one.aside))
  return port && { at: 'exit', from: id, exit: port.exit }
}

/** Where something goes that is added without saying where: after what is selected, or at the end. */
export function nextSpot(scene: Scene, selection: readonly string[], offer: Offer): Spot {
  if (offer.role === 'trigger') return { at: 'top' }
  const selected = scene.cards.find((card) => card.id === selection.at(-1))
  return (selected && spotAfter(scene, selected)) ?? endSpot(scene) ?? { at: 'loose' }
}

function spotAfter(scene: Scene, card: Card): Spot | undefined {
  const open = openPort(card)
  if (open) return { at: 'exit', from: card.id, exit: open.exit }
  const lines = scene.lines.filter((line) => line.from === card.id && line.kind !== 'failed')
  const [first] = lines
  if (!first) return undefined
  return lines.length === 1
    ? { at: 'line', link: { from: first.from, exit: first.exit, to: first.to } }
    : { at: 'exit', from: first.from, exit: first.exit }
}

/** The open end of the last card in reading order that has one. */
function endSpot(scene: Scene): Spot | undefined {
  const last = [...scene.cards].sort((one, other) => other.order - one.order).find((card) => openPort(card))
  const port = last && openPort(last)
  return last && port && { at: 'exit', from: last.id, exit: port.exit }
}

/** The first exit that leads nowhere yet; of a step that holds others, the one into it, without which it does nothing. */
function openPort(card: Card): Card['ports'][number] | undefined {
  const open = card.ports.filter((port) => !port.aside && port.lines === 0)
  return open.find((port) => port.exit === eachExit) ?? open[0]
}
