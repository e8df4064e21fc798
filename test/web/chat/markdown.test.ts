import { describe, expect, test } from 'vitest'
import { plainText, readMarkdown } from '../../../src/web/chat/stream/markdown.ts'

const text = (written: string) => ({ kind: 'text', text: written })
const paragraph = (...inside: unknown[]) => ({ kind: 'paragraph', inside })

describe('a message’s text', () => {
  test.each([
    ['**bold**', { kind: 'strong', inside: [text('bold')] }],
    ['_italic_', { kind: 'em', inside: [text('italic')] }],
    ['~~struck~~', { kind: 'del', inside: [text('struck')] }],
    ['`code`', { kind: 'code', text: 'code', block: false }],
    ['[page](https://example.com)', { kind: 'link', href: 'https://example.com', inside: [text('page')] }],
    ['https://example.com/a#b', { kind: 'link', href: 'https://example.com/a#b', inside: [text('https://example.com/a#b')] }],
    ['<@3f0c>', { kind: 'person', id: '3f0c' }],
    ['#général', { kind: 'channel', name: 'général' }],
  ])('%s', (written, piece) => expect(readMarkdown(written)).toEqual([paragraph(piece)]))

  test('lists, quotes, code and new lines', () => {
    expect(readMarkdown('a\nb\n- one\n- two\n\n> said\n\n```\nx < y\n```')).toEqual([
      paragraph(text('a'), { kind: 'break' }, text('b')),
      {
        kind: 'list',
        start: undefined,
        inside: [
          { kind: 'item', inside: [text('one')] },
          { kind: 'item', inside: [text('two')] },
        ],
      },
      { kind: 'quote', inside: [paragraph(text('said'))] },
      { kind: 'code', text: 'x < y', block: true },
    ])
  })

  test.each([
    '# no heading',
    '---',
    '<b>x</b>',
    '<script>alert(1)</script>',
    '5 < 6 & 7',
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
  ])('%s stays as it was typed', (written) => expect(plainText(written, () => '')).toBe(written))

  test('what data escaped cannot format or mention', () =>
    expect(readMarkdown('\\*a\\* \\<\\@3f0c\\>')).toEqual([
      paragraph(text('*'), text('a'), text('*'), text(' '), text('<'), text('@'), text('3f0c'), text('>')),
    ]))
})

test('without its formatting a text is one line, with names for people', () =>
  expect(plainText('**Hello** <@1>,\n- one\n- [two](https://example.com)', (id) => (id === '1' ? 'Ana' : '?'))).toBe('Hello @Ana, one two'))
