import type { KeyboardEvent } from 'react'
import type { Note, Point } from '../../../mission/mission.ts'
import { pressed, type Shortcut } from '../shortcuts.ts'
import type { Workshop } from '../workshop.ts'

const directions: Record<string, Point> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}
/** So far one press moves a note, and so much larger it makes it. Points of the canvas. */
const nudge = 10

/** The keys of a note that has the focus: Enter writes, Alt and arrows move it, with Shift they change its size. */
export function pressOnNote(event: KeyboardEvent<HTMLElement>, note: Note, { draft, desk, commands }: Workshop): void {
  const { readOnly } = draft.getState()
  const name = pressed(event, 'note')
  const by = directions[event.key]
  // React Flow would move it without telling anybody.
  if (name === undefined && !by) return
  const acts: Record<Shortcut<'note'>, () => void> = {
    write() {
      draft.getState().select([note.id])
      if (!readOnly) desk.setState({ writing: note.id, side: 'settings' })
    },
    move: () => !readOnly && by && commands.changeNote(note.id, { x: note.x + by.x * nudge, y: note.y + by.y * nudge }),
    resize: () => !readOnly && by && commands.changeNote(note.id, { width: note.width + by.x * nudge, height: note.height + by.y * nudge }),
    remove: () => !readOnly && commands.remove([note.id]),
    letGo: () => draft.getState().select([]),
  }
  event.preventDefault()
  event.stopPropagation()
  if (name) acts[name]()
}
