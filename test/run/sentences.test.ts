import { describe, expect, test } from 'vitest'
import type { Entry } from '../../src/run/journal.ts'
import { exitWords, nameOf } from '../../src/run/sentences.ts'
import { aCatalogue, aTold, bo, joinedEntry, told } from './telling.ts'

const begun = (step: string): Entry => ({ what: 'begun', step, visit: 1, data: {} })
const left = (step: string, exit = 'done', settings?: Record<string, unknown>): Entry => ({
  what: 'left',
  step,
  visit: 1,
  data: { exit, data: {}, ...(settings ? { settings } : {}) },
})
const trouble = {
  kind: 'unavailable',
  what: { en: 'No answer.', fr: 'Pas de réponse.' },
  remedy: { en: 'Wait.', fr: 'Attendez.' },
} as const
type AskedData = Extract<Entry, { what: 'asked' }>['data']
const asked = (more: Partial<AskedData> = {}): Entry => ({
  what: 'asked',
  step: 'laptop',
  visit: 1,
  data: {
    ask: 'q',
    people: [bo],
    anyone: false,
    settings: { whom: 'bo', question: 'Which **laptop**, <@ana>?', answer: 'choices', choices: ['Mac'] },
    ...more,
  },
})
const channel = { id: 'c1', name: 'general' }

const sentences = (entries: readonly Entry[]) => told([joinedEntry, ...entries]).moments.slice(1)
const last = (entries: readonly Entry[]) => sentences(entries).at(-1)

describe('a run in sentences', () => {
  test('from the first to the last', () => {
    const moments = told([
      joinedEntry,
      begun('hello'),
      left('hello', 'done', { to: 'general', text: 'Welcome, <@ana>\\!' }),
      begun('laptop'),
      asked({ until: '2026-12-04T09:00:00.000Z' }),
      { what: 'answered', step: 'laptop', visit: 1, data: { person: bo, picked: ['Mac'], values: {} } },
      left('laptop'),
      { what: 'skipped', step: 'chase', data: {} },
      begun('order'),
      { what: 'skipped', step: 'tidy', data: {} },
      left('order', 'done', { to: 'general', text: 'One Mac' }),
      { what: 'ended', data: { status: 'completed' } },
    ]).moments
    expect(moments.map(({ name, sentence }) => [name?.en, sentence.en])).toEqual([
      [undefined, 'Ana Lima joined #general'],
      ['Say hello', 'Sent'],
      ['Ask', 'Asks Bo Petit, until Fri 4 Dec, 09:00'],
      ['Ask', 'Bo Petit answered “Mac”'],
      ['Ask', 'Answered'],
      [undefined, 'Not needed on this way: “Chase” and “Tidy up”'],
      ['Order it', 'Sent'],
      [undefined, 'Completed after 11 minutes'],
    ])
    expect(moments.map(({ sentence }) => sentence.fr)).toEqual([
      'Ana Lima a rejoint #general',
      'Envoyé',
      'Pose la question à Bo Petit, jusqu’au ven. 4 déc., 09:00',
      'Bo Petit a répondu «\u00a0Mac\u00a0»',
      'Répondu',
      'Pas nécessaire sur ce chemin\u00a0: «\u00a0Chase\u00a0» et «\u00a0Tidy up\u00a0»',
      'Envoyé',
      'Terminée après 11 minutes',
    ])
    expect(moments[1]).toMatchObject({
      number: 3,
      at: '2026-12-01T09:02:00.000Z',
      kind: 'left',
      step: 'hello',
      visit: 1,
      detail: { en: 'Send general “Welcome, @Ana Lima!”' },
    })
    expect(moments[2]?.detail).toEqual({ en: '“Which laptop, @Ana Lima?”', fr: '«\u00a0Which laptop, @Ana Lima?\u00a0»' })
  })

  test('a step that was begun is told only while it is under way', () => {
    expect(sentences([begun('hello')]).map(({ sentence }) => sentence.en)).toEqual(['Under way'])
    expect(sentences([begun('hello'), left('hello')]).map(({ sentence }) => sentence.en)).toEqual(['Sent'])
  })

  test('a question to a channel says who may answer', () => {
    expect(last([begun('laptop'), asked({ people: [], anyone: true, channel })])?.sentence.en).toBe('Asks everybody in #general')
    expect(last([begun('laptop'), asked({ channel })])?.sentence.fr).toBe('Pose la question à Bo Petit dans #general')
    expect(last([begun('laptop'), asked({ people: [], anyone: true })])?.sentence.en).toBe('Asks everybody')
    expect(last([begun('laptop'), asked({ settings: {} })])).not.toHaveProperty('detail')
  })

  test('answers are anonymous, changed, or taken back', () => {
    const answered = (data: Extract<Entry, { what: 'answered' }>['data']): Entry => ({ what: 'answered', step: 'laptop', visit: 1, data })
    expect(last([begun('laptop'), asked(), answered({ picked: ['Mac'], values: {} })])?.sentence.en).toBe('An anonymous answer: “Mac”')
    expect(last([begun('laptop'), asked(), answered({ person: bo, picked: [], values: {} })])?.sentence.en).toBe(
      'Bo Petit took the answer back',
    )
    expect(last([begun('laptop'), asked(), answered({ picked: [], values: {} })])?.sentence.fr).toBe('Quelqu’un a retiré sa réponse')
  })

  test('a wait, a retry and a failure are told with their times and their trouble', () => {
    expect(
      last([begun('hello'), { what: 'waiting', step: 'hello', visit: 1, data: { until: '2026-12-02T09:00:00.000Z', settings: {} } }])
        ?.sentence.fr,
    ).toBe('Attend jusqu’au mer. 2 déc., 09:00')
    const retrying = last([
      begun('hello'),
      { what: 'retrying', step: 'hello', visit: 1, data: { trouble, attempt: 1, at: '2026-12-01T09:30:00.000Z' } },
    ])
    expect(retrying).toMatchObject({ kind: 'retrying', sentence: { en: 'Did not work; it is tried again on Tue 1 Dec, 09:30' }, trouble })
    expect(last([begun('hello'), { what: 'left', step: 'hello', visit: 1, data: { exit: 'failed', data: {}, trouble } }])).toMatchObject({
      kind: 'failed',
      sentence: { fr: 'Échec' },
      trouble,
    })
    expect(last([begun('hello'), left('hello', 'failed')])).not.toHaveProperty('trouble')
  })

  test('what was cancelled says whether somebody had been asked', () => {
    const cancelled = (step: string): Entry => ({ what: 'cancelled', step, visit: 1, data: {} })
    expect(last([begun('hello'), cancelled('hello')])?.sentence.en).toBe('Cancelled')
    expect(last([begun('laptop'), asked(), cancelled('laptop')])?.sentence.en).toBe('Cancelled: the answer was no longer needed')
  })

  test('a run ends as failed or cancelled, by somebody or by itself', () => {
    expect(last([{ what: 'ended', data: { status: 'failed' } }])?.sentence.en).toBe('Ended as failed after 1 minute')
    expect(last([{ what: 'ended', data: { status: 'cancelled' } }])?.sentence.fr).toBe('Annulée après 1 minute')
    expect(last([{ what: 'ended', data: { status: 'cancelled', by: bo } }])?.sentence.en).toBe('Bo Petit cancelled the run after 1 minute')
    expect(told([{ what: 'ended', data: { status: 'completed' } }]).moments[0]?.sentence.en).toBe('Completed after less than a second')
  })

  test('many steps that were not needed are counted after the fifth', () => {
    const skipped = ['hello', 'laptop', 'order', 'chase', 'tidy', 'one', 'two'].map((step): Entry => ({ what: 'skipped', step, data: {} }))
    expect(last(skipped)?.sentence.en).toBe('Not needed on this way: “Say hello”, “Ask”, “Order it”, “Chase”, “Tidy up” and 2 more')
    expect(last(skipped.slice(0, 6))?.sentence.fr).toContain('et 1 autre')
  })

  test('a step that the version does not have is told by its id', () => {
    expect(last([begun('ghost'), left('ghost', 'sideways')])).toMatchObject({ name: { en: 'ghost' }, sentence: { en: 'sideways' } })
  })
})

describe('people who do not answer', () => {
  const cy = { id: 'cy', name: 'Cy' }
  type Escalated = Extract<Entry, { what: 'escalated' }>['data']
  const reminded = (data: Extract<Entry, { what: 'reminded' }>['data']) =>
    last([begun('laptop'), asked(), { what: 'reminded', step: 'laptop', visit: 1, data }])
  const escalated = (data: Partial<Escalated>) =>
    last([
      begun('laptop'),
      asked(),
      { what: 'escalated', step: 'laptop', visit: 1, data: { people: [], for: [], without: [], unknown: [], manager: false, ...data } },
    ])

  test('are reminded by name, or as those in a channel', () => {
    expect(reminded({ people: [bo] })?.sentence).toEqual({ en: 'Reminded Bo Petit', fr: 'Relance envoyée\u00a0: Bo Petit' })
    expect(reminded({ people: [bo], channel })?.sentence.en).toBe('Reminded Bo Petit in #general')
    expect(reminded({ people: [], channel })?.sentence).toEqual({
      en: 'Reminded those in #general who have not answered',
      fr: 'Relance envoyée\u00a0: celles et ceux de #general qui n’ont pas répondu',
    })
    expect(reminded({ people: [bo], first: true })?.sentence).toEqual({
      en: 'Asked Bo Petit, now at work',
      fr: 'Question posée à Bo Petit, aux heures ouvrées',
    })
    expect(reminded({ people: [bo], first: true, trouble })?.sentence.en).toBe('Could not ask Bo Petit')
    expect(last([begun('laptop'), asked({ working: true })])?.sentence).toEqual({
      en: 'Asks Bo Petit, in working hours',
      fr: 'Pose la question à Bo Petit, aux heures ouvrées',
    })
    expect(reminded({ people: [] })?.sentence.en).toBe('Reminded those who have not answered')
    expect(reminded({ people: [bo], trouble })).toMatchObject({ sentence: { en: 'Could not remind Bo Petit' }, trouble, kind: 'reminded' })
  })

  test('have others asked instead of them, where there are any', () => {
    expect(escalated({ people: [cy], for: [bo], manager: true })?.sentence).toEqual({
      en: 'Asked Cy (manager) instead of Bo Petit',
      fr: 'Question transmise à Cy (responsable) à la place de Bo Petit',
    })
    expect(escalated({ people: [cy], for: [bo], unknown: ['x@example.com'] })?.sentence).toEqual({
      en: 'Asked Cy instead of Bo Petit. Nobody in the directory is meant by “x@example.com”',
      fr: 'Question transmise à Cy à la place de Bo Petit. Personne dans l’annuaire ne correspond à «\u00a0x@example.com\u00a0»',
    })
    expect(escalated({ without: [bo] })?.sentence.en).toBe('There is nobody else to ask for Bo Petit')
    expect(escalated({ for: [bo], trouble })).toMatchObject({ sentence: { en: 'Could not ask anybody else instead of Bo Petit' }, trouble })
    expect(escalated({ people: [cy], for: [bo], trouble })?.sentence.en).toBe('Could not ask Cy instead of Bo Petit')
  })

  test('are waited for together with those who were asked instead', () => {
    const { waiting } = told([
      joinedEntry,
      begun('laptop'),
      asked(),
      { what: 'reminded', step: 'laptop', visit: 1, data: { people: [bo] } },
      { what: 'escalated', step: 'laptop', visit: 1, data: { people: [cy, bo], for: [bo], without: [], unknown: [], manager: true } },
    ])
    expect(waiting).toMatchObject([{ kind: 'people', people: [bo, cy] }])
    const stray = told([
      joinedEntry,
      { what: 'escalated', step: 'laptop', visit: 1, data: { people: [cy], for: [bo], without: [], unknown: [], manager: true } },
    ])
    expect(stray.waiting).toEqual([])
  })
})

describe('names', () => {
  test('a step goes by its own name, else by what it does, else by its id', () => {
    expect(nameOf({ id: 'a', type: 'ask', name: 'Laptop' }, aCatalogue).en).toBe('Laptop')
    expect(nameOf({ id: 'a', type: 'ask' }, aCatalogue).fr).toBe('Demander')
    expect(nameOf({ id: 'a', type: 'gone' }, aCatalogue).en).toBe('a')
    expect(nameOf(undefined, aCatalogue).en).toBe('–')
  })

  test('an exit goes by its label, else by its name', () => {
    const laptop = aTold.steps[1]
    expect(exitWords(laptop, 'timeout', aCatalogue).en).toBe('Time is up')
    expect(exitWords(laptop, 'failed', aCatalogue).fr).toBe('Échec')
    expect(exitWords(undefined, 'done', aCatalogue).en).toBe('Done')
  })
})
