import type { JSONContent } from '@tiptap/core'
import { type Paragraph, type Piece, readMarkup, writeMarkup } from './markup.ts'

/** A setting as the editor's document. */
export function toDocument(text: string, marks: boolean): JSONContent {
  return { type: 'doc', content: readMarkup(text, marks).map((paragraph) => ({ type: 'paragraph', content: paragraph.map(toNode) })) }
}

function toNode(piece: Piece): JSONContent {
  const marks = [...(piece.bold ? [{ type: 'bold' }] : []), ...(piece.italic ? [{ type: 'italic' }] : [])]
  const styled = marks.length > 0 ? { marks } : {}
  return 'pill' in piece ? { type: 'pill', attrs: { raw: piece.pill }, ...styled } : { type: 'text', text: piece.text, ...styled }
}

/** The editor's document as a setting. */
export function fromDocument(document: JSONContent): string {
  return writeMarkup((document.content ?? []).map((paragraph): Paragraph => (paragraph.content ?? []).map(fromNode)))
}

function fromNode(node: JSONContent): Piece {
  const has = (type: string) => node.marks?.some((mark) => mark.type === type) === true
  const style = { ...(has('bold') ? { bold: true } : {}), ...(has('italic') ? { italic: true } : {}) }
  if (node.type === 'pill') return { pill: String(node.attrs?.['raw'] ?? ''), ...style }
  return { text: node.text ?? '', ...style }
}
