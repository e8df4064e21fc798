import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Person } from '../../src/catalogue/services.ts'
import { ana, anAnswer, aPerson, asking, bo, maya } from './world.ts'

const first = '2026-12-01T11:00:00.000Z'
const second = '2026-12-01T12:00:00.000Z'

describe('ask', () => {
  const laptop = asking('ask', { whom: ['ana'], question: 'Which laptop?', choices: ['Mac', 'PC'] }, [ana])

  it('shows a button for every choice and until when one can answer', () => {
    expect(laptop.show([])).toEqual({
      text: 'Which laptop?',
      buttons: [
        { id: 'Mac', label: 'Mac' },
        { id: 'PC', label: 'PC' },
      ],
      note: 'Please answer by Thu 3 Dec, 16:00',
    })
    expect(laptop.show([], undefined, 'fr').note).toBe('Merci de répondre avant le jeu. 3 déc., 16:00')
  })

  it('ends with the first answer and says who gave it', () => {
    const answers = [anAnswer(bo, 'PC', { at: second }), anAnswer(ana, 'Mac', { at: first })]
    expect(laptop.settle(answers)).toMatchObject({ exit: 'done', data: { answer: 'Mac', by: ana, at: first } })
    expect(laptop.show([anAnswer(ana, 'Mac')], 'answered')).toEqual({ text: 'Which laptop?\n\n**Ana Test**: Mac' })
  })

  it('waits for everybody when everybody is wanted, and keeps what came in when the time is up', async () => {
    const standup = asking('ask', { to: 'channel', channel: 'general', question: 'Lunch?', choices: ['Yes', 'No'], needed: 'everybody' })
    const answers = [anAnswer(ana, 'Yes', { at: first }), anAnswer(bo, 'No', { at: second })]
    expect(standup.settle(answers)).toBeUndefined()
    expect(standup.settle(answers, true)).toEqual({
      exit: 'timeout',
      data: {
        answers: [
          { person: ana, answer: 'Yes', at: first },
          { person: bo, answer: 'No', at: second },
        ],
        summary: 'Ana Test: Yes\nBo Test: No',
        missing: [maya],
        counts: { Yes: 1, No: 1 },
      },
    })
    expect(standup.settle([...answers, anAnswer(maya, 'Yes', { at: first })])).toMatchObject({
      exit: 'done',
      data: { answer: 'No', by: bo, missing: [] },
    })
    expect(standup.show(answers)).toMatchObject({
      text: 'Lunch?\n\n_Answered: Ana Test and Bo Test_',
      note: expect.stringContaining('2 of 3 have answered · Please'),
    })
    expect(await standup.run()).toEqual({ to: { channel: 'general' }, answers: 'several', changeable: true, within: '2d' })
  })

  it('does not show several people who were asked directly what the others wrote', () => {
    const feedback = asking('ask', { whom: ['ana', 'bo'], question: 'Any worries?', answer: 'text', needed: 'everybody' }, [ana, bo])
    const answers = [
      anAnswer(ana, 'answer', { values: { answer: 'The roof leaks' } }),
      anAnswer(bo, 'answer', { values: { answer: 'None' } }),
    ]
    expect(JSON.stringify(feedback.show(answers, 'answered'))).not.toContain('roof')
    expect(feedback.show(answers, 'answered').text).toContain('Answered: Ana Test and Bo Test')
  })

  it('gives each field of its form under its own name', () => {
    const form = asking(
      'ask',
      {
        whom: ['ana'],
        question: 'How was it?',
        answer: 'form',
        fields: [
          { id: 'mood', label: 'Mood' },
          { id: 'wish', label: 'Wish', required: false },
        ],
      },
      [ana],
    )
    const [button] = form.show([]).buttons ?? []
    expect(button).toMatchObject({ id: 'answer', form: { fields: [{ id: 'mood', kind: 'line' }, { id: 'wish' }] } })
    const answer = anAnswer(ana, 'answer', { values: { mood: 'Great *really*', wish: null } })
    expect(form.settle([answer])).toMatchObject({
      exit: 'done',
      data: { mood: 'Great *really*', wish: null, answer: { mood: 'Great *really*' }, by: ana },
    })
    expect(form.show([answer], 'answered').text).toBe('How was it?\n\n**Ana Test**\nMood: Great \\*really\\*\nWish: –')
  })

  it('lets only those answer in a channel who are named', async () => {
    const named = asking('ask', { to: 'channel', channel: 'sales', only: ['ana', 'bo'], question: 'Who?', choices: ['I'] })
    expect(await named.run()).toMatchObject({ to: { channel: 'sales' }, only: ['ana', 'bo'], answers: 'first' })
  })

  it('asks nobody twice for what only the other kind of answer needs', () => {
    const faults = (settings: Record<string, unknown>) =>
      catalogue.kinds
        .step('ask')
        ?.check(settings)
        .map(({ setting }) => setting)
    expect(faults({ whom: 'ana', question: 'What?', answer: 'text', within: '1d' })).toEqual([])
    expect(faults({ question: 'What?', answer: 'form', within: '1d' })).toEqual(['whom', 'fields'])
    expect(faults({ to: 'channel', question: 'What?', within: 'soon' })).toEqual(['within', 'channel', 'choices'])
    expect(faults({ whom: 'ana', question: 'What?', choices: ['A', 'A'], within: '1d' })).toEqual(['choices'])
    expect(faults({ whom: 'ana', question: 'What?', answer: 'form', fields: [{ id: 'by', label: 'By' }], within: '1d' })).toEqual([
      'fields',
    ])
  })

  it('refuses a time limit that nobody can mean', async () => {
    await expect(asking('ask', { whom: 'ana', question: 'What?', choices: ['A'], within: '999w' }).run()).rejects.toMatchObject({
      kind: 'misconfigured',
    })
  })
})

describe('approve', () => {
  const leave = asking('approve', { whom: 'maya', request: 'May Ana be away?', reasons: 'required' }, [maya])

  it('leaves by what was decided', () => {
    expect(leave.settle([anAnswer(maya, 'approve')])).toEqual({
      exit: 'approved',
      data: { by: maya, at: first, approved_by: [maya], declined_by: [], missing: [] },
    })
    expect(leave.settle([anAnswer(maya, 'decline', { values: { reason: 'The release' } })])).toEqual({
      exit: 'declined',
      data: { reason: 'The release', by: maya, at: first, approved_by: [], declined_by: [maya], missing: [] },
    })
    expect(leave.settle([], true)).toEqual({ exit: 'timeout', data: { approved_by: [], declined_by: [], missing: [maya] } })
  })

  it('asks for the reason as it is told to', () => {
    const decline = (reasons: string) =>
      asking('approve', { whom: 'maya', request: 'May I?', reasons })
        .show([])
        .buttons?.find(({ id }) => id === 'decline')
    expect(decline('none')?.form).toBeUndefined()
    expect(decline('optional')?.form?.fields).toMatchObject([{ id: 'reason', required: false }])
    expect(decline('required')?.form?.fields).toMatchObject([{ id: 'reason', required: true }])
  })

  it('shows what was decided, and why', () => {
    expect(leave.show([anAnswer(maya, 'decline', { values: { reason: 'The release' } })], 'answered', 'fr').text).toBe(
      'May Ana be away?\n\nRefusé par **Maya Test** : The release',
    )
    expect(leave.show([anAnswer(maya, 'approve')], 'answered').text).toBe('May Ana be away?\n\nApproved by **Maya Test**')
  })
})

describe('poll', () => {
  const lunch = { channel: 'general', question: 'Lunch?', choices: ['Pizza', 'Sushi'] }

  it('shows a live tally with names, and how many have voted', () => {
    expect(asking('poll', lunch).show([anAnswer(ana, 'Sushi')])).toEqual({
      text: 'Lunch?',
      bars: [
        { label: 'Pizza', count: 0, names: [] },
        { label: 'Sushi', count: 1, names: ['Ana Test'] },
      ],
      buttons: [
        { id: 'Pizza', label: 'Pizza' },
        { id: 'Sushi', label: 'Sushi' },
      ],
      note: '1 of 3 has voted · Closes Thu 3 Dec, 16:00',
    })
  })

  it('ends when all have voted', () => {
    const poll = asking('poll', lunch)
    const answers = [anAnswer(ana, 'Sushi'), anAnswer(bo, 'Pizza'), anAnswer(maya, 'Sushi')]
    expect(poll.settle(answers.slice(0, 2))).toBeUndefined()
    expect(poll.settle(answers)).toEqual({
      exit: 'done',
      data: {
        winner: 'Sushi',
        tie: false,
        counts: { Pizza: 1, Sushi: 2 },
        total: 3,
        summary: 'Pizza: 1 (Bo Test)\nSushi: 2 (Ana Test, Maya Test)',
        votes: answers.map(({ person, picked, at }) => ({ person, choices: picked, at })),
      },
    })
    expect(poll.show(answers, 'answered').note).toBe('Closed: everybody has voted · 3 of 3 have voted')
  })

  it('ends with a result when the time is up: a tie, or no winner at all', () => {
    const poll = asking('poll', lunch)
    expect(poll.settle([anAnswer(ana, 'Sushi'), anAnswer(bo, 'Pizza')], true)).toMatchObject({
      exit: 'done',
      data: { winner: 'Pizza and Sushi', tie: true },
    })
    expect(poll.settle([], true)).toMatchObject({ exit: 'done', data: { winner: null, tie: false, total: 0 } })
  })

  it('names nobody when it is anonymous, not even by the order of the votes', () => {
    const poll = asking('poll', { ...lunch, anonymous: true })
    expect([poll.anonymous(), asking('poll', lunch).anonymous()]).toEqual([true, false])
    const answers = [anAnswer(ana, 'Sushi'), anAnswer(bo, 'Pizza')]
    for (const shown of [poll.show(answers), poll.show(answers, 'timeout'), poll.settle(answers, true)])
      expect(JSON.stringify(shown)).not.toMatch(/Ana|Bo /)
    expect(poll.settle(answers, true)?.data['votes']).toEqual([{ choices: ['Pizza'] }, { choices: ['Sushi'] }])
    expect(poll.show(answers).note).toContain('Anonymous')
  })

  it('takes several choices at once, so that the last voter can pick several too', () => {
    const poll = asking('poll', { ...lunch, several: true })
    const [vote] = poll.show([]).buttons ?? []
    expect(vote).toMatchObject({ id: 'vote', form: { fields: [{ id: 'votes', kind: 'choices', choices: ['Pizza', 'Sushi'] }] } })
    expect(poll.combine({ button: 'vote', values: { votes: ['Pizza', 'Sushi'] } })).toEqual({
      picked: ['Pizza', 'Sushi'],
      values: {},
    })
    const answers = [ana, bo, maya].map((person) => anAnswer(person, ['Pizza', 'Sushi']))
    expect(poll.settle(answers)?.data).toMatchObject({ counts: { Pizza: 3, Sushi: 3 }, total: 3 })
  })

  it('wants at least two different choices', () => {
    const check = (choices: string[]) =>
      catalogue.kinds
        .step('poll')
        ?.check({ ...lunch, within: '1d', choices })
        .map(({ why }) => why.en)
    expect(check(['Pizza'])).toEqual(['There is only one choice to vote for.'])
    expect(check(['Pizza', 'Pizza'])).toEqual(['“Pizza” stands there twice.'])
    expect(check(['Pizza', 'Sushi'])).toEqual([])
  })
})

it('tells the time limit in the zone that all share, and names the most frequent zone when they do not', () => {
  const paris = aPerson('léa', { time_zone: 'Europe/Paris' })
  const note = (asked: Person[], language: string) =>
    asking('ask', { whom: 'ana', question: 'What?', choices: ['A'] }, asked).show([], undefined, language).note
  expect(note([paris], 'en')).toBe('Please answer by Thu 3 Dec, 17:00')
  expect(note([paris, ana, paris], 'en')).toBe('Please answer by Thu 3 Dec, 17:00 (Paris time)')
  expect(note([paris, ana, paris], 'fr')).toContain('17:00 (heure de Paris)')
  expect(note([ana, bo, paris], 'en')).toBe('Please answer by Thu 3 Dec, 16:00 UTC')
})
