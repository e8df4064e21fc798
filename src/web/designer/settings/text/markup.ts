/**
 * Text settings as the editor shows them: lines of text and data pills, in messages with the small Markdown of chats: bold, italic, code,
 * links, and lines that are items of a list or quoted. Whatever the editor does not know stays plain text, so that reading and writing
 * a setting again never changes it.
 */

/** How a piece of text is formatted. `link` is an address. */
export interface Style {
  bold?: boolean
  italic?: boolean
  code?: boolean
  link?: string
}

/** A piece of a line. */
export type Piece = ({ text: string } | { pill: string }) & Style

/** One line of the setting. `marker` is what makes it an item or a quote, as it is written: `- `, `2. `, `> `. */
export interface Line {
  marker: string
  pieces: Piece[]
}

const pillSource = String.raw`\{\{(?:(?!\}\}|\{\{)[\s\S])*\}\}`
const pillPattern = new RegExp(pillSource, 'g')
const markerPattern = /^ {0,3}(?:(?:[-*+]|\d{1,4}[.)]) +|> ?)/

/** Reads a setting. `marks`: whether formatting means something in it, as in messages. */
export function readMarkup(text: string, marks: boolean): Line[] {
  return text.split('\n').map((line) => {
    if (!marks) return { marker: '', pieces: piecesOf(line) }
    const [marker = ''] = markerPattern.exec(line) ?? []
    const rest = line.slice(marker.length)
    const pieces = readLine(rest)
    return { marker, pieces: writeLine(pieces) === rest ? pieces : piecesOf(rest) }
  })
}

/** Writes a setting. */
export function writeMarkup(lines: readonly Line[]): string {
  return lines.map(({ marker, pieces }) => marker + writeLine(pieces)).join('\n')
}

function piecesOf(line: string, style: Style = {}): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const found of line.matchAll(pillPattern)) {
    if (found.index > end) pieces.push({ text: line.slice(end, found.index), ...style })
    pieces.push({ pill: found[0], ...style })
    end = found.index + found[0].length
  }
  if (end < line.length) pieces.push({ text: line.slice(end), ...style })
  return pieces
}

/**
 * Code, a link, bold, italic, or a pill, whatever comes first. Italic only at the rim of words, so that snake_case stays whole.
 */
const token = new RegExp(
  [
    pillSource,
    '`([^`]+)`',
    String.raw`\[((?:${pillSource}|[^[\]])+)\]\(((?:${pillSource}|[^()\s])+)\)`,
    String.raw`\*\*`,
    String.raw`(?<![\p{L}\p{N}_])_(?=[^\s_])`,
    String.raw`(?<=[^\s_])_(?![\p{L}\p{N}_])`,
  ].join('|'),
  'gu',
)

function readLine(line: string, around: Style = {}): Piece[] {
  const pieces: Piece[] = []
  let [bold, italic, end] = [false, false, 0]
  const style = (): Style => ({ ...around, ...(bold ? { bold } : {}), ...(italic ? { italic } : {}) })
  const push = (text: string) => {
    if (text !== '') pieces.push({ text, ...style() })
  }
  for (const found of line.matchAll(token)) {
    const [whole, code, label, link] = found
    push(line.slice(end, found.index))
    end = found.index + whole.length
    if (code !== undefined) pieces.push(...piecesOf(code, { ...style(), code: true }))
    else if (label !== undefined && link !== undefined) pieces.push(...readLine(label, { ...style(), link }))
    else if (whole === '**') bold = !bold
    else if (whole === '_') italic = !italic
    else pieces.push({ pill: whole, ...style() })
  }
  push(line.slice(end))
  // Marks that are not closed mean themselves.
  return bold || italic ? piecesOf(line, around) : pieces
}

const marks = ['link', 'bold', 'italic', 'code'] as const
const unstyled: Style = {}

/** Writes a line with its marks; where they would not be read back as marks (italic inside a word), without some of them. */
function writeLine(pieces: readonly Piece[]): string {
  const plain = pieces.map(contentOf).join('')
  const without = (...dropped: readonly (keyof Style)[]) =>
    pieces.map((piece): Piece => Object.assign({ ...piece }, ...dropped.map((mark) => ({ [mark]: undefined }))))
  const fewer: readonly (readonly (keyof Style)[])[] = [[], ['code'], ['italic'], ['bold'], ['link'], ['italic', 'bold'], ['code', 'link']]
  for (const dropped of fewer) {
    const text = writeRuns(hugWords(dropped.length === 0 ? pieces : without(...dropped)))
    if (text === plain || readLine(text).map(contentOf).join('') === plain) return text
  }
  return plain
}

const contentOf = (piece: Piece): string => ('pill' in piece ? piece.pill : piece.text)

interface Run {
  content: string
  style: Style
}

/** Marks only count when they touch words, so blanks carry a mark only where both neighbours do. */
function hugWords(pieces: readonly Piece[]): Run[] {
  const runs = pieces.flatMap((piece): Run[] => {
    const { bold, italic, code, link } = piece
    const style = { ...(bold ? { bold } : {}), ...(italic ? { italic } : {}), ...(code ? { code } : {}), ...(link ? { link } : {}) }
    const parts = 'pill' in piece ? [piece.pill] : piece.text.split(/(\s+)/).filter((part) => part !== '')
    return parts.map((content) => ({ content, style }))
  })
  const blank = runs.map(({ content }) => /^\s+$/.test(content))
  // The style of the next word, from the end, and of the one before, on the way: a message may have thousands of words.
  const after: Style[] = []
  let next = unstyled
  for (let at = runs.length - 1; at >= 0; at--) {
    after[at] = next
    if (!blank[at]) next = runs[at]?.style ?? unstyled
  }
  let before = unstyled
  return runs.map((run, at) => {
    if (!blank[at]) {
      before = run.style
      return run
    }
    const following = after[at] ?? unstyled
    const shared = marks.filter((mark) => before[mark] !== undefined && before[mark] === following[mark])
    return { content: run.content, style: Object.fromEntries(shared.map((mark) => [mark, before[mark]])) }
  })
}

/** Writes runs with their marks, which nest: a link lies outside bold, that outside italic, and code innermost. */
function writeRuns(runs: readonly Run[]): string {
  let text = ''
  let open: readonly string[] = []
  const turn = (next: readonly string[]) => {
    const differing = open.findIndex((mark, at) => mark !== next[at])
    const kept = differing < 0 ? open.length : differing
    for (const mark of open.slice(kept).toReversed()) text += mark.startsWith('[') ? `](${mark.slice(1)})` : mark
    for (const mark of next.slice(kept)) text += mark.startsWith('[') ? '[' : mark
    open = next
  }
  for (const { content, style } of runs) {
    const { link, bold, italic, code } = style
    turn([...(link === undefined ? [] : [`[${link}`]), ...(bold ? ['**'] : []), ...(italic ? ['_'] : []), ...(code ? ['`'] : [])])
    text += content
  }
  turn([])
  return text
}
