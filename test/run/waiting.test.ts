import { describe, expect, test } from 'vitest'
import { elapsedWords } from '../../src/run/elapsed.ts'
import { waitingOf, waitingWords } from '../../src/run/waiting.ts'
import { bo, joinedEntry, told } from './telling.ts'

const people = (...names: string[]) => ({ kind: 'people' as const, people: names.map((name) => ({ id: name, name })) })
const channel = { id: 'c1', name: 'general' }

describe('what a run waits for', () => {
  test('is everything under way, people without those who have answered', () => {
    const { steps } = told([
      joinedEntry,
      { what: 'begun', step: 'laptop', visit: 1, data: {} },
      {
        what: 'asked',
        step: 'laptop',
        visit: 1,
        data: { ask: 'q', people: [bo, { id: 'cy', name: 'Cy' }], channel, anyone: false, settings: {} },
      },
      { what: 'answered', step: 'laptop', visit: 1, data: { person: bo, picked: ['Mac'], values: {} } },
      { what: 'begun', step: 'hello', visit: 1, data: {} },
      { what: 'waiting', step: 'hello', visit: 1, data: { until: '2026-12-02T09:00:00.000Z', settings: {} } },
      { what: 'begun', step: 'chase', visit: 1, data: {} },
      {
        what: 'retrying',
        step: 'chase',
        visit: 1,
        data: {
          trouble: { kind: 'unavailable', what: { en: '', fr: '' }, remedy: { en: '', fr: '' } },
          attempt: 1,
          at: '2026-12-01T10:00:00.000Z',
        },
      },
      { what: 'begun', step: 'order', visit: 1, data: {} },
    ])
    expect(waitingOf(steps.values())).toEqual([
      { step: 'hello', visit: 1, kind: 'time', people: [], until: '2026-12-02T09:00:00.000Z' },
      { step: 'laptop', visit: 1, kind: 'people', people: [{ id: 'cy', name: 'Cy' }], channel },
      { step: 'chase', visit: 1, kind: 'retry', people: [], until: '2026-12-01T10:00:00.000Z' },
    ])
  })

  test('is said in one line, each name once, people before times', () => {
    expect(
      waitingWords([people('Ana'), people('Bo', 'Ana'), { kind: 'time', people: [], until: '2026-12-02T09:00:00.000Z' }], 'UTC'),
    ).toEqual({
      en: 'Waiting for Ana and Bo',
      fr: 'En attente de réponse\u00a0: Ana et Bo',
    })
    expect(waitingWords([people('A', 'B', 'C', 'D', 'E', 'F')], 'UTC')?.en).toBe('Waiting for A, B, C, D and 2 more')
    expect(waitingWords([people('A', 'B', 'C', 'D', 'E')], 'UTC')?.en).toBe('Waiting for A, B, C, D and E')
    expect(waitingWords([people('Ana'), { kind: 'people', people: [], channel }], 'UTC')?.en).toBe('Waiting for Ana and #general')
  })

  test('is the soonest time when nobody is waited for', () => {
    const later = { kind: 'time' as const, people: [], until: '2026-12-02T09:00:00.000Z' }
    expect(waitingWords([later, { kind: 'retry', people: [], until: '2026-12-01T10:00:00.000Z' }], 'Europe/Paris')?.en).toBe(
      'Trying again on Tue 1 Dec, 11:00',
    )
    expect(waitingWords([later], 'UTC')).toEqual({ en: 'Waiting until Wed 2 Dec, 09:00', fr: 'En attente jusqu’au mer. 2 déc., 09:00' })
  })

  test('is nothing when nothing is under way, or nobody knows until when', () => {
    expect(waitingWords([], 'UTC')).toBeUndefined()
    expect(waitingWords([{ kind: 'people', people: [] }], 'UTC')).toBeUndefined()
  })
})

test.each([
  [-5_000, 'less than a second'],
  [999, 'less than a second'],
  [1_000, '1 second'],
  [61_000, '1 minute and 1 second'],
  [3_600_000, '1 hour'],
  [3_605_000, '1 hour'],
  [93_600_000, '1 day and 2 hours'],
  [14 * 86_400_000, '14 days'],
])('%i ms took “%s”', (milliseconds, words) => {
  expect(elapsedWords(milliseconds).en).toBe(words)
})

test('in a list the largest unit is enough', () => {
  expect(elapsedWords(93_600_000, 1)).toEqual({ en: '1 day', fr: '1 jour' })
})
