import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { emptyMission, type Mission } from '../../src/mission/mission.ts'
import { problems } from '../../src/mission/problems.ts'
import { scope } from '../../src/mission/scope.ts'
import { foldText, listOffers, searchOffers } from '../../src/web/designer/palette/offers.ts'
import { plainProblem, titlesOfSteps } from '../../src/web/designer/review/plain.ts'
import { listData, nameReference, offerData } from '../../src/web/designer/settings/data/earlier.ts'
import { fromDocument, toDocument } from '../../src/web/designer/settings/text/convert.ts'
import { readMarkup, writeMarkup } from '../../src/web/designer/settings/text/markup.ts'
import { lookOf } from '../../src/web/designer/settings/text/pill-look.ts'
import { pillOf, readPill, writePill } from '../../src/web/designer/settings/text/pill-parts.ts'
import { durationInWords, readDurationWords, suggestDurations } from '../../src/web/designer/settings/widgets/duration-words.ts'
import { changeEvery, nextTimes, readTimetable, writeTimetable } from '../../src/web/designer/settings/widgets/timetable.ts'

describe('texts with data', () => {
  test('are read as words, pills, bold and italic', () => {
    expect(readMarkup('Hi **{{ trigger.person.name }}**, _nice_ to see_you', true)).toEqual([
      {
        marker: '',
        pieces: [
          { text: 'Hi ' },
          { pill: '{{ trigger.person.name }}', bold: true },
          { text: ', ' },
          { text: 'nice', italic: true },
          { text: ' to see_you' },
        ],
      },
    ])
    expect(readMarkup('**no marks here**\n- second', false)).toEqual([
      { marker: '', pieces: [{ text: '**no marks here**' }] },
      { marker: '', pieces: [{ text: '- second' }] },
    ])
  })

  test('are read as links, code, items and quotes', () => {
    expect(readMarkup('- see [the **new** page](https://example.com/{{ a.b }})\n> run `npm _i_`', true)).toEqual([
      {
        marker: '- ',
        pieces: [
          { text: 'see ' },
          { text: 'the ', link: 'https://example.com/{{ a.b }}' },
          { text: 'new', bold: true, link: 'https://example.com/{{ a.b }}' },
          { text: ' page', link: 'https://example.com/{{ a.b }}' },
        ],
      },
      { marker: '> ', pieces: [{ text: 'run ' }, { text: 'npm _i_', code: true }] },
    ])
  })

  const parts = fc
    .array(
      fc.constantFrom('**', '_', ' ', 'a', 'b c', '{{ x.y }}', '\n', '{{', '}}', '*', '{% if a %}', '`', '[', '](', ')', '- ', '3. ', '> '),
      {
        maxLength: 16,
      },
    )
    .map((list) => list.join(''))

  test('are never changed by being opened, whatever they hold', () => {
    fc.assert(
      fc.property(parts, fc.boolean(), (text, marks) => {
        expect(writeMarkup(readMarkup(text, marks))).toBe(text)
        expect(fromDocument(toDocument(text, marks))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('lose no letter when they are formatted, and keep the format where Markdown can say it', () => {
    const piece = fc.record({
      text: fc.constantFrom('a', 'b ', ' c', 'd e', ' '),
      bold: fc.boolean(),
      italic: fc.boolean(),
      code: fc.boolean(),
      link: fc.constantFrom('https://example.com', ''),
    })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const read = readMarkup(writeMarkup([{ marker: '', pieces }]), true)
        expect(
          read
            .flatMap((line) => line.pieces)
            .map((one) => ('text' in one ? one.text : one.pill))
            .join(''),
        ).toBe(pieces.map((one) => one.text).join(''))
      }),
      { numRuns: 500 },
    )
    const pieces = [{ text: 'Hello ' }, { text: 'dear ', bold: true }, { text: 'Ana', bold: true, italic: true }]
    expect(writeMarkup([{ marker: '', pieces }])).toBe('Hello **dear _Ana_**')
    expect(writeMarkup([{ marker: '2. ', pieces: [{ text: 'here', bold: true, link: 'https://example.com' }, { text: ' now' }] }])).toBe(
      '2. [**here**](https://example.com) now',
    )
  })

  test('have pills that say what stands in when data is missing', () => {
    expect(readPill('{{ trigger.person.manager | default: trigger.person | default: "nobody" }}')).toEqual({
      reference: 'trigger.person.manager',
      others: ['trigger.person'],
      fallback: 'nobody',
    })
    expect(readPill('{{ a.b | upcase }}')).toBeUndefined()
    expect(writePill({ reference: 'a.b', others: ['c'], fallback: 'the "x"' })).toBe('{{ a.b | default: c | default: "the ”x”" }}')
    expect(pillOf('a.b')).toBe('{{ a.b }}')
  })

  test('have pills that may be empty because that is meant, which are not shown as broken', () => {
    const label = { en: 'the winner', fr: 'le gagnant' }
    const winner = { reference: 'vote.winner', label, kind: 'text' as const, maybeEmpty: true, parts: [] }
    const pieces = listData([{ id: 'vote', of: 'step', title: { en: 'Vote', fr: 'Vote' }, data: [winner] }], 'en')
    const raw = '{{ vote.winner | default: nil }}'
    expect(lookOf(pieces, raw, 'en')).toEqual({
      title: 'The winner',
      tip: 'From “Vote”. It is handed over even when it is empty',
      known: true,
      lacks: false,
    })
    expect(lookOf(pieces, '{{ vote.winner }}', 'en').lacks).toBe(true)
    expect(lookOf(pieces, '{{ vote.loser | default: nil }}', 'en').known).toBe(false)
    expect(writePill(readPill(raw) ?? expect.unreachable())).toBe(raw)
    expect(readPill('{{ vote.winner | default: true }}')).toBeUndefined()
  })
})

describe('durations in words', () => {
  test('are read as people write them, in both languages', () => {
    expect(['3 days', '1 day and 12 hours', '2h', '90 min', '3 jours', '1 semaine et 2 j'].map(readDurationWords)).toEqual([
      '3d',
      '1d 12h',
      '2h',
      '90m',
      '3d',
      '1w 2d',
    ])
    expect(['', 'soon', '3', '3 parsecs'].map(readDurationWords)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('are offered in every unit for the number typed, and shown in words', () => {
    expect(suggestDurations('3', 'en')).toEqual(['3 minutes', '3 hours', '3 days', '3 weeks'])
    expect(durationInWords('1d 12h', 'fr')).toBe('1 jour et 12 heures')
    expect(durationInWords('{{ x.y }}', 'en')).toBe('{{ x.y }}')
  })

  test('mean the same when written in words and read again', () => {
    const written = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom('m', 'h', 'd', 'w')).map(([count, unit]) => `${count}${unit}`)
    fc.assert(
      fc.property(written, fc.constantFrom('en' as const, 'fr' as const), (duration, language) => {
        expect(readDurationWords(durationInWords(duration, language))).toBe(duration)
      }),
    )
  })
})

describe('timetables', () => {
  test('are read from cron and written as cron again', () => {
    const kinds = ['30 9 * * *', '0 8 * * 1-5', '15 17 * * 1,3', '0 0 28 * *', '*/5 * * * *', '0 9 1 1 *'].map((cron) => [
      readTimetable(cron).every,
      writeTimetable(readTimetable(cron)) === cron,
    ])
    expect(kinds).toEqual([
      ['day', true],
      ['workday', true],
      ['week', true],
      ['month', true],
      ['own', true],
      ['own', true],
    ])
  })

  test('keep their time when the days change', () => {
    expect(writeTimetable(changeEvery(readTimetable('30 9 * * *'), 'week'))).toBe('30 9 * * 1')
    expect(writeTimetable(changeEvery(readTimetable('30 9 * * 2'), 'own'))).toBe('30 9 * * 2')
  })

  test('know their next times, right across the change to summer time', () => {
    expect(nextTimes('0 9 * * *', 'Europe/Paris', new Date('2026-03-28T00:00:00Z'), 3).map((time) => time.toISOString())).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ])
    expect(nextTimes('0 9 30 2 *', 'UTC', new Date('2026-01-01T00:00:00Z'), 3)).toEqual([])
  })
})

describe('the palette', () => {
  test('begins with what starts a mission and finds by any beginning of a word, without accents', () => {
    const offers = listOffers(catalogue, 'fr')
    expect(offers[0]?.group).toBe('start')
    expect(foldText('Réunion À Évreux')).toBe('reunion a evreux')
    for (const [word, type] of [
      ['bienvenue', 'send-message'],
      ['relance', 'send-message'],
      ['si', 'choose-path'],
      ['résumé', 'send-message'],
      ['boucle', 'for-each'],
    ] as const)
      expect(searchOffers(offers, word).map((offer) => offer.type)).toContain(type)
    expect(searchOffers(offers, 'message env')[0]?.type).toBe('send-message')
    expect(searchOffers(offers, 'xyzzy')).toEqual([])
  })
})

const mission: Mission = {
  ...emptyMission('M'),
  triggers: [{ id: 'joined', type: 'person-joined-workspace', settings: {} }],
  steps: [
    {
      id: 'laptop',
      type: 'ask',
      name: 'Pick a laptop',
      settings: { whom: '{{ trigger.person.manager }}', question: 'Which?', choices: ['Mac'], within: '3d' },
    },
    { id: 'say', type: 'send-message', settings: { to: 'channel', channel: 'general', text: '{{ laptop.answer }}' } },
  ],
  links: [
    { from: 'joined', exit: 'done', to: 'laptop' },
    { from: 'laptop', exit: 'done', to: 'say' },
    { from: 'laptop', exit: 'timeout', to: 'say' },
  ],
}

describe('earlier data', () => {
  const pieces = listData(scope(mission, 'say', catalogue.kinds), 'en')

  test('is listed with its step, a sample, and whether it may be empty', () => {
    expect(pieces.find((piece) => piece.reference === 'laptop.answer')).toMatchObject({
      title: 'The answer',
      source: 'Pick a laptop',
      sample: 'Mac',
      maybeEmpty: true,
    })
    expect(pieces.find((piece) => piece.reference === 'trigger.person.manager.email')).toMatchObject({
      title: 'Who joined · manager · e-mail address',
      depth: 2,
      maybeEmpty: true,
    })
  })

  test('comes from the nearest step first, then what started it, then what every run has', () => {
    const sources = (id: string) => [...new Set(listData(scope(far, id, catalogue.kinds), 'en').map(({ source }) => source))]
    const [one, two, three]: Mission['steps'] = ['One', 'Two', 'Three'].map((name) => ({
      id: name.toLowerCase(),
      type: 'send-message',
      name,
      settings: { text: name },
    }))
    if (!one || !two || !three) expect.unreachable()
    const far: Mission = {
      ...mission,
      steps: [
        one,
        two,
        { id: 'all', type: 'for-each', name: 'All', settings: { list: '{{ trigger.person }}' } },
        { ...three, within: 'all' },
      ],
      links: [
        { from: mission.triggers[0]?.id ?? '', exit: 'done', to: 'one' },
        { from: 'one', exit: 'done', to: 'two' },
        { from: 'two', exit: 'done', to: 'all' },
        { from: 'all', exit: 'each', to: 'three' },
      ],
    }
    expect(sources('all').slice(0, 3)).toEqual(['Two', 'One', expect.stringContaining('join')])
    expect(sources('three').slice(0, 3)).toEqual(['All', 'Two', 'One'])
    expect(sources('three').at(-1)).toBe('The present time')
  })

  test('is offered by kind where only some kinds fit', () => {
    expect(offerData(pieces, ['person']).map((piece) => piece.reference)).toContain('trigger.person.manager')
    expect(offerData(pieces, ['person']).map((piece) => piece.reference)).not.toContain('laptop.summary')
    expect(offerData(pieces, undefined).some((piece) => piece.reference.endsWith('.id'))).toBe(false)
  })

  test('has a name even where it is out of reach', () => {
    expect(nameReference(pieces, 'gone.answer', 'en')).toMatchObject({ known: false, title: 'The answer of “gone”' })
  })
})

describe('problems', () => {
  test('are told in words that people use, not in references', () => {
    const titles = titlesOfSteps(mission, catalogue.kinds)
    const told = problems(mission, catalogue.kinds).map((problem) => plainProblem(problem, mission, titles).why)
    expect(told.map((why) => why.en)).toContain('The manager of the person may be empty here.')
    expect(told.map((why) => why.en)).toContain('The answer of “Pick a laptop” may be empty here.')
    for (const { en, fr } of told) expect(`${en} ${fr}`).not.toMatch(/trigger\.|laptop\./)
  })
})
