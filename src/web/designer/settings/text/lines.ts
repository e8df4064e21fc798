import { type Editor, InputRule } from '@tiptap/core'
import { Paragraph } from '@tiptap/extension-paragraph'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'

/** What a line of a message can be besides plain text. */
export type LineKind = 'bullet' | 'number' | 'quote'

/** What kind of line a marker makes; undefined for plain text. */
export function kindOfMarker(marker: string): LineKind | undefined {
  const sign = marker.trim()
  if (sign === '') return undefined
  if (sign === '>') return 'quote'
  return /^\d/.test(sign) ? 'number' : 'bullet'
}

const markers: Readonly<Record<LineKind, string>> = { bullet: '- ', number: '1. ', quote: '> ' }

/** The lines that the selection touches, with their places. */
function touched({ doc, selection }: EditorState): { at: number; marker: string; isEmpty: boolean }[] {
  const lines: { at: number; marker: string; isEmpty: boolean }[] = []
  doc.nodesBetween(selection.from, selection.to, (node, at) => {
    if (node.type.name !== 'paragraph') return true
    lines.push({ at, marker: String(node.attrs['marker'] ?? ''), isEmpty: node.content.size === 0 })
    return false
  })
  return lines
}

/** The kind of all lines that the selection touches; undefined when they are plain or differ. */
export function lineKind(state: EditorState): LineKind | undefined {
  const kinds = new Set(touched(state).map(({ marker }) => kindOfMarker(marker)))
  const [only] = kinds
  return kinds.size === 1 ? only : undefined
}

/** Makes the chosen lines items or quotes, or plain again when all of them are that already. */
export function toggleLines(editor: Editor, kind: LineKind): boolean {
  const marker = lineKind(editor.state) === kind ? '' : markers[kind]
  return editor
    .chain()
    .focus()
    .command(({ tr }) => mark(tr, touched(editor.state), marker))
    .run()
}

function mark(tr: Transaction, lines: readonly { at: number }[], marker: string): boolean {
  for (const { at } of lines) tr.setNodeAttribute(at, 'marker', marker)
  return true
}

/** Numbers count on from the first of their list. */
function renumber(state: EditorState): Transaction | undefined {
  const { tr } = state
  let next: number | undefined
  state.doc.forEach((line, at) => {
    const marker = String(line.attrs['marker'] ?? '')
    const [, blanks = '', digits, sign = '.', gap = ' '] = /^( *)(\d+)([.)])( +)$/.exec(marker) ?? []
    if (digits === undefined) {
      next = undefined
      return
    }
    const number = next ?? Number(digits)
    next = number + 1
    if (number !== Number(digits)) tr.setNodeAttribute(at, 'marker', `${blanks}${number}${sign}${gap}`)
  })
  return tr.docChanged ? tr : undefined
}

/**
 * Paragraphs of a message that may be items of a list or quotes, as chats write them: line by line, not nested. Typing `- `, `1. ` or
 * `> ` at the beginning makes them so, Enter goes on, Enter on an empty one and Backspace at the beginning end it.
 */
export const MessageLine = Paragraph.extend({
  addAttributes: () => ({
    marker: {
      default: '',
      rendered: true,
      parseHTML: (element: HTMLElement) => element.dataset['marker'] ?? '',
      renderHTML: ({ marker }: Record<string, unknown>) => {
        const sign = typeof marker === 'string' ? marker : ''
        const kind = kindOfMarker(sign)
        return kind ? { 'data-line': kind, 'data-marker': sign.trim() } : {}
      },
    },
  }),
  addInputRules: () =>
    [/^\s*([-*])\s$/, /^\s*(\d{1,4}[.)])\s$/, /^\s*(>)\s$/].map(
      (find) =>
        new InputRule({
          find,
          handler: ({ state, range, match }) => {
            const place = state.doc.resolve(range.from)
            if (String(place.parent.attrs['marker'] ?? '') !== '') return null
            const sign = match[1] === '*' ? '-' : match[1]
            state.tr.delete(range.from, range.to).setNodeAttribute(place.before(), 'marker', `${sign} `)
            return undefined
          },
        }),
    ),
  addKeyboardShortcuts() {
    const { editor } = this
    /** Makes the line plain when the cursor stands where its item or quote ends. */
    const end = (when: (line: { isEmpty: boolean }) => boolean, after: 'stay' | 'part') => {
      const { state } = editor
      const [line, second] = touched(state)
      if (!line || second || line.marker === '' || !state.selection.empty || !when(line)) return false
      const chain = editor.chain().command(({ tr }) => mark(tr, [line], ''))
      // Without a blank line between, chats read what follows as a part of the item.
      return after === 'part' ? chain.splitBlock().run() : chain.run()
    }
    return {
      Enter: () => end(({ isEmpty }) => isEmpty, 'part'),
      Backspace: () => end(() => editor.state.selection.$from.parentOffset === 0, 'stay'),
      'Mod-Shift-7': () => toggleLines(editor, 'number'),
      'Mod-Shift-8': () => toggleLines(editor, 'bullet'),
      'Mod-Shift-9': () => toggleLines(editor, 'quote'),
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin({ appendTransaction: (transactions, _, state) => (transactions.some((one) => one.docChanged) ? renumber(state) : null) }),
  ],
})
