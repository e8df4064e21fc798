import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatted, isChannel, isEmpty, isMessage, isPerson, plain, readable } from '../../src/mission/value.ts'
import { readMarkdown } from '../../src/web/chat/stream/markdown.ts'

const ana = { id: 'p-ana', name: 'Ana', email: 'ana@example.com', first_name: 'Ana' }

describe('values', () => {
  it('are told apart by what they hold', () => {
    expect([isPerson(ana), isChannel(ana), isMessage(ana)]).toEqual([true, false, false])
    expect([isPerson({ id: 'c', name: 'general' }), isChannel({ id: 'c', name: 'general' })]).toEqual([false, true])
    expect(isChannel({ id: 'c', name: 'general', topic: '' })).toBe(false)
    expect(isMessage({ channel: 'c', message: 'm', link: 'https://x.example' })).toBe(true)
    expect([isPerson(null), isPerson('ana'), isPerson([ana]), isMessage(undefined)]).toEqual([false, false, false, false])
    expect([isEmpty(false), isEmpty(0), isEmpty({}), isEmpty(' ')]).toEqual([false, false, true, true])
  })

  it('are read as people read them', () => {
    expect(readable([ana, null, '', { id: 'c', name: '#general' }, 3, false])).toBe('Ana, #general, 3, false')
    expect(readable({ room: 'A', inside: { who: ana } })).toBe('room: A, inside: who: Ana')
  })

  it('mention people in messages, and nothing else', () => {
    expect(formatted({ '*who*': [ana, '<@p-bob>'] })).toBe('\\*who\\*: <@p-ana>, \\<\\@p-bob\\>')
  })
})

describe('what people typed', () => {
  const bits = [
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '<',
    '>',
    '<@p-1>',
    '[',
    ']',
    '](http://x.y)',
    '!',
    '|',
    '- ',
    '1. ',
    '2)',
    '+ ',
    '# ',
    '===',
    '---',
  ]
  const plainBits = [
    '\n',
    '\n\n',
    '    ',
    ' ',
    'word',
    '\\',
    '@here',
    '&lt;',
    ':',
    'https://a.b/c_d*e',
    'www.a.b',
    'x@y.zz',
    '.',
    '  \n',
    '\t',
    '{',
    '7',
  ]
  const typed = fc.array(fc.constantFrom(...bits, ...plainBits), { maxLength: 14 }).map((some) => some.join(''))
  const formats = (text: string) =>
    JSON.stringify(readMarkdown(text)).match(/"kind":"(strong|em|del|code|person|list|item|quote|channel)"/g) ?? []

  it('formats nothing and mentions nobody in a message, wherever it is put', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom('', 'Hi ', '> ', '- ', '**bold** '), (text, before) => {
        expect(formats(before + plain(text))).toEqual(formats(`${before}x`))
      }),
      { numRuns: 2_000 },
    )
  })

  it('would do so as it is', () => {
    expect(formats('**bold** <@p-1>')).toHaveLength(2)
  })
})
