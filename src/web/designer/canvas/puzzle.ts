import type { Puzzle } from './arrange.ts'
import { headRoom } from './chips.ts'
import { footRoom } from './route.ts'
import { type Card, cardSize, endSize, type Line, mainExit, type OpenEnd, type Scene } from './scene.ts'

/** Height of a line's label, and of the "+" on lines. */
export const labelHeight = 26
const widestPill = 230

/** About how wide a label is drawn. Measuring text would need the page; a glyph of 12.5 px type is 6.7 px wide on average. */
export const pillWidth = (label: string) => Math.min(widestPill, Math.ceil(label.length * 6.7) + 20)

/** How wide a line's label and its "+" are. */
export function labelWidth(line: Line): number {
  return line.label === '' ? labelHeight : pillWidth(line.label) + labelHeight
}

/** Size of an open end with the label above it. */
export function endBox(label: string): { width: number; height: number } {
  return label === '' ? endSize : { width: Math.max(endSize.width, pillWidth(label)), height: labelHeight + endSize.height }
}

/** What a scene asks of the layout. Only what changes positions: two scenes with equal puzzles lie alike. */
export function puzzleOf(scene: Scene): Puzzle {
  const labels = new Map(scene.lines.map((line) => [line.id, line.label]))
  const boxOf = (end: OpenEnd) => ({ id: end.id, within: end.within, ...endBox(labels.get(end.id) ?? '') })
  const cards = [...scene.cards].sort((one, other) => one.order - other.order)
  const leaving = Map.groupBy(scene.lines, (line) => line.from)
  return {
    boxes: [...cards.map((card) => ({ id: card.id, within: card.within, head: headRoom(card), ...cardSize })), ...scene.ends.map(boxOf)],
    strands: cards.flatMap((card) =>
      (leaving.get(card.id) ?? []).map((line) => ({
        id: line.id,
        from: line.from,
        to: line.to,
        labelWidth: line.kind === 'open' ? 0 : labelWidth(line),
        labelHeight,
        main: line.exit === mainExit && line.kind !== 'and',
        aside: line.kind === 'failed',
        foot: footOf(card, line.exit),
      })),
    ),
  }
}

function footOf({ ports }: Card, exit: string): number {
  const inner = ports.find((port) => port.exit === exit)?.inner === true
  return footRoom(ports.filter((port) => !port.aside && port.inner === inner))
}
