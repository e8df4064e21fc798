import { describe, expect, test } from 'vitest'
import { answerWords, givesOf, inputsOf, outputsOf, plainText, questionOf, writeValue } from '../../src/run/particulars.ts'
import { ana, aCatalogue, bo } from './telling.ts'

const reader = {
  names: new Map([
    ['ana', 'Ana Lima'],
    ['c1', 'general'],
  ]),
  timeZone: 'Europe/Paris',
}
const ask = aCatalogue.actions.get('ask')
const send = aCatalogue.actions.get('send')

describe('values as people read them', () => {
  test.each([
    ['', '–'],
    [[], '–'],
    [true, 'Yes'],
    [false, 'No'],
    [3, '3'],
    ['ana', 'Ana Lima'],
    ['Hello <@ana> and <@gone>\\!', 'Hello @Ana Lima and @gone!'],
    [ana, 'Ana Lima'],
    [{ id: 'c1', name: '#general' }, '#general'],
    [{ channel: 'c1', message: 'm1', link: 'http://127.0.0.1/chat' }, 'http://127.0.0.1/chat'],
    [[ana, 'Bo'], 'Ana Lima, Bo'],
    [{ id: 'red', label: 'Red' }, 'Red'],
    [{ Mac: 2, PC: 1 }, 'Mac: 2, PC: 1'],
  ])('%j is “%s”', (value, text) => {
    expect(writeValue(value, reader).en).toBe(text)
  })

  test('bold marks go, escaped ones stay as what was typed', () => {
    expect(plainText('**Hi** \\*\\*there\\*\\*', new Map())).toBe('Hi **there**')
  })
})

describe('what went in', () => {
  test('is told setting by setting, with the names of options, people, channels and durations', () => {
    const inputs = { whom: [ana, 'ana'], question: 'Which?', answer: 'choices', choices: ['Mac', 'PC'], within: '1d 12h' }
    expect(inputsOf(ask, inputs, reader).map(({ label, value }) => [label.en, value.en])).toEqual([
      ['Whom', 'Ana Lima, Ana Lima'],
      ['Question', 'Which?'],
      ['Kind', 'A button'],
      ['Buttons', 'Mac, PC'],
      ['Time limit', '1 day and 12 hours'],
    ])
    expect(inputsOf(send, { to: 'c1', text: 'Hi' }, reader)[0]?.value.en).toBe('#general')
    expect(inputsOf(send, { to: 'lunch', note: 'plain' }, reader).map(({ label, value }) => [label.en, value.en])).toEqual([
      ['To', '#lunch'],
      ['note', 'plain'],
    ])
  })

  test('leaves out what is empty and what was hidden', () => {
    expect(inputsOf(ask, { whom: 'bo', question: '', answer: 'text', choices: ['Mac'] }, reader).map(({ name }) => name)).toEqual([
      'whom',
      'answer',
    ])
  })

  test('of an action that is no longer known goes by its own names', () => {
    expect(inputsOf(undefined, { colour: 'red' }, reader)).toEqual([
      { name: 'colour', label: { en: 'colour', fr: 'colour' }, value: { en: 'red', fr: 'red' } },
    ])
  })
})

describe('what came out', () => {
  test('is told by the labels of the data, instants in the reader’s time zone', () => {
    const outputs = { answer: 'Mac', at: '2026-12-01T09:00:00.000Z', by: ana, extra: 1, missing: [] }
    expect(outputsOf(givesOf(ask, {}), outputs, reader).map(({ label, value }) => [label.en, value.en])).toEqual([
      ['The answer', 'Mac'],
      ['When', 'Tue 1 Dec, 10:00'],
      ['Who answered', 'Ana Lima'],
      ['extra', '1'],
    ])
    expect(outputsOf(givesOf(ask, {}), { at: 'soon' }, reader)[0]?.value.en).toBe('soon')
  })

  test('of a kind that is unknown or cannot say is nothing declared', () => {
    expect(givesOf(undefined, {})).toEqual([])
    expect(givesOf(send, { to: 'nowhere' })).toEqual([])
    expect(givesOf(send, {})).toHaveLength(1)
  })
})

describe('answers', () => {
  const at = '2026-12-01T09:00:00.000Z'
  const choices = { question: 'Which?', answer: 'choices', choices: ['Mac', 'PC'] }

  test('a button goes by its label in the reader’s language, several by all of them', () => {
    expect(answerWords(ask, choices, { at, picked: ['no'], values: {} }, reader)).toEqual({ en: '“No”', fr: '«\u00a0Non\u00a0»' })
    expect(answerWords(ask, choices, { at, picked: ['Mac', 'PC'], values: {} }, reader)).toEqual({
      en: '“Mac” and “PC”',
      fr: '«\u00a0Mac\u00a0» et «\u00a0PC\u00a0»',
    })
  })

  test('a button with a form tells both', () => {
    expect(answerWords(ask, choices, { at, picked: ['no'], values: { reason: 'too dear' } }, reader)).toEqual({
      en: '“No” (Reason: too dear)',
      fr: '«\u00a0Non\u00a0» (Reason\u00a0: too dear)',
    })
  })

  test('a text stands alone, a form is told field by field', () => {
    expect(answerWords(ask, { answer: 'text' }, { at, picked: ['answer'], values: { answer: 'Soon' } }, reader).en).toBe('“Soon”')
    expect(answerWords(ask, { answer: 'form' }, { at, picked: ['answer'], values: { size: 15, colour: null, weight: 1 } }, reader).en).toBe(
      'SIZE: 15, weight: 1',
    )
    expect(answerWords(ask, choices, { at, picked: [], values: { reason: 'none' } }, reader).en).toBe('Reason: none')
  })

  test('without the action, its own words have to do', () => {
    expect(answerWords(undefined, {}, { at, picked: ['Mac'], values: {} }, reader).en).toBe('“Mac”')
  })

  test('the question is the message among the inputs', () => {
    expect(questionOf(ask, { question: 'Which, <@ana>?' }, reader)).toBe('Which, @Ana Lima?')
    expect(questionOf(ask, {}, reader)).toBeUndefined()
    expect(questionOf(undefined, { question: bo.name }, reader)).toBeUndefined()
  })
})
