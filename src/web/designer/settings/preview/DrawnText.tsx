import type { ReactNode } from 'react'
import { type Piece, readMarkdown } from '../../../chat/stream/markdown.ts'
import { drawPieces, type PieceParts } from '../../../chat/stream/pieces.tsx'
import { samplePeople } from './sample-data.ts'

const nameOf = (id: string) => samplePeople.find((person) => person.id === id)?.name ?? id

/** A message's text with its formatting; links and mentions are drawn but lead nowhere. */
export function DrawnText({ text, plain }: { text: string; plain: boolean }) {
  const pieces = readMarkdown(text)
  return <>{plain ? drawPlain(pieces) : drawPieces(pieces, parts)}</>
}

const parts: PieceParts = {
  link: (piece, inside, key) => (
    <span key={key} data-link title={piece.href}>
      {inside}
    </span>
  ),
  person: ({ id }, key) => (
    <span key={key} data-mention>
      @{nameOf(id)}
    </span>
  ),
  channel: ({ name }, key) => (
    <span key={key} data-link>
      #{name}
    </span>
  ),
}

/** Line by line, without any formatting. */
function drawPlain(inside: readonly Piece[]): ReactNode[] {
  return inside.map((piece, place) => {
    if (piece.kind === 'list')
      return piece.inside.map((item, at) => (
        <p key={`${place} ${at}`}>
          {piece.start === undefined ? '• ' : `${piece.start + at}. `}
          {item.kind === 'item' ? drawPlain(item.inside) : drawPlain([item])}
        </p>
      ))
    if (piece.kind === 'paragraph' || piece.kind === 'quote') return <p key={place}>{drawPlain(piece.inside)}</p>
    if (piece.kind === 'link') {
      const label = plainOf(piece.inside)
      return label === piece.href ? label : `${label} (${piece.href})`
    }
    if (piece.kind === 'break') return <br key={place} />
    return 'inside' in piece ? <span key={place}>{drawPlain(piece.inside)}</span> : plainOf([piece])
  })
}

function plainOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece): string => {
      if (piece.kind === 'person') return nameOf(piece.id)
      if (piece.kind === 'channel') return `#${piece.name}`
      if (piece.kind === 'break') return ' '
      return 'inside' in piece ? plainOf(piece.inside) : piece.text
    })
    .join('')
}
