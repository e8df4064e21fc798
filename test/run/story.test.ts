import { describe, expect, test } from 'vitest'
import type { Entry } from '../../src/run/journal.ts'
import { troubleOf } from '../../src/run/visits.ts'
import { ana, aTold, bo, joinedEntry, kept, told } from './telling.ts'

const settings = { whom: ['ana', 'bo'], question: 'Which laptop?', answer: 'choices', choices: ['Mac', 'PC'] }
const begun = (step: string, visit = 1): Entry => ({ what: 'begun', step, visit, data: {} })
const left = (step: string, exit = 'done', visit = 1): Entry => ({ what: 'left', step, visit, data: { exit, data: {} } })
const asked: Entry = {
  what: 'asked',
  step: 'laptop',
  visit: 1,
  data: { ask: 'q', people: [ana, bo].map(({ id, name }) => ({ id, name })), anyone: false, until: '2026-12-04T09:00:00.000Z', settings },
}
const answered = (person: { id: string; name: string } | undefined, picked: string[]): Entry => ({
  what: 'answered',
  step: 'laptop',
  visit: 1,
  data: { ...(person ? { person: { id: person.id, name: person.name } } : {}), picked, values: {} },
})
const trouble = {
  kind: 'unavailable',
  what: { en: 'No answer.', fr: 'Pas de réponse.' },
  remedy: { en: 'Wait.', fr: 'Attendez.' },
} as const

const states = (entries: readonly Entry[]) => Object.fromEntries([...told(entries).steps].map(([id, { state }]) => [id, state]))

describe('the state of each step', () => {
  test('a run that has just started has reached nothing', () => {
    expect(states([joinedEntry])).toEqual({
      hello: 'not-reached',
      laptop: 'not-reached',
      order: 'not-reached',
      chase: 'not-reached',
      tidy: 'not-reached',
    })
  })

  test('steps are performing, asking and done side by side', () => {
    expect(states([joinedEntry, begun('hello'), begun('laptop'), asked, left('hello'), begun('order')])).toEqual({
      hello: 'done',
      laptop: 'asking',
      order: 'performing',
      chase: 'not-reached',
      tidy: 'not-reached',
    })
  })

  test('steps that will not happen are skipped', () => {
    const skipped: Entry[] = [
      { what: 'skipped', step: 'chase', data: {} },
      { what: 'skipped', step: 'tidy', data: {} },
    ]
    expect(states([joinedEntry, begun('laptop'), left('laptop'), ...skipped])).toMatchObject({
      laptop: 'done',
      chase: 'skipped',
      tidy: 'skipped',
    })
  })

  test('a wait and a retry say until when; both forget it when they are left', () => {
    const waiting: Entry = {
      what: 'waiting',
      step: 'hello',
      visit: 1,
      data: { until: '2026-12-02T09:00:00.000Z', settings: { to: 'general' } },
    }
    const retrying: Entry = { what: 'retrying', step: 'laptop', visit: 1, data: { trouble, attempt: 1, at: '2026-12-01T10:00:00.000Z' } }
    const { steps } = told([joinedEntry, begun('hello'), waiting, begun('laptop'), retrying])
    expect(steps.get('hello')).toMatchObject({
      state: 'waiting',
      visits: [{ until: '2026-12-02T09:00:00.000Z', inputs: { to: 'general' } }],
    })
    expect(steps.get('laptop')).toMatchObject({
      state: 'retrying',
      visits: [{ until: '2026-12-01T10:00:00.000Z', retries: [{ attempt: 1, trouble }] }],
    })
    expect(told([joinedEntry, begun('hello'), waiting, left('hello')]).steps.get('hello')?.visits[0]).not.toHaveProperty('until')
  })

  test('a failed step keeps its trouble, its inputs and its times', () => {
    const failed: Entry = {
      what: 'left',
      step: 'hello',
      visit: 1,
      data: { exit: 'failed', data: {}, settings: { to: 'nowhere' }, trouble },
    }
    expect(told([joinedEntry, begun('hello'), failed]).steps.get('hello')).toEqual({
      id: 'hello',
      state: 'failed',
      visits: [
        {
          visit: 1,
          state: 'failed',
          begun: '2026-12-01T09:01:00.000Z',
          left: '2026-12-01T09:02:00.000Z',
          exit: 'failed',
          inputs: { to: 'nowhere' },
          outputs: {},
          trouble,
          answers: [],
          retries: [],
        },
      ],
    })
  })

  test('a trouble counts while it is tried again and once it has failed, not after it went well', () => {
    const retrying: Entry = { what: 'retrying', step: 'hello', visit: 1, data: { trouble, attempt: 1, at: '2026-12-01T09:30:00.000Z' } }
    const failed: Entry = { what: 'left', step: 'hello', visit: 1, data: { exit: 'failed', data: {}, trouble } }
    const troubleNow = (...entries: Entry[]) =>
      told([joinedEntry, begun('hello'), ...entries])
        .steps.get('hello')
        ?.visits.map(troubleOf)
    expect(troubleNow(retrying)).toEqual([trouble])
    expect(troubleNow(retrying, left('hello'))).toEqual([undefined])
    expect(troubleNow(failed)).toEqual([trouble])
  })

  test('each pass of a loop is a visit, and the newest one decides', () => {
    const { steps } = told([
      joinedEntry,
      begun('laptop'),
      left('laptop', 'timeout'),
      begun('laptop', 2),
      { what: 'skipped', step: 'laptop', data: {} },
    ])
    expect(steps.get('laptop')).toMatchObject({
      state: 'performing',
      visits: [
        { visit: 1, state: 'done' },
        { visit: 2, state: 'performing' },
      ],
    })
  })

  test('a step that the version does not have is told all the same', () => {
    expect(told([joinedEntry, begun('ghost')]).steps.get('ghost')?.state).toBe('performing')
  })

  test('the newest answer of each person counts, anonymous ones each for themselves', () => {
    const { steps } = told([
      joinedEntry,
      begun('laptop'),
      asked,
      answered(ana, ['Mac']),
      answered(bo, ['PC']),
      answered(ana, ['PC']),
      answered(undefined, ['PC']),
      answered(undefined, ['Mac']),
    ])
    expect(steps.get('laptop')?.visits[0]?.answers.map(({ person, picked }) => [person?.name, ...picked])).toEqual([
      ['Ana Lima', 'PC'],
      ['Bo Petit', 'PC'],
      [undefined, 'PC'],
      [undefined, 'Mac'],
    ])
  })
})

describe('the run as a whole', () => {
  test('it waits once everything under way waits, and runs while anything is performed', () => {
    expect(told([]).status).toBe('running')
    expect(told([joinedEntry, begun('laptop'), begun('hello'), asked]).status).toBe('running')
    expect(told([joinedEntry, begun('laptop'), begun('hello'), asked, left('hello')]).status).toBe('waiting')
  })

  test('a cancelled run says who cancelled it, and nothing in it is under way', () => {
    const story = told([
      joinedEntry,
      begun('laptop'),
      asked,
      begun('hello'),
      { what: 'cancelled', step: 'hello', visit: 1, data: {} },
      { what: 'ended', data: { status: 'cancelled', by: bo } },
    ])
    expect(story).toMatchObject({
      status: 'cancelled',
      cancelledBy: bo,
      started: '2026-12-01T09:00:00.000Z',
      ended: '2026-12-01T09:05:00.000Z',
    })
    expect(story.steps.get('laptop')).toMatchObject({ state: 'cancelled', visits: [{ left: '2026-12-01T09:05:00.000Z' }] })
    expect(story.steps.get('hello')?.state).toBe('cancelled')
    expect(story.waiting).toEqual([])
  })

  test('links are taken, dead or open', () => {
    expect(told([]).links).toEqual(aTold.links.map(() => 'open'))
    expect(told([joinedEntry, begun('laptop'), begun('hello')]).links).toEqual(['taken', 'taken', 'dead', 'open', 'open', 'open'])
    expect(
      told([joinedEntry, begun('laptop'), begun('hello'), left('laptop'), { what: 'skipped', step: 'chase', data: {} }]).links,
    ).toEqual(['taken', 'taken', 'dead', 'taken', 'dead', 'dead'])
    expect(told([joinedEntry, begun('laptop'), { what: 'ended', data: { status: 'cancelled' } }]).links).toEqual([
      'taken',
      'taken',
      'dead',
      'dead',
      'dead',
      'dead',
    ])
  })

  test('the story can be told as it was after any entry', () => {
    const entries = [
      joinedEntry,
      begun('laptop'),
      asked,
      answered(ana, ['Mac']),
      left('laptop'),
      { what: 'ended', data: { status: 'completed' } } as const,
    ]
    const story = told(entries)
    for (const { number } of kept(entries)) {
      const { at: _, ...then } = story.at(number)
      const { at: __, ...fresh } = told(entries.slice(0, number))
      expect(then).toEqual(fresh)
    }
    expect(story.at(0)).toMatchObject({ status: 'running', last: 0 })
    expect(story.at(3)).toMatchObject({
      status: 'waiting',
      last: 3,
      waiting: [{ step: 'laptop', kind: 'people', people: [{ name: 'Ana Lima' }, { name: 'Bo Petit' }] }],
    })
  })
})
