import { Extension } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import Suggestion, { exitSuggestion, type SuggestionKeyDownProps, type SuggestionProps } from '@tiptap/suggestion'

/** What the lists that open while somebody types need of the field they are in. */
export interface SuggestionField {
  opened(what: 'data' | 'emoji', menu: SuggestionProps): void
  closed(what: 'data' | 'emoji'): void
  /** True when the key belonged to the list. */
  pressed(event: KeyboardEvent): boolean
}

const keys = { data: new PluginKey('data'), emoji: new PluginKey('emoji') }

/** Opens a list on `{` (data, also inside and right after a word) or on `:` at the beginning of a word (emoji). */
export const suggestions = (what: 'data' | 'emoji', field: SuggestionField) =>
  Extension.create({
    name: `suggest-${what}`,
    addProseMirrorPlugins() {
      return [
        Suggestion({
          editor: this.editor,
          pluginKey: keys[what],
          char: what === 'data' ? '{' : ':',
          allowedPrefixes: what === 'data' ? null : [' ', '('],
          // Names of data have blanks.
          allowSpaces: what === 'data',
          allow: ({ state, range }) =>
            !state.doc
              .resolve(range.from)
              .marks()
              .some((mark) => mark.type.name === 'code'),
          command: ({ editor, range, props }) =>
            void editor
              .chain()
              .focus()
              .insertContentAt(range, what === 'data' ? { type: 'pill', attrs: { raw: String(props) } } : String(props))
              .run(),
          items: () => [],
          render: () => ({
            onStart: (props) => field.opened(what, props),
            onUpdate: (props) => field.opened(what, props),
            onExit: () => field.closed(what),
            onKeyDown: ({ event, view }: SuggestionKeyDownProps) => {
              if (event.key !== 'Escape') return field.pressed(event)
              event.stopPropagation()
              exitSuggestion(view, keys[what])
              return true
            },
          }),
        }),
      ]
    },
  })
