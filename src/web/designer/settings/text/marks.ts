import { InputRule, Mark, markInputRule } from '@tiptap/core'
import classes from './text.module.css'

/** Text that stands as it is: a name of a file, a command. Typed between backquotes. */
export const Code = Mark.create({
  name: 'code',
  code: true,
  inclusive: false,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
  addInputRules() {
    return [markInputRule({ find: /(?<!`)`([^`]+)`$/, type: this.type })]
  },
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark('code') }
  },
})

/** What an address looks like once it can be opened: whoever leaves out `https://` means it. */
export function tidyAddress(written: string): string {
  const encode = (part: string) => part.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const address = written
    .trim()
    .split(/(\{\{.*?\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : encode(part)))
    .join('')
  if (address === '' || /^(https?:\/\/|mailto:|\{\{)/i.test(address)) return address
  return /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address) ? `mailto:${address}` : `https://${address}`
}

/** True for an address that chats make a link of. */
export function isAddress(address: string): boolean {
  return /^(https?:\/\/(\{\{|localhost\b|[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+)|mailto:\S+@\S+$|\{\{.*\}\})/iu.test(address)
}

/** A link. In the editor it is text that can be pressed to change it. Typed as `[text](address)`. */
export const Link = Mark.create({
  name: 'link',
  inclusive: false,
  priority: 1_100,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = element.getAttribute('href') ?? ''
        return /^(https?:|mailto:)/i.test(href) ? { href: tidyAddress(href) } : false
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => {
    const href = String(HTMLAttributes['href'] ?? '')
    return ['span', { class: classes['link'] ?? '', title: href, 'data-href': href }, 0]
  },
  addInputRules() {
    return [
      new InputRule({
        find: /\[([^[\]]+)\]\(([^()\s]+)\)$/,
        handler: ({ state, range, match }) => {
          const [, label = '', address = ''] = match
          state.tr.replaceWith(range.from, range.to, state.schema.text(label, [this.type.create({ href: tidyAddress(address) })]))
          state.tr.removeStoredMark(this.type)
        },
      }),
    ]
  },
})
