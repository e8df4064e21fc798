import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Italic } from '@tiptap/extension-italic'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions'
import { type AnyExtension, Extension } from '@tiptap/core'
import { MessageLine } from './lines.ts'
import { Code, Link } from './marks.ts'
import { pill, type PillField, type RedrawPills } from './pill.ts'
import { type SuggestionField, suggestions } from './suggesting.ts'
import type { RichTextProps } from './TextField.tsx'

/** One line only: a setting that is a name or an address has no paragraphs. */
const SingleLine = Document.extend({ content: 'paragraph' })
const swallowEnter = Extension.create({ addKeyboardShortcuts: () => ({ Enter: () => true, 'Shift-Enter': () => true }) })

/** What a text of a mode is made of: pills and undo everywhere, formatting and emoji in messages. */
export function makeExtensions(
  mode: RichTextProps['mode'],
  field: PillField & SuggestionField & { link(): void },
  drawn: RedrawPills,
): AnyExtension[] {
  const isMessage = mode === 'message'
  const linkKey = Extension.create({
    addKeyboardShortcuts: () => ({
      'Mod-k': () => {
        field.link()
        return true
      },
    }),
  })
  return [
    ...(mode === 'line' ? [SingleLine, swallowEnter] : [Document]),
    isMessage ? MessageLine : Paragraph,
    Text,
    UndoRedo,
    ...(isMessage ? [Link, Bold, Italic, Code, linkKey, suggestions('emoji', field)] : []),
    suggestions('data', field),
    pill.configure({ field, drawn }),
  ]
}
