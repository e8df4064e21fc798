import { lazy, Suspense } from 'react'
import type { Piece } from '../data/earlier.ts'
import type { PillLook } from './pill.ts'
import classes from './text.module.css'

/** What a text with pills needs. */
export interface RichTextProps {
  id: string
  label: string
  /** One line, several lines, or a message with formatting. */
  mode: 'line' | 'text' | 'message'
  value: string
  placeholder: string
  readOnly: boolean
  invalid: boolean
  describedBy: string | undefined
  pieces: readonly Piece[]
  look(raw: string): PillLook
  onChange(value: string): void
}

const RichText = lazy(() => import('./RichText.tsx'))

/** A text setting. Its editor is large, so it is loaded when the first one is shown; until then the text stands in its place. */
export function TextField(props: RichTextProps) {
  return (
    <Suspense
      fallback={
        <div className={classes.field} data-mode={props.mode}>
          <div className={`${classes.content} ${classes.editable}`}>{props.value === '' ? props.placeholder : props.value}</div>
        </div>
      }
    >
      <RichText {...props} />
    </Suspense>
  )
}
