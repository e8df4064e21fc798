import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Answer } from '../../src/catalogue/define.ts'
import { ana, anAnswer, aPerson, asking, bo, maya } from './world.ts'

const zoe = aPerson('zoe')
const at = (minute: number) => `2026-12-01T11:0${minute}:00.000Z`
const approval = (person: typeof ana, minute = 0) => anAnswer(person, 'approve', { at: at(minute) })
const refusal = (person: typeof ana, minute = 0) => anAnswer(person, 'decline', { at: at(minute), values: { reason: 'No' } })
const faults = (type: string, settings: Record<string, unknown>) =>
  catalogue.kinds
    .step(type)
    ?.check({ within: '2d', ...settings })
    .map(({ setting }) => setting)

describe('at least so many answers', () => {
  const lunch = { whom: ['ana', 'bo', 'maya'], question: 'Lunch?', choices: ['Yes', 'No'], needed: 'number', count: 2 }

  it('ends it, with all that came in, who has not answered, and how often each button was pressed', () => {
    const two = [anAnswer(ana, 'Yes', { at: at(1) }), anAnswer(bo, 'No', { at: at(2) })]
    const question = asking('ask', lunch)
    expect(question.settle(two.slice(0, 1))).toBeUndefined()
    expect(question.show(two.slice(0, 1)).note).toMatch(/^1 of 2 needed answers · Please/)
    expect(question.show(two.slice(0, 1), undefined, 'fr').note).toMatch(/^1 réponse sur 2 nécessaires · Merci/)
    expect(question.settle(two)).toMatchObject({
      exit: 'done',
      data: { answer: 'No', by: bo, at: at(2), missing: [maya], counts: { Yes: 1, No: 1 } },
    })
  })

  it('may be written as data that an earlier step gave', () => {
    expect(asking('ask', { ...lunch, count: '2' }).settle([anAnswer(ana, 'Yes')])).toBeUndefined()
    expect(asking('ask', { ...lunch, count: '1' }).settle([anAnswer(ana, 'Yes')])).toMatchObject({ exit: 'done' })
  })

  it('are never more than people were asked, or it would wait for nothing', () => {
    const question = asking('ask', { ...lunch, count: 5 }, [ana, bo])
    expect(question.settle([anAnswer(ana, 'Yes')])).toBeUndefined()
    expect(question.settle([anAnswer(ana, 'Yes'), anAnswer(bo, 'Yes')])).toMatchObject({ exit: 'done' })
  })

  it('may be changed until then, unless the step says otherwise', async () => {
    expect(await asking('ask', lunch).run()).toMatchObject({ answers: 'several', changeable: true })
    expect(await asking('ask', { ...lunch, changeable: false }).run()).toMatchObject({ changeable: false })
    expect(await asking('ask', { ...lunch, needed: 'first' }).run()).toMatchObject({ answers: 'first', changeable: false })
  })

  it('are a whole number that the people named can reach', async () => {
    expect(faults('ask', { ...lunch, count: 4 })).toEqual(['count'])
    expect(faults('ask', { ...lunch, count: 0 })).toEqual(['count'])
    expect(faults('ask', { ...lunch, count: undefined })).toEqual(['count'])
    expect(faults('ask', { ...lunch, count: 3 })).toEqual([])
    expect(faults('ask', { ...lunch, count: '{{ trigger.count }}' })).toEqual([])
    expect(faults('ask', { ...lunch, whom: '{{ trigger.people }}', count: 40 })).toEqual([])
    await expect(asking('ask', { ...lunch, count: 'some' }).run()).rejects.toMatchObject({ kind: 'misconfigured' })
  })

  it('stand in the sentence of the card', () => {
    const summary = catalogue.actions
      .get('ask')
      ?.summary({ ...lunch, needed: 'number', within: '2d', remind: '1d', escalate: 'manager', after: '36h' })
    expect(summary?.en).toBe(
      'Ask ana, bo and maya “Lunch?” until 2 have answered and wait up to 2 days (reminder after 1 day, then the manager after 36 hours)',
    )
    expect(summary?.fr).toContain(
      'jusqu’à 2 réponses et attendre au plus 2 jours (relance après 1 jour, puis le responsable après 36 heures)',
    )
  })
})

describe('an approval by several', () => {
  const budget = { whom: ['ana', 'bo', 'maya', 'zoe'], request: 'A new roof?', needed: 'number', count: 2, veto: 'nobody' }
  const all = [ana, bo, maya, zoe]

  it('is given by the wanted number of approvals', () => {
    const question = asking('approve', budget, all)
    expect(question.settle([approval(ana)])).toBeUndefined()
    expect(question.settle([approval(ana), refusal(bo, 1)])).toBeUndefined()
    expect(question.settle([approval(ana), refusal(bo, 1), approval(maya, 2)])).toEqual({
      exit: 'approved',
      data: { by: maya, at: at(2), approved_by: [ana, maya], declined_by: [bo], missing: [zoe] },
    })
    expect(question.show([approval(ana), refusal(bo, 1)])).toMatchObject({
      text: 'A new roof?\n\nApproved by **Ana Test**\nDeclined by **Bo Test**: No',
      note: expect.stringMatching(/^1 of 2 approvals · Please/),
    })
  })

  it('is refused as soon as too few are left to approve', () => {
    const question = asking('approve', budget, all)
    expect(question.settle([refusal(ana), refusal(bo, 1)])).toBeUndefined()
    expect(question.settle([refusal(ana), refusal(bo, 1), refusal(maya, 2)])).toMatchObject({
      exit: 'declined',
      data: { by: maya, reason: 'No', declined_by: [ana, bo, maya], missing: [zoe] },
    })
  })

  it('is decided exactly when nothing that is still to come could change it', () => {
    const crew = ['a', 'b', 'c', 'd', 'e'].map((id) => aPerson(id))
    const choices = [approval, refusal, undefined]
    /** What each of the first `size` may have done, in every combination. */
    const combinations = (size: number): Answer[][] =>
      crew
        .slice(0, size)
        .reduce<Answer[][]>(
          (all, person) => all.flatMap((some) => choices.map((answer) => [...some, ...(answer ? [answer(person)] : [])])),
          [[]],
        )
    for (let size = 1; size <= crew.length; size++)
      for (let count = 1; count <= size; count++) {
        const question = asking('approve', { ...budget, count }, crew.slice(0, size))
        for (const answers of combinations(size)) {
          const approvals = answers.filter(({ picked }) => picked[0] === 'approve').length
          const open = size - answers.length
          const decided = approvals >= count ? 'approved' : approvals + open < count ? 'declined' : undefined
          expect(question.settle(answers)?.exit).toBe(decided)
        }
      }
  })

  it('is refused by one veto, of anybody or only of those who are named', () => {
    expect(asking('approve', { ...budget, veto: 'anybody' }, all).settle([approval(ana), refusal(bo, 1)])).toMatchObject({
      exit: 'declined',
      data: { by: bo, approved_by: [ana] },
    })
    for (const vetoer of ['maya', 'Maya Test', 'maya@example.com', { id: 'maya' }]) {
      const named = asking('approve', { ...budget, veto: 'named', vetoers: [vetoer] }, all)
      expect(named.settle([refusal(bo)])).toBeUndefined()
      expect(named.settle([refusal(bo), refusal(maya, 1)])).toMatchObject({ exit: 'declined', data: { by: maya } })
    }
  })

  it('of everybody needs each of them, and is refused by the first refusal', () => {
    const question = asking('approve', { ...budget, needed: 'everybody' }, [ana, bo])
    expect(question.settle([approval(ana)])).toBeUndefined()
    expect(question.settle([approval(ana), approval(bo, 1)])).toMatchObject({ exit: 'approved', data: { by: bo } })
    expect(question.settle([refusal(ana)])).toMatchObject({ exit: 'declined', data: { by: ana, missing: [bo] } })
  })

  it('counts the approval of somebody who was asked instead', () => {
    const standIns = [{ person: 'zoe', for: ['bo'], rung: '1' }]
    const question = asking('approve', { ...budget, needed: 'everybody' }, [ana, bo, zoe], standIns)
    expect(question.settle([approval(ana)])).toBeUndefined()
    expect(question.settle([approval(ana), approval(zoe, 1)])).toMatchObject({ exit: 'approved', data: { by: zoe, missing: [bo] } })
  })

  it('cannot be vetoed by people who are not asked', () => {
    expect(faults('approve', { ...budget, veto: 'named', vetoers: ['boss'] })).toEqual(['vetoers'])
    expect(faults('approve', { ...budget, veto: 'named', vetoers: ['zoe'] })).toEqual([])
    expect(faults('approve', { ...budget, veto: 'named' })).toEqual(['vetoers'])
  })

  it('stands in the sentence of the card', () => {
    expect(
      catalogue.actions.get('approve')?.summary({ ...budget, needed: 'number', veto: 'nobody', within: '2d', otherwise: 'declined' }),
    ).toEqual({
      en: 'Get 2 approvals of “A new roof?” from 4 people within 2 days (otherwise declined)',
      fr: 'Obtenir 2 accords de 4 personnes pour « A new roof? », délai : 2 jours (sinon refusé)',
    })
  })
})

describe('a default answer', () => {
  const shirt = { whom: ['ana', 'bo'], question: 'Which size?', choices: ['S', 'M'], needed: 'everybody', otherwise: 'M' }

  it('counts when the time is up, and nobody is said to have given it', () => {
    const question = asking('ask', shirt, [ana, bo])
    expect(question.settle([anAnswer(ana, 'S')])).toBeUndefined()
    expect(question.settle([anAnswer(ana, 'S')], true)).toMatchObject({
      exit: 'done',
      data: { answer: 'M', by: null, at: null, defaulted: true, missing: [bo], answers: [{ person: ana, answer: 'S' }] },
    })
    expect(question.show([], 'timeout')).toMatchObject({ text: 'Which size?\n\n_“M” counts._', note: 'Time is up · 0 of 2 have answered' })
    expect(question.settle([anAnswer(ana, 'S'), anAnswer(bo, 'S')])).toMatchObject({ data: { answer: 'S', defaulted: false } })
  })

  it('is one of the buttons, or any text where a text is asked for', () => {
    expect(faults('ask', { ...shirt, otherwise: 'XL' })).toEqual(['otherwise'])
    expect(faults('ask', shirt)).toEqual([])
    const text = asking('ask', { ...shirt, answer: 'text', otherwise: 'none' }, [ana, bo])
    expect(text.settle([], true)).toMatchObject({ exit: 'done', data: { answer: 'none', defaulted: true } })
  })

  it('of a form is a value for each field, by its name or label', () => {
    const fields = [
      { id: 'size', label: 'Size', kind: 'number' },
      { id: 'colours', label: 'Colours', kind: 'choices', choices: ['red', 'blue'], required: false },
    ]
    const form = { whom: ['ana'], question: 'Which shirt?', answer: 'form', fields }
    expect(asking('ask', { ...form, defaults: { Size: '40', colours: 'red, blue' } }, [ana]).settle([], true)).toMatchObject({
      exit: 'done',
      data: { answer: { size: 40, colours: ['red', 'blue'] }, size: 40, by: null, defaulted: true },
    })
    expect(asking('ask', form, [ana]).settle([], true)).toMatchObject({ exit: 'timeout' })
    expect(faults('ask', { ...form, defaults: { size: 'big' } })).toEqual(['defaults'])
    expect(faults('ask', { ...form, defaults: { shape: 'round' } })).toEqual(['defaults', 'defaults'])
    expect(faults('ask', { ...form, defaults: { size: '{{ trigger.size }}' } })).toEqual([])
  })

  it('takes the place of the exit for a time that is up', () => {
    const exits = (type: string, settings: Record<string, unknown>) =>
      catalogue.kinds
        .step(type)
        ?.exits(settings)
        .map(({ name }) => name)
    expect(exits('ask', shirt)).toEqual(['done'])
    expect(exits('ask', { ...shirt, otherwise: '' })).toEqual(['done', 'timeout'])
    expect(exits('approve', { otherwise: 'declined' })).toEqual(['approved', 'declined'])
    expect(exits('approve', {})).toEqual(['approved', 'declined', 'timeout'])
  })

  it('that came out of earlier data as none of the answers is told before anybody is asked', async () => {
    await expect(asking('ask', { ...shirt, otherwise: 'XL' }).run()).rejects.toMatchObject({ kind: 'misconfigured' })
    await expect(asking('ask', shirt).run()).resolves.toMatchObject({ within: '2d' })
  })

  it('may decide an approval, and is said to', () => {
    const leave = (otherwise: string) => asking('approve', { whom: ['maya'], request: 'May I?', otherwise }, [maya])
    expect(leave('approved').settle([], true)).toMatchObject({
      exit: 'approved',
      data: { by: null, at: null, defaulted: true, missing: [maya] },
    })
    expect(leave('declined').settle([], true)).toMatchObject({ exit: 'declined', data: { by: null, reason: null, defaulted: true } })
    expect(leave('declined').settle([approval(maya)], true)).toMatchObject({ exit: 'approved', data: { by: maya, defaulted: false } })
    expect(leave('approved').show([], 'timeout', 'fr').text).toBe('May I?\n\n_La demande est considérée comme approuvée._')
  })

  it('makes what only an answer gives something that may be missing', () => {
    const given = (type: string, settings: Record<string, unknown>) =>
      catalogue.kinds
        .step(type)
        ?.gives(settings)
        .filter(({ maybeEmpty }) => maybeEmpty)
        .map(({ name }) => name)
    expect(given('ask', shirt)).toEqual(['by', 'at'])
    expect(given('ask', { ...shirt, otherwise: undefined })).toEqual([])
    expect(given('approve', { reasons: 'required', otherwise: 'declined' })).toEqual(['reason', 'by', 'at'])
  })
})

it('covers everybody by those who were asked instead of them', () => {
  const standIns = [{ person: 'zoe', for: ['ana', 'bo'], rung: '1' }]
  const question = asking(
    'ask',
    { whom: ['ana', 'bo'], question: 'Well?', choices: ['Yes'], needed: 'everybody' },
    [ana, bo, zoe],
    standIns,
  )
  const yes = (person: typeof ana): Answer => anAnswer(person, 'Yes')
  expect(question.settle([yes(ana)])).toBeUndefined()
  expect(question.settle([yes(ana), yes(bo)])).toMatchObject({ exit: 'done', data: { missing: [] } })
  expect(question.settle([yes(zoe)])).toMatchObject({ exit: 'done', data: { by: zoe, missing: [ana, bo] } })
  expect(question.show([yes(ana)]).note).toMatch(/^1 of 2 has answered/)
})
