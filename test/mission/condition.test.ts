import { describe, expect, it } from 'vitest'
import { type Comparison, evaluate } from '../../src/mission/data.ts'

const ana = { id: 'p-ana', name: 'Ana', email: 'ana@example.com' }
const bob = { id: 'p-bob', name: 'Bob', email: 'bob@example.com' }
const when = (left: unknown, is: Comparison, ...right: unknown[]) => evaluate([{ left, is, right }])

describe('a condition', () => {
  it('compares texts without regard to case, blanks and the way accents are stored', () => {
    expect(when(' Mac ', 'is', 'mac')).toBe(true)
    expect(when('Zoe\u0308', 'is', 'Zoë')).toBe(true)
    expect(when('PC', 'is', 'mac')).toBe(false)
    expect(when('PC', 'is-not', 'mac')).toBe(true)
  })

  it('takes several values as one of them', () => {
    expect(when('PC', 'is', 'mac', 'pc')).toBe(true)
    expect(when('PC', 'is-not', 'mac', 'pc')).toBe(false)
    expect(when('PC', 'is')).toBe(false)
  })

  it('compares numbers as numbers, also when they are written', () => {
    expect(when(3, 'is', '3')).toBe(true)
    expect(when('3,50', 'is', 3.5)).toBe(true)
    expect(when(10, 'more-than', '9')).toBe(true)
    expect(when('10', 'less-than', 9)).toBe(false)
    expect(when('ten', 'more-than', 9)).toBe(false)
    expect(when(null, 'less-than', 9)).toBe(false)
  })

  it('compares instants by time', () => {
    expect(when('2026-11-21T10:00:00+01:00', 'is', '2026-11-21T09:00:00Z')).toBe(true)
    expect(when('2026-11-21', 'more-than', '2026-11-20T23:59:00Z')).toBe(true)
    expect(when('2026-11-21T09:00', 'less-than', '2026-11-21T09:01:00Z')).toBe(true)
  })

  it('knows yes and no in both languages', () => {
    expect(when(true, 'is', 'yes')).toBe(true)
    expect(when('oui', 'is', true)).toBe(true)
    expect(when(false, 'is', 'Non')).toBe(true)
    expect(when(false, 'is', true)).toBe(false)
  })

  it('knows people by id or e-mail address, but not by name', () => {
    expect(when(ana, 'is', 'p-ana')).toBe(true)
    expect(when(ana, 'is', 'ANA@example.com')).toBe(true)
    expect(when(ana, 'is', { ...ana, name: 'Ana Lima' })).toBe(true)
    expect(when(ana, 'is', 'Ana')).toBe(false)
  })

  it('knows channels by id or name and messages by id or link', () => {
    expect(when({ id: 'c-1', name: 'general' }, 'is', '#General')).toBe(true)
    expect(when({ id: 'c-1', name: 'general' }, 'is', 'c-1')).toBe(true)
    expect(when({ channel: 'c', message: 'm-1', link: 'https://x.example/m-1' }, 'is', 'm-1')).toBe(true)
  })

  it('looks into texts', () => {
    expect(when('Please help me', 'contains', 'HELP')).toBe(true)
    expect(when('Please help me', 'contains', '')).toBe(false)
    expect(when('Please help me', 'starts-with', 'please')).toBe(true)
    expect(when('Please help me', 'starts-with', '')).toBe(false)
    expect(when('Please help me', 'ends-with', 'x', 'me')).toBe(true)
    expect(when('Please help me', 'ends-with', '')).toBe(false)
  })

  it('looks into lists by item', () => {
    expect(when([ana, bob], 'contains', 'bob@example.com')).toBe(true)
    expect(when(['Mac', 'PC'], 'contains', 'a')).toBe(false)
    expect(when(['Mac', 'PC'], 'is', 'mac', 'pc', 'none')).toBe(true)
    expect(when(['Mac', 'PC'], 'is', 'mac')).toBe(false)
    expect(when([], 'is', 'mac')).toBe(false)
    expect(when([ana, bob], 'more-than', 1)).toBe(true)
  })

  it('tells empty from something', () => {
    for (const empty of [null, undefined, '', '  ', [], {}]) expect(when(empty, 'is-empty')).toBe(true)
    for (const something of [0, false, 'x', [0], ana]) expect(when(something, 'is-not-empty')).toBe(true)
    expect(when(null, 'is', '')).toBe(true)
    expect(when(null, 'is', 'x')).toBe(false)
  })

  it('holds only together with the others', () => {
    expect(evaluate([])).toBe(true)
    expect(
      evaluate([
        { left: 1, is: 'is', right: [1] },
        { left: 1, is: 'is', right: [2] },
      ]),
    ).toBe(false)
  })
})

describe('a condition with references', () => {
  const data = { laptop: { answer: 'Mac', people: [ana, bob], text: '{{ run.id }}' }, run: { id: '7' } }

  it('fills them in first, lists among the values as one of them', () => {
    expect(evaluate([{ left: '{{ laptop.answer }}', is: 'is', right: ['mac'] }], data)).toBe(true)
    expect(evaluate([{ left: 'p-bob', is: 'is', right: ['{{ laptop.people }}'] }], data)).toBe(true)
  })

  it('does not read what people typed as a reference', () => {
    expect(evaluate([{ left: '{{ laptop.text }}', is: 'is', right: ['7'] }], data)).toBe(false)
    expect(evaluate([{ left: '{{ run.id }}', is: 'is', right: ['7'] }])).toBe(false)
  })
})
