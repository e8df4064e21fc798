import type { Mission } from '../../../mission/mission.ts'
import type { Mark } from '../desk.ts'
import type { Card, Line, Scene } from './scene.ts'

/** Two documents of a mission, shown as one picture. */
export interface Compared {
  before: Mission
  after: Mission
  /** What each card is; cards that are the same are not in it. */
  marks: ReadonlyMap<string, Mark>
}

/** What is in the later document, and what was removed on the way to it, as one mission. It is drawn, never kept. */
export function unite({ before, after }: Pick<Compared, 'before' | 'after'>): Mission {
  const there = new Set([...after.triggers, ...after.steps].map(({ id }) => id))
  const gone = (one: { id: string }) => !there.has(one.id)
  const linked = new Set(after.links.map(nameOf))
  const isFree = Object.keys(after.layout).length > 0
  return {
    ...after,
    triggers: [...after.triggers, ...before.triggers.filter(gone)],
    steps: [...after.steps, ...before.steps.filter(gone)],
    links: [...after.links, ...before.links.filter((link) => !linked.has(nameOf(link)))],
    layout: isFree ? { ...before.layout, ...after.layout } : {},
  }
}

const nameOf = ({ from, exit, to }: { from: string; exit: string; to: string }) => `${from}:${exit}:${to}`

/**
 * The picture of both: cards and lines of the later document as they are, what was removed beside them. `draw` draws a document by
 * itself; only so does it know what runs at the same time, and where that meets.
 */
export function drawCompared(compared: Pick<Compared, 'before' | 'after'>, draw: (mission: Mission) => Scene): Scene {
  const [was, is, both] = [draw(compared.before), draw(compared.after), draw(unite(compared))]
  const [wasLines, isLines] = [byId(was.lines), byId(is.lines)]
  const isCards = byId(is.cards)
  const cards = both.cards.map((card): Card => {
    const now = isCards.get(card.id)
    if (!now)
      return { ...card, number: '', meeting: undefined, ports: card.ports.map((port) => ({ ...port, lines: Math.min(port.lines, 1) })) }
    const lines = new Map(now.ports.map((port) => [port.exit, port.lines]))
    return {
      ...card,
      number: now.number,
      meeting: now.meeting,
      ports: card.ports.map((port) => ({ ...port, lines: lines.get(port.exit) ?? 0 })),
    }
  })
  const wasCards = byId(was.cards)
  const lines = both.lines.flatMap((line): Line[] => {
    if (line.kind === 'open') return []
    const told = [line.from, line.to].every((id) => wasCards.has(id) && isCards.has(id))
    const now = isLines.get(line.id)
    if (now) return [wasLines.has(line.id) ? now : { ...now, mark: 'added', told }]
    return [{ ...line, kind: line.kind === 'failed' ? 'failed' : 'then', mark: 'removed', told }]
  })
  return { cards, lines, ends: [] }
}

const byId = <One extends { id: string }>(list: readonly One[]) => new Map(list.map((one) => [one.id, one]))
