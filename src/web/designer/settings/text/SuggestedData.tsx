import { type RefObject, useEffect, useId } from 'react'
import { createPortal } from 'react-dom'
import { m } from '#messages'
import { searchOffers } from '../../palette/offers.ts'
import { choiceOfPiece } from '../data/DataMenu.tsx'
import { offerData, type Piece } from '../data/earlier.ts'
import classes from './text.module.css'

interface Suggested {
  pieces: readonly Piece[]
  /** What was typed after `{`. */
  query: string
  rect: DOMRect | undefined
  active: number
  onActive(at: number): void
  /** How the keys of the text reach this list. */
  control: RefObject<{ choose(): boolean; move(by: number): boolean } | undefined>
  editable: HTMLElement
  onChoose(piece: Piece): void
}

const most = 8

/** The data that fits what is being typed after `{`. The cursor stays in the text; arrows and Enter reach the list from there. */
export function SuggestedData({ pieces, query, rect, active, onActive, control, editable, onChoose }: Suggested) {
  const list = useId()
  const offered = query === '' ? offerData(pieces, undefined) : pieces
  const found = searchOffers(
    offered.map((piece) => ({ ...choiceOfPiece(piece), about: piece.source, piece })),
    query,
  ).slice(0, most)
  const at = found.length === 0 ? -1 : Math.min(active, found.length - 1)
  control.current = {
    move: (by) => {
      if (found.length === 0) return false
      onActive((at + by + found.length) % found.length)
      return true
    },
    choose: () => {
      const chosen = found[at]
      if (chosen) onChoose(chosen.piece)
      return chosen !== undefined
    },
  }
  useEffect(() => {
    editable.setAttribute('aria-controls', list)
    if (at >= 0) editable.setAttribute('aria-activedescendant', `${list}-${at}`)
    return () => {
      editable.removeAttribute('aria-controls')
      editable.removeAttribute('aria-activedescendant')
    }
  }, [editable, list, at])
  useEffect(
    () => () => {
      control.current = undefined
    },
    [control],
  )
  // A brace that was meant as one: nothing here fits what follows it.
  if (!rect || (found.length === 0 && query !== '')) return null
  const above = rect.bottom + 300 > innerHeight && rect.top > 300
  return createPortal(
    <div
      id={list}
      role="listbox"
      tabIndex={-1}
      aria-label={m.designer_data_menu()}
      className={classes.suggested}
      style={{
        left: Math.min(rect.left, innerWidth - 320),
        ...(above ? { bottom: innerHeight - rect.top + 4 } : { top: rect.bottom + 4 }),
      }}
    >
      {found.map(({ piece, title, aside }, index) => (
        <div
          key={piece.reference}
          id={`${list}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={classes.suggestion}
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(piece)
          }}
        >
          <span>{title}</span>
          <span className={classes.source}>{aside ? `${piece.source} · ${aside}` : piece.source}</span>
        </div>
      ))}
      {found.length === 0 && <p className={classes.source}>{m.designer_data_none()}</p>}
    </div>,
    document.body,
  )
}
