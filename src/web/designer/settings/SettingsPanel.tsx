import { isNoteId } from '../../../mission/notes.ts'
import { NoteSettings } from '../notes/NoteSettings.tsx'
import { useDraft } from '../workshop.ts'
import { CardSettings } from './CardSettings.tsx'
import { ManyCards } from './ManyCards.tsx'

/** What is chosen on the canvas, in detail: one card, or several. */
export default function SettingsPanel() {
  const selection = useDraft((state) => state.selection)
  const [only] = selection
  if (only === undefined) return null
  if (selection.length > 1) return <ManyCards ids={selection} />
  if (isNoteId(only)) return <NoteSettings key={only} id={only} />
  return <CardSettings key={only} id={only} />
}
