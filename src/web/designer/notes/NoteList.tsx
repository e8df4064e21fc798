import { IconNote } from '@tabler/icons-react'
import { m } from '#messages'
import { show, showSettings } from '../desk.ts'
import outline from '../outline/outline.module.css'
import { pressed } from '../shortcuts.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './note.module.css'

/** The notes of the drawing, below its sentences: to read, write, add and delete without the picture. */
export function NoteList() {
  const { draft, desk, commands } = useWorkshop()
  const notes = useDraft((state) => state.mission.notes)
  const selection = useDraft((state) => state.selection)
  const readOnly = useDraft((state) => state.readOnly)
  const open = (id: string) => {
    draft.getState().select([id])
    show(desk, id)
    showSettings(desk, id)
  }
  return (
    <>
      {notes && (
        <section aria-labelledby="outline-notes">
          <h3 id="outline-notes" className={classes.title}>
            {m.designer_notes()}
          </h3>
          <ul className={classes.list}>
            {notes.map(({ id, text }) => (
              <li key={id}>
                <button
                  type="button"
                  className={classes.line}
                  data-line={id}
                  aria-current={selection.includes(id) || undefined}
                  onClick={() => open(id)}
                  onKeyDown={(event) => {
                    if (pressed(event, 'note') !== 'remove' || readOnly) return
                    event.preventDefault()
                    event.stopPropagation()
                    commands.remove([id])
                  }}
                >
                  {text.trim() || m.designer_note_empty()}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {!readOnly && (
        <button type="button" className={outline.trigger} onClick={() => commands.addNote()}>
          <IconNote size={16} aria-hidden />
          {m.designer_note_add()}
        </button>
      )}
    </>
  )
}
