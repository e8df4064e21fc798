import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Italic } from '@tiptap/extension-italic'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions'
import { NodeSelection } from '@tiptap/pm/state'
import { type Editor, EditorContent, Extension, useEditor, useEditorState } from '@tiptap/react'
import type { SuggestionProps } from '@tiptap/suggestion'
import { IconBold, IconBraces, IconItalic } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import { type Place, placeOf } from '../../desk.ts'
import { DataMenu } from '../data/DataMenu.tsx'
import type { Piece } from '../data/earlier.ts'
import { fromDocument, toDocument } from './convert.ts'
import { pillOf } from './markup.ts'
import { pill, type PillField, type PillLook, type RedrawPills } from './pill.ts'
import { PillCard } from './PillCard.tsx'
import { SuggestedData } from './SuggestedData.tsx'
import type { RichTextProps } from './TextField.tsx'
import classes from './text.module.css'

/** One line only: a setting that is a name or an address has no paragraphs. */
const SingleLine = Document.extend({ content: 'paragraph' })
const swallowEnter = Extension.create({ addKeyboardShortcuts: () => ({ Enter: () => true, 'Shift-Enter': () => true }) })

/** A text setting with data pills, in messages also with bold and italic. Loaded only when a setting like this is shown. */
export default function RichText({
  id,
  label,
  mode,
  value,
  placeholder,
  readOnly,
  invalid,
  describedBy,
  pieces,
  look,
  onChange,
}: RichTextProps) {
  const [menu, setMenu] = useState<Place>()
  const [card, setCard] = useState<{ place: Place; at: number; raw: string }>()
  const [suggesting, setSuggesting] = useState<SuggestionProps>()
  const [active, setActive] = useState(0)
  const suggestion = useRef<{ choose(): boolean; move(by: number): boolean } | undefined>(undefined)
  const drawn = useRef<RedrawPills>(new Set())
  const latest = useRef({ look, onChange })
  latest.current = { look, onChange }

  const [extensions] = useState(() => {
    const field: PillField = {
      look: (raw): PillLook => latest.current.look(raw),
      opened: (props) => {
        setSuggesting(props)
        setActive(0)
      },
      closed: () => setSuggesting(undefined),
      pressed: (event) => {
        if (event.key === 'ArrowDown') return suggestion.current?.move(1) ?? false
        if (event.key === 'ArrowUp') return suggestion.current?.move(-1) ?? false
        if (event.key === 'Enter' || event.key === 'Tab') return suggestion.current?.choose() ?? false
        if (event.key === 'Escape') {
          event.stopPropagation()
          setSuggesting(undefined)
          return true
        }
        return false
      },
    }
    return [
      ...(mode === 'line' ? [SingleLine, swallowEnter] : [Document]),
      Paragraph,
      Text,
      UndoRedo,
      ...(mode === 'message' ? [Bold, Italic] : []),
      pill.configure({ field, drawn: drawn.current }),
    ]
  })
  const editor = useEditor({
    extensions,
    content: toDocument(value, mode === 'message'),
    editable: !readOnly,
    enableInputRules: false,
    onUpdate: ({ editor: changed }) => latest.current.onChange(fromDocument(changed.getJSON())),
    editorProps: {
      attributes: {
        id,
        class: classes['editable'] ?? '',
        role: 'textbox',
        'aria-label': label,
        'aria-multiline': String(mode !== 'line'),
        'aria-invalid': String(invalid),
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
      },
      handleClickOn: (_view, _at, node, at, event) => {
        if (node.type.name !== 'pill' || readOnly || !(event.target instanceof Element)) return false
        setCard({ place: placeOf(event.target), at, raw: String(node.attrs['raw']) })
        return false
      },
      handleKeyDown: (view, event) => {
        const { selection } = view.state
        if (event.key !== 'Enter' || !(selection instanceof NodeSelection) || selection.node.type.name !== 'pill') return false
        const dom = view.nodeDOM(selection.from)
        if (dom instanceof Element) setCard({ place: placeOf(dom), at: selection.from, raw: String(selection.node.attrs['raw']) })
        return true
      },
    },
  })

  useEffect(() => {
    if (fromDocument(editor.getJSON()) !== value) editor.commands.setContent(toDocument(value, mode === 'message'), { emitUpdate: false })
  }, [editor, value, mode])
  useEffect(() => {
    for (const draw of drawn.current) draw()
  }, [look])
  useEffect(() => editor.setEditable(!readOnly, false), [editor, readOnly])

  const insert = (piece: Piece) =>
    editor
      .chain()
      .focus()
      .insertContent({ type: 'pill', attrs: { raw: pillOf(piece.reference) } })
      .run()
  const replace = (at: number, raw: string | undefined) => {
    const range = { from: at, to: at + 1 }
    if (raw === undefined) editor.chain().focus().deleteRange(range).run()
    else editor.chain().insertContentAt(range, { type: 'pill', attrs: { raw } }).run()
  }
  return (
    <div className={classes.field} data-mode={mode} data-invalid={invalid || undefined} data-empty={value === '' || undefined}>
      {value === '' && placeholder !== '' && (
        <span className={classes.placeholder} aria-hidden>
          {placeholder}
        </span>
      )}
      <EditorContent editor={editor} className={classes.content} />
      {!readOnly && (mode === 'message' || pieces.length > 0) && (
        <div className={classes.tools}>
          {mode === 'message' && <MarkButtons editor={editor} />}
          {pieces.length > 0 && (
            <Tool label={m.designer_data_insert()} pressed={undefined} onPress={(place) => setMenu(place)}>
              <IconBraces size={17} aria-hidden />
            </Tool>
          )}
        </div>
      )}
      {menu && <DataMenu place={menu} pieces={pieces} onChoose={insert} onClose={() => setMenu(undefined)} />}
      {card && (
        <PillCard
          place={card.place}
          raw={card.raw}
          look={look(card.raw)}
          pieces={pieces}
          onChange={(raw) => {
            replace(card.at, raw)
            if (raw !== undefined) setCard({ ...card, raw })
          }}
          onClose={() => {
            setCard(undefined)
            editor.commands.focus()
          }}
        />
      )}
      {suggesting && pieces.length > 0 && (
        <SuggestedData
          pieces={pieces}
          query={suggesting.query.replace(/^\{/, '')}
          rect={suggesting.clientRect?.() ?? undefined}
          active={active}
          onActive={setActive}
          control={suggestion}
          editable={editor.view.dom}
          onChoose={(piece) => suggesting.command(pillOf(piece.reference))}
        />
      )}
    </div>
  )
}

function MarkButtons({ editor }: { editor: Editor }) {
  const marks = useEditorState({ editor, selector: ({ editor: now }) => ({ bold: now.isActive('bold'), italic: now.isActive('italic') }) })
  return (
    <>
      <Tool label={m.designer_bold()} pressed={marks.bold} onPress={() => void editor.chain().focus().toggleBold().run()}>
        <IconBold size={17} aria-hidden />
      </Tool>
      <Tool label={m.designer_italic()} pressed={marks.italic} onPress={() => void editor.chain().focus().toggleItalic().run()}>
        <IconItalic size={17} aria-hidden />
      </Tool>
    </>
  )
}

function Tool({
  label,
  pressed,
  onPress,
  children,
}: {
  label: string
  pressed: boolean | undefined
  onPress(place: Place): void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      // The text keeps the cursor where it was.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onPress(placeOf(event.currentTarget))}
    >
      {children}
    </button>
  )
}
