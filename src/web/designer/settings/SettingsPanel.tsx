import { useDraft } from '../workshop.ts'
import { CardSettings } from './CardSettings.tsx'
import { ManyCards } from './ManyCards.tsx'

/** What is chosen on the canvas, in detail: one card, or several. */
export default function SettingsPanel() {
  const selection = useDraft((state) => state.selection)
  const [only] = selection
  if (only === undefined) return null
  if (selection.length > 1) return <ManyCards ids={selection} />
  return <CardSettings key={only} id={only} />
}
