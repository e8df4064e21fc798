import type { JSONContent } from '@tiptap/core'
import { type Line, type Piece, readMarkup, writeMarkup } from './markup.ts'

/** A setting as the editor's document. */
export function toDocument(text: string, marks: boolean): JSONContent {
  return {
    type: 'doc',
    content: readMarkup(text, marks).map(({ marker, pieces }) => ({ type: 'paragraph', attrs: { marker }, content: pieces.map(toNode) })),
  }
}

function toNode(piece: Piece): JSONContent {
  const marks = [
    ...(piece.link === undefined ? [] : [{ type: 'link', attrs: { href: piece.link } }]),
    ...(piece.bold ? [{ type: 'bold' }] : []),
    ...(piece.italic ? [{ type: 'italic' }] : []),
    ...(piece.code ? [{ type: 'code' }] : []),
  ]
  const styled = marks.length > 0 ? { marks } : {}
  return 'pill' in piece ? { type: 'pill', attrs: { raw: piece.pill }, ...styled } : { type: 'text', text: piece.text, ...styled }
}

/** The editor's document as a setting. */
export function fromDocument(document: JSONContent): string {
  return (document.content ?? []).map(fromParagraph).join('\n')
}

/** One paragraph of the editor's document as a line of the setting. */
export function fromParagraph(paragraph: JSONContent): string {
  const line: Line = { marker: String(paragraph.attrs?.['marker'] ?? ''), pieces: (paragraph.content ?? []).map(fromNode) }
  return writeMarkup([line])
}

function fromNode(node: JSONContent): Piece {
  const has = (type: string) => node.marks?.some((mark) => mark.type === type) === true
  const link: unknown = node.marks?.find((mark) => mark.type === 'link')?.attrs?.['href']
  const style = {
    ...(has('bold') ? { bold: true } : {}),
    ...(has('italic') ? { italic: true } : {}),
    ...(has('code') ? { code: true } : {}),
    ...(typeof link === 'string' ? { link } : {}),
  }
  if (node.type === 'pill') return { pill: String(node.attrs?.['raw'] ?? ''), ...style }
  return { text: node.text ?? '', ...style }
}
