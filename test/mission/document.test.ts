import { describe, expect, it } from 'vitest'
import { durationParts, durationSchema, isDuration, milliseconds } from '../../src/mission/duration.ts'
import { type Field, readForm } from '../../src/mission/form.ts'
import { emptyMission, missionJsonSchema, upgrade } from '../../src/mission/mission.ts'
import { say } from '../../src/mission/words.ts'

describe('a duration', () => {
  it('is one or more numbers with units', () => {
    expect(milliseconds('1d 12h')).toBe(129_600_000)
    expect(durationParts('2w30m')).toEqual([
      { count: 2, unit: 'w' },
      { count: 30, unit: 'm' },
    ])
    expect([isDuration('3d'), isDuration('3 days'), isDuration('')]).toEqual([true, false, false])
    expect(() => milliseconds('soon')).toThrow(RangeError)
  })

  it('is at least a second in a setting', () => {
    expect([durationSchema.safeParse('1s').success, durationSchema.safeParse('0m').success, durationSchema.safeParse('x').success]).toEqual(
      [true, false, false],
    )
  })
})

describe('a document from outside', () => {
  it('becomes a mission, defaults filled in', () => {
    const read = upgrade({ format: 1, name: 'A', triggers: [{ id: 'go', type: 'by-hand' }], steps: [], links: [{ from: 'go', to: 'x' }] })
    expect(read).toEqual({
      mission: {
        ...emptyMission('A'),
        triggers: [{ id: 'go', type: 'by-hand', settings: {} }],
        links: [{ from: 'go', exit: 'done', to: 'x' }],
      },
    })
  })

  it('is told fault by fault when it is not one', () => {
    expect(upgrade({ ...emptyMission(''), steps: [{ id: '1', type: 'x' }] })).toEqual({
      faults: [
        { where: 'name', what: { en: 'this is too small or too short: at least 1', fr: 'trop petit ou trop court\u00a0: au moins 1' } },
        {
          where: 'steps.0.id',
          what: { en: 'this is no id: small letters, digits and _ only, a letter first', fr: expect.stringContaining('identifiant') },
        },
      ],
    })
    expect(upgrade('text')).toMatchObject({
      faults: [{ where: '', what: { en: 'this should be a record', fr: 'ceci devrait être un objet' } }],
    })
    const wrong = {
      ...emptyMission('x'.repeat(121)),
      format: 2,
      colour: 'red',
      steps: [{ id: 'a', join: { wait: 'some', count: 1.5 }, settings: { now: () => 1 }, retry: { times: 1, first: 'soon' } }],
      links: {},
    }
    const read = upgrade(wrong)
    expect('faults' in read && read.faults.map(({ where, what }) => `${where}: ${what.en}`)).toEqual([
      'format: only this is possible: 1',
      'name: this is too large or too long: at most 120',
      'steps.0.type: this is missing',
      'steps.0.settings.now: this cannot be read',
      'steps.0.join.wait: only this is possible: all, any, atLeast',
      'steps.0.join.count: this should be a whole number',
      'steps.0.retry.first: this is not a duration such as 30m, 4h or 3d',
      'links: this should be a list',
      ': nothing here is called colour',
    ])
  })

  it('has a published schema', () => {
    expect(missionJsonSchema()).toMatchObject({ type: 'object', required: ['format', 'name', 'triggers', 'steps', 'links'] })
  })
})

describe('a filled form', () => {
  const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ id, label: id, kind, required: true, ...more })

  it('is read field by field, trimmed and typed', () => {
    const fields = [
      field('line', 'line'),
      field('text', 'text', { required: false }),
      field('number', 'number'),
      field('email', 'email'),
      field('date', 'date'),
      field('choice', 'choice', { choices: ['A', 'B'] }),
      field('choices', 'choices', { choices: ['A', 'B'] }),
      field('none', 'choices', { required: false }),
      field('one', 'choices', { choices: ['A'] }),
      field('yesno', 'yesno'),
    ]
    const sent = {
      line: ' Ana ',
      text: '',
      number: '3,5',
      email: 'ana@example.com',
      date: '2026-11-21',
      choice: 'B',
      choices: ['B', 'A', 'B'],
      one: 'A',
      yesno: 'on',
    }
    expect(readForm(fields, sent)).toEqual({
      values: {
        line: 'Ana',
        text: null,
        number: 3.5,
        email: 'ana@example.com',
        date: '2026-11-21',
        choice: 'B',
        choices: ['B', 'A'],
        none: [],
        one: ['A'],
        yesno: true,
      },
    })
    expect(readForm([field('number', 'number'), field('yesno', 'yesno')], { number: 4 })).toEqual({ values: { number: 4, yesno: false } })
  })

  it('tells every wrong field at once', () => {
    const fields = [
      field('a', 'line'),
      field('b', 'number'),
      field('c', 'email'),
      field('d', 'date'),
      field('e', 'choice'),
      field('f', 'choices'),
      field('g', 'choices', { choices: ['A'] }),
      field('h', 'text'),
    ]
    const read = readForm(fields, { b: 'x', c: 'x', d: '21.11.', e: 'Z', g: ['Z'], h: 'x'.repeat(10_001) })
    expect('wrong' in read && Object.entries(read.wrong).map(([id, words]) => [id, words.en])).toEqual([
      ['a', 'Please fill this in.'],
      ['b', 'Please enter a number.'],
      ['c', 'Please enter an e-mail address such as ana@example.com.'],
      ['d', 'Please enter a date.'],
      ['e', 'Please pick one of the choices.'],
      ['f', 'Please fill this in.'],
      ['g', 'Please pick one of the choices.'],
      ['h', 'This is too long (10,000 characters at most).'],
    ])
  })
})

describe('words', () => {
  it('are said in French or else in English', () => {
    const words = { en: 'yes', fr: 'oui' }
    expect([say(words, 'fr'), say(words, 'en'), say(words, 'de')]).toEqual(['oui', 'yes', 'yes'])
  })
})
