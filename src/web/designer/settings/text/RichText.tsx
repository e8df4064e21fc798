import { NodeSelection } from '@tiptap/pm/state'
import type { Node } from '@tiptap/pm/model'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import type { SuggestionProps } from '@tiptap/suggestion'
import { useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import { type Place, placeOf } from '../../desk.ts'
import { searchOffers } from '../../palette/offers.ts'
import { choiceOfPiece, DataMenu } from '../data/DataMenu.tsx'
import { offerData, type Piece } from '../data/earlier.ts'
import { useForm } from '../field.ts'
import { fromParagraph, toDocument } from './convert.ts'
import { nameOfEmoji, searchEmoji } from './emoji.ts'
import { EmojiPanel } from './EmojiPanel.tsx'
import { makeExtensions } from './extensions.ts'
import { LinkCard } from './LinkCard.tsx'
import type { PillLook, RedrawPills } from './pill.ts'
import { PillCard } from './PillCard.tsx'
import { pillOf, readPill } from './pill-parts.ts'
import { type ListControl, type Suggested, SuggestionList } from './SuggestionList.tsx'
import type { RichTextProps } from './TextField.tsx'
import { Toolbar } from './Toolbar.tsx'
import classes from './text.module.css'

/** What has opened at the text. */
type Opened =
  | { what: 'data' | 'emoji'; place: Place }
  | { what: 'pill'; place: Place; at: number; raw: string }
  | { what: 'link'; place: Place; from: number; to: number; text: string; address: string }

/** Lines of the setting by paragraph: all but the one that is being written stay the same from key to key. */
const written = new WeakMap<Node, string>()

function textOf({ state: { doc } }: Editor): string {
  const lines: string[] = []
  doc.forEach((paragraph) => {
    const line = written.get(paragraph) ?? fromParagraph(paragraph.toJSON())
    written.set(paragraph, line)
    lines.push(line)
  })
  return lines.join('\n')
}

/** A text setting with data pills, in messages with formatting and emoji. Loaded only when a setting like this is shown. */
export default function RichText(props: RichTextProps) {
  const { id, label, mode, value, placeholder, readOnly, invalid, describedBy, pieces, look, onChange } = props
  const { language } = useForm()
  const [opened, setOpened] = useState<Opened>()
  const [suggesting, setSuggesting] = useState<{ what: 'data' | 'emoji'; menu: SuggestionProps }>()
  const [active, setActive] = useState(0)
  const list = useRef<ListControl>(undefined)
  const drawn = useRef<RedrawPills>(new Set())
  const latest = useRef({ look, onChange, invalid, describedBy, link: () => {} })
  latest.current = { look, onChange, invalid, describedBy, link: () => openLink(editor) }

  const [extensions] = useState(() =>
    makeExtensions(
      mode,
      {
        look: (raw): PillLook => latest.current.look(raw),
        link: () => latest.current.link(),
        opened: (what, menu) => {
          setSuggesting({ what, menu })
          setActive(0)
        },
        closed: (what) => setSuggesting((now) => (now?.what === what ? undefined : now)),
        pressed: (event) => {
          if (event.key === 'ArrowDown') return list.current?.move(1) ?? false
          if (event.key === 'ArrowUp') return list.current?.move(-1) ?? false
          if (event.key === 'Enter' || event.key === 'Tab') return list.current?.choose() ?? false
          return false
        },
      },
      drawn.current,
    ),
  )
  const openPill = (place: Element, at: number, raw: unknown) => setOpened({ what: 'pill', place: placeOf(place), at, raw: String(raw) })
  const editor = useEditor({
    extensions,
    content: toDocument(value, mode === 'message'),
    editable: !readOnly,
    enableInputRules: mode === 'message',
    enablePasteRules: mode === 'message',
    onUpdate: ({ editor: changed }) => latest.current.onChange(textOf(changed)),
    editorProps: {
      attributes: () => ({
        id,
        class: classes['editable'] ?? '',
        role: 'textbox',
        'aria-label': label,
        'aria-multiline': String(mode !== 'line'),
        'aria-invalid': String(latest.current.invalid),
        ...(latest.current.describedBy ? { 'aria-describedby': latest.current.describedBy } : {}),
      }),
      handleClickOn: (_view, _at, node, at, event) => {
        if (node.type.name !== 'pill' || readOnly || !(event.target instanceof Element)) return false
        openPill(event.target, at, node.attrs['raw'])
        return false
      },
      handleClick: (_view, _at, event) => {
        if (!readOnly && event.target instanceof Element && event.target.closest('[data-href]'))
          requestAnimationFrame(() => latest.current.link())
        return false
      },
      handleKeyDown: (view, event) => {
        const { selection } = view.state
        if (event.key !== 'Enter' || !(selection instanceof NodeSelection) || selection.node.type.name !== 'pill') return false
        const dom = view.nodeDOM(selection.from)
        if (dom instanceof Element) openPill(dom, selection.from, selection.node.attrs['raw'])
        return true
      },
    },
  })
  const openLink = (now: Editor) => {
    now.commands.extendMarkRange('link')
    const { from, to } = now.state.selection
    const { left, top, bottom } = now.view.coordsAtPos(from)
    const address = String(now.getAttributes('link')['href'] ?? '')
    setOpened({
      what: 'link',
      place: { left, top, width: 1, height: bottom - top },
      from,
      to,
      text: now.state.doc.textBetween(from, to, ' ').replace(/[[\]]/g, ''),
      address,
    })
  }

  useEffect(() => {
    if (textOf(editor) !== value) editor.commands.setContent(toDocument(value, mode === 'message'), { emitUpdate: false })
  }, [editor, value, mode])
  useEffect(() => {
    for (const draw of drawn.current) draw()
  }, [look])
  useEffect(() => editor.setEditable(!readOnly, false), [editor, readOnly])
  // What is wrong comes and goes while it is being written.
  useEffect(() => {
    if (editor.isInitialized) editor.view.updateState(editor.state)
  }, [editor, invalid, describedBy])

  /** Data that may be empty asks at once what stands in for it. */
  const askFallback = (piece: Piece | undefined) => {
    const at = editor.state.selection.from - 1
    const node = editor.state.doc.nodeAt(at)
    const dom = editor.view.nodeDOM(at)
    if (piece?.maybeEmpty && node?.type.name === 'pill' && dom instanceof Element) openPill(dom, at, node.attrs['raw'])
  }
  const insert = (content: string | { type: string; attrs: Record<string, string> }) => editor.chain().focus().insertContent(content).run()
  const close = () => {
    setOpened(undefined)
    // Who wrote into a pill's card goes on behind the pill. At once: the editor's own command waits for a frame, and letters come sooner.
    if (opened?.what === 'pill') editor.commands.setTextSelection(Math.min(opened.at + 1, editor.state.doc.content.size))
    editor.view.focus()
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
        <Toolbar
          editor={editor}
          message={mode === 'message'}
          onLink={() => openLink(editor)}
          onEmoji={(place) => setOpened({ what: 'emoji', place })}
          onData={pieces.length > 0 ? (place) => setOpened({ what: 'data', place }) : undefined}
        />
      )}
      {opened?.what === 'data' && (
        <DataMenu
          place={opened.place}
          pieces={pieces}
          onChoose={(piece) => {
            insert({ type: 'pill', attrs: { raw: pillOf(piece.reference) } })
            askFallback(piece)
          }}
          onClose={() => setOpened((now) => (now?.what === 'data' ? undefined : now))}
        />
      )}
      {opened?.what === 'emoji' && (
        <EmojiPanel
          place={opened.place}
          language={language}
          onChoose={(sign) => {
            setOpened(undefined)
            insert(sign)
          }}
          onClose={close}
        />
      )}
      {opened?.what === 'link' && (
        <LinkCard
          place={opened.place}
          text={opened.text}
          address={opened.address}
          onSet={(text, href) => {
            const { from, to } = opened
            const chain = editor.chain().setTextSelection({ from, to })
            // Text that stays keeps its pills and its other formatting.
            if (from < to && text === opened.text) chain.setMark('link', { href }).setTextSelection(to).run()
            else chain.insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }).run()
            close()
          }}
          onRemove={
            opened.address === ''
              ? undefined
              : () => {
                  editor.chain().setTextSelection({ from: opened.from, to: opened.to }).unsetMark('link').run()
                  close()
                }
          }
          onClose={close}
        />
      )}
      {opened?.what === 'pill' && (
        <PillCard
          place={opened.place}
          raw={opened.raw}
          look={look(opened.raw)}
          pieces={pieces}
          onChange={(raw) => {
            const range = { from: opened.at, to: opened.at + 1 }
            if (raw === undefined) editor.chain().focus().deleteRange(range).run()
            else {
              editor.chain().insertContentAt(range, { type: 'pill', attrs: { raw } }).run()
              setOpened({ ...opened, raw })
            }
          }}
          onClose={close}
        />
      )}
      {suggesting && (suggesting.what === 'emoji' || pieces.length > 0) && (
        <SuggestionList
          label={suggesting.what === 'data' ? m.designer_data_menu() : m.designer_emoji()}
          found={suggesting.what === 'data' ? foundData(pieces, suggesting.menu.query) : foundEmoji(suggesting.menu.query, language)}
          nothing={suggesting.what === 'data' && suggesting.menu.query === '' ? m.designer_data_none() : undefined}
          rect={suggesting.menu.clientRect?.() ?? undefined}
          active={active}
          onActive={setActive}
          control={list}
          editable={editor.view.dom}
          onChoose={(chosen) => {
            suggesting.menu.command(chosen)
            const reference = suggesting.what === 'data' ? readPill(chosen)?.reference : undefined
            if (reference !== undefined) askFallback(pieces.find((piece) => piece.reference === reference))
          }}
        />
      )}
    </div>
  )
}

/** The data that fits what was typed after `{`, by the steps it comes from. */
function foundData(pieces: readonly Piece[], typed: string): Suggested[] {
  const query = typed.replace(/^\{/, '')
  const offered = query === '' ? offerData(pieces, undefined) : pieces
  return searchOffers(
    offered.map((piece) => ({ ...choiceOfPiece(piece), about: piece.source, piece })),
    query,
  ).map(({ title, aside, piece }) => ({
    value: pillOf(piece.reference),
    title,
    about: [piece.sample === '' ? '' : m.designer_data_sample({ sample: piece.sample }), aside ?? ''].filter(Boolean).join(' · '),
    group: piece.source,
  }))
}

/** As many as fit into a list that is read while typing. */
const mostEmoji = 24

function foundEmoji(query: string, language: 'en' | 'fr'): Suggested[] {
  return searchEmoji(query, language)
    .slice(0, mostEmoji)
    .map((one) => ({ value: one.sign, title: nameOfEmoji(one, language), about: '', group: m.designer_emoji(), sign: one.sign }))
}
