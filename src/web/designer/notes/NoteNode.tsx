import { type Node, type NodeProps, NodeResizer } from '@xyflow/react'
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import type { Note, Point } from '../../../mission/mission.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import { cornerOf } from './lying.ts'
import classes from './note.module.css'

/** What a note on the canvas needs; the same object as long as nothing in it changes. */
export interface NoteData extends Record<string, unknown> {
  note: Note
  /** Where it lies on the canvas. */
  corner: Point
  readOnly: boolean
}

/** A note on the canvas. */
export type NoteNodeType = Node<NoteData, 'note'>

/** The notes of a mission as nodes, below all lines and cards, and after them for the tab key. Those by cards that are folded away are left out. */
export function drawNotes(
  notes: readonly Note[],
  look: { corners: Readonly<Record<string, Point>>; cards: ReadonlySet<string>; selection: readonly string[]; readOnly: boolean },
): NoteNodeType[] {
  return notes.flatMap((note) => {
    const corner = cornerOf(note, look.corners, look.cards)
    if (!corner) return []
    const { id, width, height } = note
    return {
      id,
      type: 'note' as const,
      position: corner,
      data: { note, corner, readOnly: look.readOnly },
      selected: look.selection.includes(id),
      width,
      height,
      measured: { width, height },
      zIndex: -1,
      connectable: false,
      ariaLabel: m.designer_note_named({ text: note.text.trim() || m.designer_note_empty() }),
      domAttributes: { 'aria-roledescription': m.designer_note() },
    }
  })
}

/** A note: its text, written in place after a double click or Enter; handles to make it larger when it is chosen. */
export const NoteNode = memo(DrawnNote, (before, after) => before.data === after.data && before.selected === after.selected)

function DrawnNote({ id, data, selected }: NodeProps<NoteNodeType>) {
  const { desk, commands } = useWorkshop()
  const { note, corner, readOnly } = data
  const writing = useDesk((state) => state.writing === id)
  return (
    <div className={classes.note} data-colour={note.colour}>
      {!readOnly && (
        <NodeResizer
          isVisible={selected}
          minWidth={80}
          minHeight={40}
          maxWidth={2_000}
          maxHeight={2_000}
          handleClassName={classes.handle ?? ''}
          lineClassName={classes.rim ?? ''}
          onResizeEnd={(_, { x, y, width, height }) =>
            commands.changeNote(id, {
              x: Math.round(note.x + x - corner.x),
              y: Math.round(note.y + y - corner.y),
              width: Math.round(width),
              height: Math.round(height),
            })
          }
        />
      )}
      {writing && !readOnly ? (
        <Writing id={id} text={note.text} />
      ) : (
        <div className={classes.text} onDoubleClick={() => !readOnly && desk.setState({ writing: id })}>
          {note.text === '' ? <span className={classes.empty}>{m.designer_note_empty()}</span> : note.text}
        </div>
      )}
    </div>
  )
}

function Writing({ id, text }: { id: string; text: string }) {
  const { desk, commands } = useWorkshop()
  // What the field shows is what was typed; the mission follows by way of the store.
  const [written, setWritten] = useState(text)
  const field = useRef<HTMLTextAreaElement>(null)
  // Whoever asked to write goes on typing.
  useEffect(() => field.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation()
    if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
    event.preventDefault()
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus()
  }
  return (
    <textarea
      ref={field}
      className={`${classes.writing} nodrag nopan nowheel`}
      aria-label={m.designer_note_text()}
      value={written}
      maxLength={4_000}
      onFocus={(event) => event.currentTarget.setSelectionRange(written.length, written.length)}
      onChange={(event) => {
        setWritten(event.currentTarget.value)
        commands.changeNote(id, { text: event.currentTarget.value })
      }}
      onBlur={() => desk.setState({ writing: undefined })}
      onKeyDown={onKeyDown}
    />
  )
}
