import { Button, Stack, Textarea } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { m } from '#messages'
import { type Note, noteColours } from '../../../mission/mission.ts'
import settings from '../settings/settings.module.css'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './note.module.css'

const colourNames: Readonly<Record<Note['colour'], () => string>> = {
  yellow: m.designer_note_yellow,
  green: m.designer_note_green,
  blue: m.designer_note_blue,
  pink: m.designer_note_pink,
  grey: m.designer_note_grey,
}

/** What can be set of a note: its text and its colour. */
export function NoteSettings({ id }: { id: string }) {
  const { commands } = useWorkshop()
  const note = useDraft((state) => state.mission.notes?.find((one) => one.id === id))
  const readOnly = useDraft((state) => state.readOnly)
  if (!note) return null
  return (
    <div className={settings.panel}>
      <div className={settings.head}>
        <div className={settings.kind}>
          <h2 className={settings.title}>{m.designer_note()}</h2>
          <p className={settings.about}>{m.designer_note_about()}</p>
        </div>
      </div>
      <Stack className={settings.body} gap="md">
        <Textarea
          label={m.designer_note_text()}
          value={note.text}
          maxLength={4_000}
          autosize
          minRows={4}
          maxRows={16}
          readOnly={readOnly}
          onChange={(event) => commands.changeNote(id, { text: event.currentTarget.value })}
        />
        {!readOnly && (
          <>
            <fieldset className={classes.fieldset}>
              <legend>{m.designer_note_colour()}</legend>
              <div className={classes.colours}>
                {noteColours.map((colour) => (
                  <label key={colour} className={classes.swatch} title={colourNames[colour]()}>
                    <input
                      type="radio"
                      name={`colour of ${id}`}
                      aria-label={colourNames[colour]()}
                      checked={note.colour === colour}
                      onChange={() => commands.changeNote(id, { colour })}
                    />
                    <div className={classes.note} data-colour={colour} aria-hidden />
                  </label>
                ))}
              </div>
            </fieldset>
            <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => commands.duplicate([id])}>
              {m.designer_duplicate()}
            </Button>
            <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => commands.remove([id])}>
              {m.designer_delete()}
            </Button>
          </>
        )}
      </Stack>
    </div>
  )
}
