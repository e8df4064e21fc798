import { expect, test } from 'vitest'
import { listEmoji, nameOfEmoji, searchEmoji } from '../../src/web/designer/settings/text/emoji.ts'
import { kindOfMarker } from '../../src/web/designer/settings/text/lines.ts'
import { isAddress, tidyAddress } from '../../src/web/designer/settings/text/marks.ts'

const signs = (search: string, language: 'en' | 'fr') => searchEmoji(search, language).map((one) => one.sign)

test('emoji are found by words of both languages, without accents, those that are called so first', () => {
  expect(signs('rocket', 'en')).toEqual(['🚀'])
  expect(signs('fusee', 'en')).toEqual(['🚀'])
  expect(signs('thumbs down', 'fr')).toEqual(['👎'])
  expect(signs('coeur', 'fr')[0]).toBe('❤️')
  expect(signs('cœur bri', 'fr')[0]).toBe('💔')
  expect(signs('party', 'en')[0]).toBe('🎉')
  expect(signs('zzz', 'en')).toEqual([])
  expect(signs('', 'en')).toHaveLength(listEmoji('en').length)
})

test('every emoji is there once, with words and a group in both languages', () => {
  const all = listEmoji('fr')
  expect(new Set(all.map((one) => one.sign)).size).toBe(all.length)
  expect(all.filter((one) => one.words.en === '' || one.words.fr === '' || one.group === '')).toEqual([])
  expect(all.filter((one) => !/\p{Extended_Pictographic}|\u20e3/u.test(one.sign))).toEqual([])
  expect(new Set(all.map((one) => nameOfEmoji(one, 'en'))).size).toBe(all.length)
})

test('addresses become links that open', () => {
  expect(tidyAddress(' example.com/a (b) ')).toBe('https://example.com/a%20%28b%29')
  expect(tidyAddress('ana@example.com')).toBe('mailto:ana@example.com')
  expect(tidyAddress('{{ hook.body.url }}')).toBe('{{ hook.body.url }}')
  expect([
    isAddress('https://example.com'),
    isAddress('mailto:a@b.c'),
    isAddress('javascript:alert(1)'),
    isAddress('https://nowhere%20at'),
  ]).toEqual([true, true, false, false])
})

test('markers of lines make items, numbers and quotes', () => {
  expect(['- ', '* ', '12. ', '3) ', '> ', ''].map(kindOfMarker)).toEqual(['bullet', 'bullet', 'number', 'number', 'quote', undefined])
})
