import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { brokenAt } from '../../src/web/designer/draft/syntax.ts'
import { linesOf, readRaw } from '../../src/web/designer/settings/raw/reading.ts'

const schema = catalogue.actions.get('send-message')?.settings

test('the line of every value of a JSON text is known', () => {
  const lines = linesOf('{\n  "a": [1,\n    {"b": "x{,\\"y"}],\n  "c":\n    true\n}')
  expect(Object.fromEntries(lines)).toEqual({ '': 1, a: 2, 'a.0': 2, 'a.1': 3, 'a.1.b': 3, c: 4 })
})

test('settings are read as JSON, or told line by line why not', () => {
  expect(readRaw('{"to": "person", "text": "Hi"}', {}, schema)).toEqual({ settings: { to: 'person', text: 'Hi' } })
  const lines = (text: string) => {
    const read = readRaw(text, {}, schema)
    return 'faults' in read ? read.faults.map(({ line, what }) => `${line} ${what.en}`) : []
  }
  expect(lines('{\n  "text": \n}')).toEqual(['3 this is not JSON'])
  expect(lines('[]')).toEqual(['1 settings stand between { and }'])
  expect(lines('{\n  "to": "nobody",\n  "texte": 1\n}')).toEqual([
    '2 “Send to” cannot have this value',
    '3 there is no setting “texte” here',
  ])
})

test('what stood there before may stay while it is still being filled in', () => {
  expect(readRaw('{"to": "person", "text": "", "old": 1}', { text: '', old: 1 }, schema)).toEqual({
    settings: { to: 'person', text: '', old: 1 },
  })
  expect(readRaw('{"any": 1}', {}, undefined)).toEqual({ settings: { any: 1 } })
})

test('where a text stops being JSON is known for every text that the machine does not read, and for no other', () => {
  const parts = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '\\u00e9', '1', '-', '.5', '1e3', 'true', 'nul', ' ', '\n', 'x')
  const broken = fc.array(parts, { maxLength: 12 }).map((list) => list.join(''))
  const isJson = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
      ),
      (text) => {
        const at = brokenAt(text)
        expect(at === undefined).toBe(isJson(text))
        expect(at ?? 0).toBeLessThanOrEqual(text.length)
      },
    ),
    { numRuns: 2_000 },
  )
  expect(['{"a": 1,}', '{"a" 1}', '[1 2]', '"a', ''].map(brokenAt)).toEqual([8, 5, 3, 0, 0])
})
