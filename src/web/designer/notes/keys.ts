import type { KeyboardEvent } from 'react'
import type { Note } from '../../../mission/mission.ts'
import { directions, nudge, pressed, type Shortcut } from '../shortcuts.ts'
import type { Workshop } from '../workshop.ts'

/** The keys of a note that has the focus: Enter writes, Alt and arrows move it, with Shift they change its size. */
export function pressOnNote(event: KeyboardEvent<HTMLElement>, note: Note, { draft, desk, commands }: Workshop, readOnly: boolean): void {
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
