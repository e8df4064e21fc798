/**
 * Text settings as the editor shows them: paragraphs of text and data pills, in messages with bold and italic. Whatever the
 * editor does not know stays plain text, so that reading and writing a setting again never changes it.
 */

/** A piece of a paragraph. */
export type Piece = { text: string; bold?: boolean; italic?: boolean } | { pill: string; bold?: boolean; italic?: boolean }

/** A paragraph: one line of the setting. */
export type Paragraph = Piece[]

const pillPattern = /\{\{(?:(?!\}\}|\{\{)[\s\S])*\}\}/g

/** Reads a setting. `marks`: whether `**bold**` and `_italic_` mean something in it, as in messages. */
export function readMarkup(text: string, marks: boolean): Paragraph[] {
  const plain = text.split('\n').map((line) => piecesOf(line))
  if (!marks) return plain
  const marked = text.split('\n').map(readLine)
  return writeMarkup(marked) === text ? marked : plain
}

/** Writes a setting. */
export function writeMarkup(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(writeLine).join('\n')
}

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const found of line.matchAll(pillPattern)) {
    if (found.index > end) pieces.push({ text: line.slice(end, found.index) })
    pieces.push({ pill: found[0] })
    end = found.index + found[0].length
  }
  if (end < line.length) pieces.push({ text: line.slice(end) })
  return pieces
}

/** Bold, italic, a pill, or text without any of their marks. Italic only at the rim of words, so that snake_case stays whole. */
const token = /\*\*|(?<![\p{L}\p{N}_])_(?=[^\s_])|(?<=[^\s_])_(?![\p{L}\p{N}_])|\{\{(?:(?!\}\}|\{\{)[\s\S])*\}\}/gu

function readLine(line: string): Paragraph {
  const pieces: Piece[] = []
  let [bold, italic, end] = [false, false, 0]
  const style = () => ({ ...(bold ? { bold } : {}), ...(italic ? { italic } : {}) })
  const push = (text: string) => {
    if (text !== '') pieces.push({ text, ...style() })
  }
  for (const found of line.matchAll(token)) {
    push(line.slice(end, found.index))
    end = found.index + found[0].length
    if (found[0] === '**') bold = !bold
    else if (found[0] === '_') italic = !italic
    else pieces.push({ pill: found[0], ...style() })
  }
  push(line.slice(end))
  // Marks that are not closed mean themselves.
  return bold || italic ? piecesOf(line) : pieces
}

interface Style {
  bold: boolean
  italic: boolean
}

const unstyled: Style = { bold: false, italic: false }

/** Writes a line with its marks; where they would not be read back as marks (italic inside a word), without them. */
function writeLine(paragraph: Paragraph): string {
  const plain = paragraph.map(contentOf).join('')
  const without = (style: keyof Style) => (piece: Piece) => ({ ...piece, [style]: false })
  for (const pieces of [paragraph, paragraph.map(without('italic')), paragraph.map(without('bold'))]) {
    const text = writeMarks(hugWords(pieces))
    if (text === plain || readLine(text).map(contentOf).join('') === plain) return text
  }
  return plain
}

const contentOf = (piece: Piece): string => ('pill' in piece ? piece.pill : piece.text)

/** Marks only count when they touch words, so blanks carry a mark only where both neighbours do. */
function hugWords(pieces: readonly Piece[]): { content: string; style: Style }[] {
  const runs = pieces.flatMap((piece) => {
    const style = { bold: piece.bold === true, italic: piece.italic === true }
    const parts = 'pill' in piece ? [piece.pill] : piece.text.split(/(\s+)/).filter((part) => part !== '')
    return parts.map((content) => ({ content, style }))
  })
  const isBlank = (content: string | undefined) => content !== undefined && /^\s+$/.test(content)
  return runs.map((run, at) => {
    if (!isBlank(run.content)) return run
    const before = runs.slice(0, at).findLast((each) => !isBlank(each.content))?.style ?? unstyled
    const after = runs.slice(at + 1).find((each) => !isBlank(each.content))?.style ?? unstyled
    return { content: run.content, style: { bold: before.bold && after.bold, italic: before.italic && after.italic } }
  })
}

/** Bold lies outside italic. */
function writeMarks(runs: readonly { content: string; style: Style }[]): string {
  let text = ''
  let now = unstyled
  const turn = (next: Style) => {
    if (now.italic && (!next.italic || now.bold !== next.bold)) text += '_'
    const italic = now.italic && next.italic && now.bold === next.bold
    if (now.bold !== next.bold) text += '**'
    if (next.italic && !italic) text += '_'
    now = next
  }
  for (const run of runs) {
    turn(run.style)
    text += run.content
  }
  turn(unstyled)
  return text
}

/** A pill taken apart. */
export interface PillParts {
  /** What it refers to. */
  reference: string
  /** Other data that stands in, in this order, while the one before is empty. */
  others: readonly string[]
  /** The text that stands in when all of it is empty. */
  fallback?: string
}

const referencePattern = String.raw`[a-z]\w*(?:\.\w+|\[\d+\])*`
const defaultPattern = String.raw`\s*\|\s*default:\s*(?:"[^"]*"|'[^']*'|${referencePattern})`
const wholePill = new RegExp(String.raw`^\{\{-?\s*(${referencePattern})((?:${defaultPattern})*)\s*-?\}\}$`)
const eachDefault = new RegExp(String.raw`\|\s*default:\s*(?:"([^"]*)"|'([^']*)'|(${referencePattern}))`, 'g')

/** Takes a pill apart; undefined for anything cleverer than data with something that stands in for it. */
export function readPill(pill: string): PillParts | undefined {
  const [, reference, defaults = ''] = wholePill.exec(pill.trim()) ?? []
  if (reference === undefined) return undefined
  const others: string[] = []
  for (const [, double, single, other] of defaults.matchAll(eachDefault)) {
    if (other === undefined) return { reference, others, fallback: double ?? single ?? '' }
    others.push(other)
  }
  return { reference, others }
}

/** Writes a pill. Quotes inside a fallback become typographic ones: Liquid has no escape for them. */
export function writePill({ reference, others, fallback }: PillParts): string {
  const text = fallback === undefined || fallback === '' ? '' : ` | default: "${fallback.replaceAll('"', '”')}"`
  return `{{ ${reference}${others.map((other) => ` | default: ${other}`).join('')}${text} }}`
}

/** A pill for a piece of data alone. */
export function pillOf(reference: string): string {
  return writePill({ reference, others: [] })
}
