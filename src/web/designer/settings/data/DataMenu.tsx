import { m } from '#messages'
import type { DatumKind } from '../../../../mission/kinds.ts'
import type { Place } from '../../desk.ts'
import { type Choice, Chooser } from '../../palette/Chooser.tsx'
import { offerData, type Piece } from './earlier.ts'

/** The menu of earlier data, with sample values and a word on what may be empty. */
export function DataMenu({
  place,
  pieces,
  kinds,
  onChoose,
  onClose,
}: {
  place: Place
  pieces: readonly Piece[]
  kinds?: readonly DatumKind[] | undefined
  onChoose(piece: Piece): void
  onClose(): void
}) {
  return (
    <Chooser
      place={place}
      title={m.designer_data_menu()}
      choices={offerData(pieces, kinds).map(choiceOfPiece)}
      {...(kinds ? {} : { all: pieces.map(choiceOfPiece) })}
      nothing={m.designer_data_none()}
      onChoose={(reference) => {
        const piece = pieces.find((one) => one.reference === reference)
        onClose()
        if (piece) onChoose(piece)
      }}
      onClose={onClose}
    />
  )
}

/** A piece of data as a choice of a list. */
export function choiceOfPiece(piece: Piece): Choice {
  return {
    value: piece.reference,
    title: piece.title,
    about: piece.sample === '' ? '' : m.designer_data_sample({ sample: piece.sample }),
    group: piece.source,
    ...(piece.maybeEmpty ? { aside: m.designer_data_maybe_empty() } : {}),
  }
}
