import type { Puzzle } from './arrange.ts'
import { cardSize, endSize, type Line, type Scene } from './scene.ts'

/** Height of a line's label, and of the "+" on lines without one. */
const labelHeight = 26

/** About how wide a line's label is drawn. Measuring text would need the page; an average glyph of 12.5 px type is 6.7 px wide. */
export function labelWidth(line: Line): number {
  if (line.kind === 'open') return line.label === '' ? 2 : pillWidth(line.label)
  return line.label === '' ? labelHeight : pillWidth(line.label) + labelHeight
}

const widestPill = 190
const pillWidth = (label: string) => Math.min(widestPill, Math.ceil(label.length * 6.7) + 20)

/** What a scene asks of the layout. Only what changes positions: two scenes with equal puzzles lie alike. */
export function puzzleOf(scene: Scene): Puzzle {
  const rows: string[][] = []
  for (const card of scene.cards) {
    const targets = scene.lines.filter((line) => line.from === card.id).map((line) => line.to)
    if (targets.length > 1) rows.push(targets)
  }
  return {
    boxes: [...scene.cards.map(({ id }) => ({ id, ...cardSize })), ...scene.ends.map(({ id }) => ({ id, ...endSize }))],
    strands: scene.lines.map((line) => ({ id: line.id, from: line.from, to: line.to, labelWidth: labelWidth(line), labelHeight: line.kind === 'open' && line.label === '' ? 2 : labelHeight })),
    rows,
  }
}
