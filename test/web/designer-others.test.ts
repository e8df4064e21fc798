import { expect, test } from 'vitest'
import { dropSilent, goneAfter, namesAt, namesOf, noteSign, type Other, type Sign } from '../../src/web/designer/others/others.ts'

const sign = (tab: string, name: string, at: string | null = null, gone = false): Sign => ({ tab, name, at, gone })
const after = (...signs: Sign[]) => signs.reduce<readonly Other[]>((others, one, index) => noteSign(others, one, index), [])

test('a tab moves from card to card, and goes when it says so', () => {
  const there = after(sign('1', 'Ana', 'ask'), sign('2', 'Bo'), sign('1', 'Ana', 'end'))
  expect(there).toEqual([
    { tab: '1', name: 'Ana', at: 'end', seen: 2 },
    { tab: '2', name: 'Bo', at: null, seen: 1 },
  ])
  expect(namesOf(noteSign(there, sign('1', 'Ana', 'end', true), 3))).toEqual(['Bo'])
  expect(noteSign(there, sign('3', 'Cy', null, true), 3)).toBe(there)
})

test('somebody with two tabs is named once, and at every card one of them is at', () => {
  const there = after(sign('1', 'Ana', 'ask'), sign('2', 'Ana', 'end'), sign('3', 'Bo', 'ask'))
  expect(namesOf(there)).toEqual(['Ana', 'Bo'])
  expect(namesAt(there, 'ask')).toBe('Ana, Bo')
  expect(namesAt(there, 'end')).toBe('Ana')
  expect(namesAt(there, 'other')).toBe('')
  expect(namesAt([], 'ask')).toBe('')
})

test('whoever gives no sign for half a minute is gone', () => {
  const there = after(sign('1', 'Ana'), sign('2', 'Bo'))
  expect(dropSilent(there, goneAfter - 1)).toBe(there)
  expect(namesOf(dropSilent(there, goneAfter))).toEqual(['Bo'])
})
