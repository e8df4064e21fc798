import { type Card, lineId, mainExit, type Scene } from './scene.ts'

/** A mission that a card runs, to be shown in its frame. */
export interface Loan {
  /** The card that runs it. */
  card: string
  mission: string
  /** It by itself; undefined while it is on its way, and when there is nothing to show. */
  scene: Scene | undefined | null
  missing: boolean
}

/** The exit of a card into the mission that it runs. It is drawn, and no exit of the step. */
export const lentExit = 'lent'
/** Between the id of the card and that of a card of the mission it runs. Ids hold none. */
const mark = '/'

/** True for a card of another mission, which can only be looked at. */
export const isLent = (id: string): boolean => id.includes(mark)

/** The card of this mission in whose frame a card of another one stands; the card itself when it is of this one. */
export const lenderOf = (id: string): string => id.split(mark)[0] ?? id

/** Puts what cards run into their frames: the steps that follow the trigger by which another mission runs it. */
export function lendScene(scene: Scene, loans: readonly Loan[]): Scene {
  const byCard = new Map(loans.map((loan) => [loan.card, loan]))
  const lent: Scene = { cards: [], lines: [], ends: [] }
  const cards = scene.cards.map((card): Card => {
    const loan = byCard.get(card.id)
    if (!loan) return card
    const inside = loan.scene ? insideOf(card, loan.scene) : undefined
    if (!inside || inside.cards.length === 0)
      return { ...card, frame: { open: true, count: 0, lent: loan.missing || inside ? 'nothing' : 'loading', mission: loan.mission } }
    lent.cards.push(...inside.cards)
    lent.lines.push(...inside.lines)
    const lines = inside.lines.filter((line) => line.from === card.id).length
    return {
      ...card,
      frame: { open: true, count: inside.cards.length, lent: 'there', mission: loan.mission },
      ports: [...card.ports, { exit: lentExit, label: '', lines, aside: false, inner: true }],
    }
  })
  return { cards: [...cards, ...lent.cards], lines: [...scene.lines, ...lent.lines], ends: scene.ends }
}

function insideOf(lender: Card, { cards, lines }: Scene): Scene {
  const start = cards.find((card) => card.type === 'run-by-mission')
  const reached = new Set(start ? [start.id] : [])
  // A set may grow while it is read: what follows is reached, too.
  for (const id of reached) for (const line of lines) if (line.from === id && line.kind !== 'open') reached.add(line.to)
  const nameOf = (id: string) => (id === start?.id ? lender.id : `${lender.id}${mark}${id}`)
  return {
    cards: cards.flatMap((card) =>
      card.role === 'step' && reached.has(card.id)
        ? [
            {
              ...card,
              id: nameOf(card.id),
              number: '',
              order: lender.order,
              within: card.within === undefined ? lender.id : nameOf(card.within),
              runs: undefined,
            },
          ]
        : [],
    ),
    lines: lines.flatMap((line) => {
      if (line.kind === 'open' || !reached.has(line.from)) return []
      const moved = { ...line, from: nameOf(line.from), to: nameOf(line.to), exit: line.from === start?.id ? lentExit : line.exit }
      return [{ ...moved, id: lineId(moved), label: line.from === start?.id && line.exit === mainExit ? '' : line.label }]
    }),
    ends: [],
  }
}
