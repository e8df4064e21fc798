import type { ReactNode } from 'react'
import type { Piece } from './markdown.ts'

type Of<Kind extends Piece['kind']> = Extract<Piece, { kind: Kind }>

/** What looks different from place to place: what leads somewhere. `key`: its place among its neighbours. */
export interface PieceParts {
  link(piece: Of<'link'>, inside: ReactNode[], key: number): ReactNode
  person(piece: Of<'person'>, key: number): ReactNode
  channel(piece: Of<'channel'>, key: number): ReactNode
}

/** Draws the pieces of a text with their formatting. A text never changes its pieces one by one, so their places are good keys. */
export function drawPieces(pieces: readonly Piece[], parts: PieceParts): ReactNode[] {
  const draw = (inside: readonly Piece[]) => drawPieces(inside, parts)
  return pieces.map((piece, place) => {
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
          <pre key={place} tabIndex={0}>
            <code>{piece.text}</code>
          </pre>
        ) : (
          <code key={place}>{piece.text}</code>
        )
      case 'link':
        return parts.link(piece, draw(piece.inside), place)
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
        return parts.person(piece, place)
      case 'channel':
        return parts.channel(piece, place)
    }
  })
}
