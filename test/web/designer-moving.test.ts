import { describe, expect, test } from 'vitest'
import type { RunElsewhere } from '../../src/web/designer/versions/moving/elsewhere.ts'
import { choose, find, type Finding, isFree, placesOf, waitsFor } from '../../src/web/designer/versions/moving/finding.ts'

const words = (en: string, fr = en) => ({ en, fr })
const place = (step: string, people: string[] = []): RunElsewhere['places'][number] => ({
  step,
  name: words(`At ${step}`, `À ${step}`),
  since: '2026-11-20T09:00:00.000Z',
  waiting: { kind: 'people', people: people.map((name) => ({ id: name, name })) },
})
const run = (id: string, places: RunElsewhere['places'], more: Partial<RunElsewhere> = {}): RunElsewhere => ({
  id,
  version: 1,
  started: '2026-11-20T09:00:00.000Z',
  moving: false,
  cause: words('Zoë started it', 'Zoë l’a lancée'),
  places,
  obstacles: [],
  remarks: [],
  ...more,
})
const gone = { name: null, why: words('Gone') }
const runs = [
  run('1', [place('ask', ['Ana']), place('wait')]),
  run('2', [place('ask', ['Bo'])], { moving: true }),
  run('3', [place('wait')], { obstacles: [gone], cause: words('Somebody wrote /desk') }),
]
const everything: Finding = { words: '', place: '', who: 'all' }
const found = (finding: Partial<Finding>, language = 'en') => find(runs, { ...everything, ...finding }, language).map(({ id }) => id)

describe('everyone in older versions', () => {
  test('is found by who started it, by step and by who is waited for, however it is written', () => {
    expect(found({})).toEqual(['1', '2', '3'])
    expect(found({ words: 'zoe ANA' })).toEqual(['1'])
    expect(found({ words: 'l’a lancee' }, 'fr')).toEqual(['1', '2'])
    expect(found({ words: 'at wait' })).toEqual(['1', '3'])
    expect(found({ words: 'nobody' })).toEqual([])
  })

  test('is found by the step they are at, and by whether they can move', () => {
    expect(found({ place: 'wait' })).toEqual(['1', '3'])
    expect(found({ who: 'can' })).toEqual(['1', '2'])
    expect(found({ who: 'cannot', place: 'ask' })).toEqual([])
  })

  test('is counted by step, the fullest first', () => {
    expect(placesOf([...runs, run('4', [place('wait'), place('wait')])]).map(({ step, count }) => [step, count])).toEqual([
      ['wait', 3],
      ['ask', 2],
    ])
  })

  test('can be chosen when nothing is in the way and nobody has asked for it yet', () => {
    expect(runs.map(isFree)).toEqual([true, false, false])
    const left = choose(new Set(), runs, false)
    expect([...left]).toEqual(['1', '2', '3'])
    expect([...choose(left, runs.slice(0, 2), true)]).toEqual(['3'])
  })

  test('is told with whom or what it waits for', () => {
    expect(waitsFor(place('ask', ['Ana', 'Bo']), 'UTC', 'en')).toBe('Waiting for Ana and Bo')
    const counted = { count: 3, ended: 1, failed: 0 }
    const other = { ...counted, mission: { id: 'm', name: 'Hello' } }
    const telling = (waiting: RunElsewhere['places'][number]['waiting']) => waitsFor({ ...place('x'), waiting }, 'UTC', 'en')
    expect(telling({ kind: 'runs', people: [], runs: counted })).toBe('1 of 3 items done')
    expect(telling({ kind: 'runs', people: [], runs: other })).toBe('Waiting for the mission “Hello”')
    expect(telling({ kind: 'people', people: [], channel: { id: 'c', name: 'general' } })).toBe('Waiting for #general')
    expect(telling({ kind: 'time', people: [], until: '2026-11-21T09:00:00.000Z' })).toMatch(/^Waiting until/)
    expect(telling(null)).toBeUndefined()
  })
})
