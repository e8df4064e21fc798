import { Node } from '@tiptap/core'
import classes from './text.module.css'

/** How a pill looks: its words, what it says on hovering, and whether what it refers to is there. */
export interface PillLook {
  title: string
  tip: string
  known: boolean
  /** It may be empty, and nothing stands in for it then. */
  lacks?: boolean
}

/** What the pills need of the field they are in. */
export interface PillField {
  look(raw: string): PillLook
}

/** Draws all pills of a field anew: the names of steps have changed. */
export type RedrawPills = Set<() => void>

/** A reference to earlier data inside a text: one character to the cursor, words to the eye. */
export const pill = Node.create<{ field: PillField; drawn: RedrawPills }>({
  name: 'pill',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({ raw: { default: '' } }),
  parseHTML: () => [{ tag: 'span[data-pill]', getAttrs: (element) => ({ raw: element.getAttribute('data-pill') }) }],
  renderHTML: ({ node }) => ['span', { 'data-pill': node.attrs['raw'] }, String(node.attrs['raw'])],
  renderText: ({ node }) => String(node.attrs['raw']),
  addNodeView() {
    const { field, drawn } = this.options
    return ({ node }) => {
      const dom = document.createElement('span')
      dom.className = classes['pill'] ?? ''
      let { raw } = node.attrs
      const draw = () => {
        const look = field.look(String(raw))
        dom.textContent = look.title
        dom.title = look.tip
        dom.dataset['known'] = String(look.known)
        dom.dataset['lacks'] = String(look.lacks === true)
      }
      draw()
      drawn.add(draw)
      return {
        dom,
        update(next) {
          if (next.type !== node.type) return false
          raw = next.attrs['raw']
          draw()
          return true
        },
        destroy: () => void drawn.delete(draw),
      }
    }
  },
})
