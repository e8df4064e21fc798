import { describe, expect, test } from 'vitest'
import { comparisons } from '../../src/mission/condition.ts'
import { faultOfCondition, faultsOfTexts, saysItself } from '../../src/web/designer/settings/rows/row-faults.ts'
import { moved, placeAfterDrag, without } from '../../src/web/designer/settings/rows/reordering.ts'
import { comparisonsFor, comparisonWords, fitComparison, valueKind } from '../../src/web/designer/settings/widgets/comparison-words.ts'

describe('comparisons', () => {
  test('are offered where they mean something for the data, and none that is chosen is lost', () => {
    expect(comparisonsFor('yesno', 'is')).toEqual(['is', 'is-empty', 'is-not-empty'])
    expect(comparisonsFor('number', 'is')).not.toContain('contains')
    expect(comparisonsFor('person', 'is')).not.toContain('more-than')
    expect(comparisonsFor('number', 'contains')).toContain('contains')
    expect([...comparisonsFor('any', 'is')].sort()).toEqual([...comparisons].sort())
  })

  test('read as parts of a sentence about that data', () => {
    expect(comparisonWords('more-than', 'number')).toBe('is more than')
    expect(comparisonWords('more-than', 'instant')).toBe('is after')
    expect(comparisonWords('less-than', 'people')).toBe('has fewer than')
    expect(comparisonWords('contains', 'list')).toBe('has among them')
    for (const kind of ['text', 'number', 'instant', 'list', 'any'] as const)
      expect(new Set(comparisons.map((is) => comparisonWords(is, kind))).size).toBe(comparisons.length)
  })

  test('are entered with what fits them, and change to the usual one when other data is chosen', () => {
    expect(valueKind('number', 'more-than')).toBe('number')
    expect(valueKind('list', 'more-than')).toBe('number')
    expect(valueKind('instant', 'less-than')).toBe('instant')
    expect(valueKind('person', 'is')).toBe('people')
    expect(valueKind('text', 'is')).toBe('words')
    expect(valueKind('yesno', 'is-empty')).toBe('none')
    expect(fitComparison('yesno', 'starts-with')).toBe('is')
    expect(fitComparison('number', 'more-than')).toBe('more-than')
  })
})

describe('rows', () => {
  test('say which of them are empty and which are there twice', () => {
    expect(faultsOfTexts(['Mac', '', 'PC', ' Mac '])).toEqual([undefined, 'empty', undefined, 'twice'])
    expect(saysItself('choices', ['Mac', 'Mac'])).toBe(true)
    expect(saysItself('choices', ['Mac', 'PC'])).toBe(false)
    expect(saysItself('fields', [{ id: 'a', label: 'Site', kind: 'choice', choices: [] }])).toBe(true)
    expect(saysItself('paths', [{ id: 'a', label: 'A', when: [{ left: '{{ x.y }}', is: 'is', right: [] }] }])).toBe(true)
    expect(saysItself('paths', [{ id: 'a', label: 'A', when: [{ left: '{{ x.y }}', is: 'is-empty', right: [] }] }])).toBe(false)
    expect(faultOfCondition({ left: '', is: 'is', right: ['x'] })).toBe('left')
  })

  test('change places where they are dropped', () => {
    const bands = [0, 40, 80, 120].map((top) => ({ top, height: 34 }))
    expect(placeAfterDrag(bands, 0, 10)).toBe(0)
    expect(placeAfterDrag(bands, 0, 30)).toBe(1)
    expect(placeAfterDrag(bands, 0, 500)).toBe(3)
    expect(placeAfterDrag(bands, 3, -70)).toBe(1)
    expect(placeAfterDrag(bands, 2, -500)).toBe(0)
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c'])
  })
})
