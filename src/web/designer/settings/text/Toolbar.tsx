import { type Editor, useEditorState } from '@tiptap/react'
import {
  IconBlockquote,
  IconBold,
  IconBraces,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconMoodSmile,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { m } from '#messages'
import { type Place, placeOf } from '../../desk.ts'
import { lineKind, toggleLines } from './lines.ts'
import classes from './text.module.css'

/** The buttons below a text: formatting and emoji in a message, data everywhere. */
export function Toolbar({
  editor,
  message,
  onLink,
  onEmoji,
  onData,
}: {
  editor: Editor
  message: boolean
  onLink(): void
  onEmoji(place: Place): void
  /** Undefined while there is no data. */
  onData: ((place: Place) => void) | undefined
}) {
  return (
    <div className={classes.tools} role={message ? 'toolbar' : undefined} aria-label={message ? m.designer_formatting() : undefined}>
      {message && <MarkButtons editor={editor} onLink={onLink} />}
      {message && (
        <Tool label={m.designer_emoji()} onPress={onEmoji}>
          <IconMoodSmile size={17} aria-hidden />
        </Tool>
      )}
      {onData && (
        <Tool label={m.designer_data_insert()} onPress={onData}>
          <IconBraces size={17} aria-hidden />
        </Tool>
      )}
    </div>
  )
}

function MarkButtons({ editor, onLink }: { editor: Editor; onLink(): void }) {
  const now = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      bold: current.isActive('bold'),
      italic: current.isActive('italic'),
      code: current.isActive('code'),
      link: current.isActive('link'),
      line: lineKind(current.state),
    }),
  })
  const toggle = (mark: 'bold' | 'italic' | 'code') => () => void editor.chain().focus().toggleMark(mark).run()
  return (
    <>
      <Tool label={m.designer_bold()} keys="Ctrl B" pressed={now.bold} onPress={toggle('bold')}>
        <IconBold size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_italic()} keys="Ctrl I" pressed={now.italic} onPress={toggle('italic')}>
        <IconItalic size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_code()} keys="Ctrl E" pressed={now.code} onPress={toggle('code')}>
        <IconCode size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_link()} keys="Ctrl K" pressed={now.link} onPress={onLink}>
        <IconLink size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_bullets()} keys="-" pressed={now.line === 'bullet'} onPress={() => toggleLines(editor, 'bullet')}>
        <IconList size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_numbers()} keys="1." pressed={now.line === 'number'} onPress={() => toggleLines(editor, 'number')}>
        <IconListNumbers size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_quote()} keys=">" pressed={now.line === 'quote'} onPress={() => toggleLines(editor, 'quote')}>
        <IconBlockquote size={17} aria-hidden />
      </Tool>
    </>
  )
}

function Tool({
  label,
  keys,
  pressed,
  onPress,
  children,
}: {
  label: string
  keys?: string
  pressed?: boolean
  onPress(place: Place): void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      aria-pressed={pressed}
      // The text keeps the cursor where it was.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onPress(placeOf(event.currentTarget))}
    >
      {children}
    </button>
  )
}
