import { Marked, type Token, type Tokens } from 'marked'

/** A piece of a message's text, ready to be drawn: never HTML. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em' | 'del' | 'quote' | 'paragraph' | 'item'; inside: Piece[] }
  | { kind: 'code'; text: string; block: boolean }
  | { kind: 'link'; href: string; inside: Piece[] }
  | { kind: 'list'; start: number | undefined; inside: Piece[] }
  | { kind: 'person'; id: string }
  | { kind: 'channel'; name: string }

interface Named extends Tokens.Generic {
  name: string
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [
    {
      name: 'person',
      level: 'inline',
      start: (source) => indexOf(source, /<@/),
      tokenizer(source): Named | undefined {
        const found = /^<@([\w.:-]+)>/.exec(source)
        return found ? { type: 'person', raw: found[0], name: found[1] ?? '' } : undefined
      },
    },
    {
      name: 'channel',
      level: 'inline',
      start: (source) => indexOf(source, /(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}]/u),
      tokenizer(source): Named | undefined {
        const found = /^#([\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,79})/u.exec(source)
        return found ? { type: 'channel', raw: found[0], name: found[1] ?? '' } : undefined
      },
    },
  ],
  tokenizer: {
    // A chat has no headings, rules, tables, pictures or indented code: what looks like one was meant as it was typed.
    heading: () => undefined,
    lheading: () => undefined,
    hr: () => undefined,
    table: () => undefined,
    code: () => undefined,
    def: () => undefined,
    html: () => undefined,
    tag: () => undefined,
  },
})

function indexOf(source: string, pattern: RegExp): number | undefined {
  const at = source.search(pattern)
  return at < 0 ? undefined : at
}

/** Only addresses that open a page or a mail; `javascript:` and the like stay text. */
const safeAddress = /^(https?:\/\/|mailto:)/i

/** Texts read lately: a row drawn again (a reaction, a hover) is not parsed again. */
const remembered = new Map<string, Piece[]>()
const mostRemembered = 1_000

/** Reads the small Markdown of messages: bold, italic, struck, code, links, lists, quotes, `<@person>` and #channel. */
export function readMarkdown(text: string): Piece[] {
  const known = remembered.get(text)
  if (known) return known
  const pieces = blocks(marked.lexer(text))
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(text, pieces)
  return pieces
}

function blocks(tokens: readonly Token[]): Piece[] {
  return tokens.flatMap((token): Piece[] => {
    switch (token.type) {
      case 'space':
        return []
      case 'blockquote':
        return [{ kind: 'quote', inside: blocks(inner(token)) }]
      case 'code':
        return [{ kind: 'code', text: String((token as Tokens.Code).text), block: true }]
      case 'list': {
        const list = token as Tokens.List
        const inside = list.items.map((item): Piece => ({ kind: 'item', inside: blocks(item.tokens) }))
        return [{ kind: 'list', start: list.ordered ? Number(list.start) : undefined, inside }]
      }
      case 'text':
        return inner(token).length > 0 ? inline(inner(token)) : [{ kind: 'text', text: token.raw }]
      default:
        return [{ kind: 'paragraph', inside: inner(token).length > 0 ? inline(inner(token)) : [{ kind: 'text', text: token.raw }] }]
    }
  })
}

function inline(tokens: readonly Token[]): Piece[] {
  return tokens.flatMap((token): Piece[] => {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return [{ kind: token.type, inside: inline(inner(token)) }]
      case 'br':
        return [{ kind: 'break' }]
      case 'codespan':
        return [{ kind: 'code', text: String((token as Tokens.Codespan).text), block: false }]
      case 'link': {
        const { href } = token as Tokens.Link
        return safeAddress.test(href) ? [{ kind: 'link', href, inside: inline(inner(token)) }] : [{ kind: 'text', text: token.raw }]
      }
      case 'image': {
        const { href, text } = token as Tokens.Image
        return safeAddress.test(href)
          ? [{ kind: 'link', href, inside: [{ kind: 'text', text: text || href }] }]
          : [{ kind: 'text', text: token.raw }]
      }
      case 'person':
        return [{ kind: 'person', id: (token as Named).name }]
      case 'channel':
        return [{ kind: 'channel', name: (token as Named).name }]
      case 'escape':
        return [{ kind: 'text', text: String((token as Tokens.Escape).text) }]
      case 'text':
        return inner(token).length > 0 ? inline(inner(token)) : [{ kind: 'text', text: String((token as Tokens.Text).text) }]
      default:
        return [{ kind: 'text', text: token.raw }]
    }
  })
}

const inner = (token: Token): Token[] => ('tokens' in token && token.tokens) || []

/** A text without its formatting, for one line of a list or for reading aloud. */
export function plainText(text: string, nameOf: (id: string) => string): string {
  const write = (pieces: readonly Piece[]): string =>
    pieces
      .map((piece) => {
        if (piece.kind === 'text' || piece.kind === 'code') return piece.text
        if (piece.kind === 'break') return ' '
        if (piece.kind === 'person') return `@${nameOf(piece.id)}`
        if (piece.kind === 'channel') return `#${piece.name}`
        const inside = write(piece.inside)
        return piece.kind === 'paragraph' || piece.kind === 'item' || piece.kind === 'quote' ? `${inside} ` : inside
      })
      .join('')
  return write(readMarkdown(text)).replace(/\s+/g, ' ').trim()
}
