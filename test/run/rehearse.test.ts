import { describe, expect, test } from 'vitest'
import { aMission, inShort, people, rehearsed } from './making.ts'

const ask = (id: string, whom: string, more: Record<string, unknown> = {}) => ({
  id,
  type: 'ask',
  settings: {
    to: 'people',
    whom: [whom],
    question: 'Which one?',
    answer: 'choices',
    choices: ['Mac', 'PC'],
    needed: 'first',
    within: '3d',
    ...more,
  },
})
const hour = 3_600_000
const day = 24 * hour

describe('a rehearsal', () => {
  test('takes two weeks of waiting in no time', async () => {
    const mission = aMission([{ id: 'wait', type: 'wait', settings: { until: 'time', time: '14d' } }], [{ from: 'start', to: 'wait' }])
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.status).toBe('completed')
    expect(rehearsal.elapsed).toBe(14 * day)
    expect(inShort(rehearsal)).toEqual(['started', 'begun wait', 'waiting wait', 'left wait.done', 'ended completed'])
  })

  test('waits for people in parallel branches at the same time, not one after the other', async () => {
    const mission = aMission(
      [
        ask('one', 'ana@example.com'),
        ask('two', 'bob@example.com'),
        ask('three', 'cy@example.com'),
        { id: 'all', type: 'set-data', settings: { data: { done: true } } },
      ],
      [
        { from: 'start', to: 'one' },
        { from: 'start', to: 'two' },
        { from: 'start', to: 'three' },
        { from: 'one', to: 'all' },
        { from: 'two', to: 'all' },
        { from: 'three', to: 'all' },
      ],
    )
    const rehearsal = await rehearsed(mission, [
      { who: 'Ana', after: '2h' },
      { who: 'Bob', after: '5h' },
      { who: 'Cy', after: '1h' },
    ])
    expect(rehearsal.status).toBe('completed')
    expect(rehearsal.elapsed).toBe(5 * hour)
    expect(inShort(rehearsal).filter((line) => line.startsWith('left'))).toEqual([
      'left three.done',
      'left one.done',
      'left two.done',
      'left all.done',
    ])
  })

  test('somebody who never answers lets the time limit pass', async () => {
    const mission = aMission(
      [ask('one', '{{ trigger.person.manager }}'), { id: 'late', type: 'set-data', settings: { data: { late: true } } }],
      [
        { from: 'start', to: 'one' },
        { from: 'one', exit: 'timeout', to: 'late' },
      ],
    )
    const rehearsal = await rehearsed(mission, [{ who: 'Ana', after: 'never' }])
    expect(rehearsal.elapsed).toBe(3 * day)
    expect(inShort(rehearsal)).toContain('left one.timeout')
    expect(rehearsal.said[0]?.message.buttons ?? []).toEqual([])
  })

  test('people answer as they are told to, by label, and later steps see it', async () => {
    const mission = aMission(
      [
        ask('one', 'ana@example.com'),
        {
          id: 'tell',
          type: 'send-message',
          settings: { to: 'channel', channel: 'general', text: 'Order a {{ one.answer }} for {{ trigger.person }}' },
        },
      ],
      [
        { from: 'start', to: 'one' },
        { from: 'one', to: 'tell' },
      ],
    )
    const rehearsal = await rehearsed(mission, [{ who: 'Ana', step: 'one', press: 'pc' }])
    expect(rehearsal.said.at(-1)?.message.text).toBe(`Order a PC for <@${people[1]?.id}>`)
  })

  test('forms are filled in as scripted, or plausibly when nobody scripted them', async () => {
    const fields = [
      { id: 'name', label: 'Name', kind: 'line' },
      { id: 'size', label: 'Size', kind: 'number' },
      { id: 'mail', label: 'Mail', kind: 'email' },
      { id: 'day', label: 'Day', kind: 'date' },
      { id: 'one', label: 'One', kind: 'choice', choices: ['a', 'b'] },
      { id: 'some', label: 'Some', kind: 'choices', choices: ['a', 'b'] },
      { id: 'sure', label: 'Sure', kind: 'yesno' },
    ]
    const mission = aMission([ask('form', 'ana@example.com', { answer: 'form', fields })], [{ from: 'start', to: 'form' }])
    const answered = (rehearsal: Awaited<ReturnType<typeof rehearsed>>) =>
      rehearsal.entries.flatMap((entry) => (entry.what === 'answered' ? [entry.data.values] : []))
    expect(answered(await rehearsed(mission))).toEqual([
      { name: 'Name', size: 1, mail: 'someone@example.com', day: '2030-01-01', one: 'a', some: ['a'], sure: true },
    ])
    const values = { name: 'Zoé', size: 3, mail: 'zoe@example.com', day: '2026-12-24', one: 'b', some: ['a', 'b'], sure: false }
    expect(answered(await rehearsed(mission, [{ who: 'Ana', values }]))).toEqual([values])
  })

  test('everybody is waited for when everybody is needed, and the message counts along', async () => {
    const mission = aMission(
      [
        {
          id: 'vote',
          type: 'ask',
          settings: {
            to: 'channel',
            channel: 'general',
            question: 'Ready?',
            answer: 'choices',
            choices: ['Yes'],
            needed: 'everybody',
            within: '1d',
          },
        },
      ],
      [{ from: 'start', to: 'vote' }],
    )
    const rehearsal = await rehearsed(mission, [
      { who: 'Ana', after: '1h' },
      { who: 'Bob', after: '2h' },
      { who: 'Cy', after: '3h' },
    ])
    expect(rehearsal.elapsed).toBe(3 * hour)
    expect(rehearsal.entries.filter((entry) => entry.what === 'answered')).toHaveLength(3)
  })

  test('an unknown person is refused in words, and the run fails', async () => {
    const mission = aMission([ask('one', 'nobody@example.com')], [{ from: 'start', to: 'one' }])
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.status).toBe('failed')
    expect(rehearsal.entries.flatMap((entry) => (entry.what === 'left' ? [entry.data.trouble?.what.en] : []))).toEqual([
      'Nobody in the rehearsal is called “nobody@example.com”.',
    ])
  })

  test('a web address that is away is tried again as the step says, later each time', async () => {
    const mission = aMission(
      [
        {
          id: 'call',
          type: 'call-web-address',
          retry: { times: 2, first: '1m', factor: 3 },
          settings: { method: 'GET', url: 'https://example.com/' },
        },
      ],
      [{ from: 'start', to: 'call' }],
    )
    const rehearsal = await rehearsed(mission, [], { answers: () => ({ status: 503, body: '' }) })
    expect(rehearsal.status).toBe('failed')
    expect(rehearsal.elapsed).toBe(60_000 + 180_000)
    expect(inShort(rehearsal).filter((line) => line.startsWith('retrying'))).toHaveLength(2)
  })

  test('a loop that never ends is stopped in words', async () => {
    const mission = aMission(
      [
        { id: 'again', type: 'set-data', settings: { data: { a: 1 } } },
        { id: 'back', type: 'set-data', settings: { data: { b: 1 } } },
      ],
      [
        { from: 'start', to: 'again' },
        { from: 'again', to: 'back' },
        { from: 'back', to: 'again' },
      ],
    )
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.status).toBe('failed')
    expect(rehearsal.entries.flatMap((entry) => (entry.what === 'left' && entry.data.trouble ? [entry.data.trouble.what.en] : []))).toEqual(
      ['This step was visited too many times, so the loop was stopped.'],
    )
  })

  test('of branches where the first is enough, the rest is cancelled and told so', async () => {
    const mission = aMission(
      [
        ask('one', 'ana@example.com'),
        ask('two', 'bob@example.com'),
        { id: 'go', type: 'set-data', join: { wait: 'any', cancelRest: true }, settings: { data: { ok: true } } },
      ],
      [
        { from: 'start', to: 'one' },
        { from: 'start', to: 'two' },
        { from: 'one', to: 'go' },
        { from: 'two', to: 'go' },
      ],
    )
    const rehearsal = await rehearsed(mission, [
      { who: 'Ana', after: '1h' },
      { who: 'Bob', after: '9h' },
    ])
    expect(rehearsal.status).toBe('completed')
    expect(rehearsal.elapsed).toBe(hour)
    expect(inShort(rehearsal)).toContain('cancelled two')
    expect(rehearsal.said[1]?.message.buttons ?? []).toEqual([])
  })

  test('settings that come out empty are a trouble that names the setting', async () => {
    const mission = aMission(
      [{ id: 'topic', type: 'set-topic', settings: { channel: '{{ trigger.channel }}', topic: 'Hello' } }],
      [{ from: 'start', to: 'topic' }],
    )
    const rehearsal = await rehearsed(mission)
    const troubles = rehearsal.entries.flatMap((entry) => (entry.what === 'left' ? [entry.data.trouble] : []))
    expect(troubles[0]?.kind).toBe('misconfigured')
    expect(troubles[0]?.what.en).toContain('Channel')
  })

  test('an action that this program does not have is a trouble, not a crash', async () => {
    const mission = aMission([{ id: 'odd', type: 'no-such-action', settings: {} }], [{ from: 'start', to: 'odd' }])
    const rehearsal = await rehearsed(mission)
    expect(rehearsal.status).toBe('failed')
  })
})
