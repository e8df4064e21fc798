import type { ReactNode } from 'react'
import { type Piece, readMarkdown } from '../../../chat/stream/markdown.ts'
import { samplePeople } from './sample-data.ts'

const nameOf = (id: string) => samplePeople.find((person) => person.id === id)?.name ?? id

/** A message's text with its formatting; links and mentions are drawn but lead nowhere. */
export function DrawnText({ text, plain }: { text: string; plain: boolean }) {
  const pieces = readMarkdown(text)
  return <>{plain ? drawPlain(pieces) : draw(pieces)}</>
}

function draw(inside: readonly Piece[]): ReactNode[] {
  return inside.map((piece, place) => {
    switch (piece.kind) {
      case 'text':
        return piece.text
      case 'break':
        return <br key={place} />
      case 'strong':
        return <strong key={place}>{draw(piece.inside)}</strong>
      case 'em':
        return <em key={place}>{draw(piece.inside)}</em>
      case 'del':
        return <del key={place}>{draw(piece.inside)}</del>
      case 'quote':
        return <blockquote key={place}>{draw(piece.inside)}</blockquote>
      case 'paragraph':
        return <p key={place}>{draw(piece.inside)}</p>
      case 'code':
        return piece.block ? (
          <pre key={place}>
            <code>{piece.text}</code>
          </pre>
        ) : (
          <code key={place}>{piece.text}</code>
        )
      case 'link':
        return (
          <span key={place} data-link title={piece.href}>
            {draw(piece.inside)}
          </span>
        )
      case 'list':
        return piece.start === undefined ? (
          <ul key={place}>{draw(piece.inside)}</ul>
        ) : (
          <ol key={place} start={piece.start}>
            {draw(piece.inside)}
          </ol>
        )
      case 'item':
        return <li key={place}>{draw(piece.inside)}</li>
      case 'person':
        return (
          <span key={place} data-mention>
            @{nameOf(piece.id)}
          </span>
        )
      case 'channel':
        return (
          <span key={place} data-link>
            #{piece.name}
          </span>
        )
    }
  })
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
