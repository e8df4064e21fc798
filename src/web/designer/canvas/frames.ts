import type { CardFault } from './flow.ts'
import type { Card, Scene } from './scene.ts'

/** Who holds each card, the innermost first. */
export function holdersOf(cards: readonly Pick<Card, 'id' | 'within'>[]): (id: string) => string[] {
  const within = new Map(cards.map((card) => [card.id, card.within]))
  return (id) => {
    const around: string[] = []
    for (let at = within.get(id); at !== undefined && at !== id && !around.includes(at) && within.has(at); at = within.get(at))
      around.push(at)
    return around
  }
}

/** What is drawn of a scene whose cards hold others: without what stands in frames that are closed. */
export function foldScene(scene: Scene, closed: ReadonlySet<string>): Scene {
  if (scene.cards.every((card) => card.within === undefined && !card.ports.some((port) => port.inner))) return scene
  const holders = holdersOf(scene.cards)
  const counts = new Map<string, number>()
  const hidden = new Set<string>()
  const lenders = new Set(scene.cards.flatMap((card) => (card.frame?.lent ? [card.id] : [])))
  for (const { id } of scene.cards)
    for (const holder of holders(id)) {
      counts.set(holder, (counts.get(holder) ?? 0) + 1)
      // A frame that shows another mission is opened, not closed.
      if (closed.has(holder) && !lenders.has(holder)) hidden.add(id)
    }
  const shut = new Set<string>()
  const cards = scene.cards.flatMap((card) => {
    if (hidden.has(card.id)) return []
    const count = counts.get(card.id) ?? 0
    if (card.frame?.lent) return [card]
    if (count === 0) return [card]
    const frame = { open: !closed.has(card.id), count }
    if (frame.open) return [{ ...card, frame }]
    for (const { exit, inner } of card.ports) if (inner) shut.add(`${card.id} ${exit}`)
    return [{ ...card, frame, ports: card.ports.filter((port) => !port.inner) }]
  })
  const isShut = ({ from, exit }: { from: string; exit: string }) => hidden.has(from) || shut.has(`${from} ${exit}`)
  return {
    cards,
    lines: scene.lines.filter((line) => !isShut(line) && !hidden.has(line.to)),
    ends: scene.ends.filter((end) => !isShut(end)),
  }
}

/** Problems where they can be seen: those of a hidden card on the card that hides it. */
export function foldFaults(faults: ReadonlyMap<string, CardFault>, whole: Scene, drawn: Scene): ReadonlyMap<string, CardFault> {
  if (whole === drawn) return faults
  const seen = new Set(drawn.cards.map((card) => card.id))
  const holders = holdersOf(whole.cards)
  const folded = new Map<string, CardFault>()
  for (const [id, fault] of faults) {
    const shown = seen.has(id) ? id : holders(id).find((holder) => seen.has(holder))
    if (shown === undefined) continue
    const known = folded.get(shown)
    const worse = !known || (known.severity === 'warning' && fault.severity === 'error')
    folded.set(shown, { ...(worse ? fault : known), count: fault.count + (known?.count ?? 0) })
  }
  return folded
}
