import { describe, expect, test } from 'vitest'
import { withoutOwn } from '../../src/catalogue/sharing.ts'
import { missionSchema } from '../../src/mission/mission.ts'

const somebody = '0b0f9d3e-1111-4222-8333-444455556666'

const mission = missionSchema.parse({
  format: 1,
  name: 'Order a laptop',
  description: 'Ask ana@acme.example if in doubt.',
  triggers: [{ id: 'joined', type: 'person-joined-channel', settings: { channel: 'general' } }],
  steps: [
    {
      id: 'pick',
      type: 'ask',
      name: 'Which laptop, bo@acme.example?',
      settings: {
        to: 'people',
        whom: ['{{ trigger.person.manager | default: "ana@acme.example" }}', 'bo@acme.example', somebody],
        question: `Which laptop, <@${somebody}>?`,
        choices: ['Mac', 'PC'],
        within: '3d',
      },
    },
    {
      id: 'tell',
      type: 'call-web-address',
      settings: { url: 'https://hooks.acme.example/secret', headers: { Authorization: 'Bearer 123' }, body: '{{ pick.answer }}' },
    },
    { id: 'next', type: 'run-mission', settings: { mission: somebody } },
    { id: 'hello', type: 'send-message', settings: { to: 'channel', channel: '{{ trigger.channel }}', text: 'Hello!' } },
    { id: 'odd', type: 'unknown-thing', settings: { to: 'cy@acme.example', count: 3, deep: [{ at: null }] } },
  ],
  links: [{ from: 'joined', to: 'pick' }],
})

describe('a mission that is handed on', () => {
  const { mission: shared, taken } = withoutOwn(mission)

  test('keeps what it does and the data it refers to', () => {
    expect(shared.links).toEqual(mission.links)
    expect(shared.steps.map(({ id, type }) => [id, type])).toEqual(mission.steps.map(({ id, type }) => [id, type]))
    expect(shared.steps[0]?.settings).toEqual({
      to: 'people',
      whom: ['{{ trigger.person.manager }}'],
      question: 'Which laptop, …?',
      choices: ['Mac', 'PC'],
      within: '3d',
    })
    expect(shared.steps[1]?.settings).toEqual({ body: '{{ pick.answer }}' })
    expect(shared.steps[2]?.settings).toEqual({ mission: somebody })
    expect(shared.steps[3]).toEqual(mission.steps[3])
  })

  test('names nobody, no channel and no address any more', () => {
    expect(JSON.stringify(shared)).not.toMatch(/acme|general|Bearer/)
    expect(shared.description).toBe('Ask … if in doubt.')
    expect(shared.triggers[0]?.settings).toEqual({})
    expect(shared.steps[4]?.settings).toEqual({ to: '…', count: 3, deep: [{ at: null }] })
  })

  test('says what was taken out, card by card', () => {
    expect(taken.map(({ card, setting, how }) => [card?.en, setting?.en, how])).toEqual([
      [undefined, undefined, 'blotted'],
      ['Someone joins a channel', 'Channel', 'emptied'],
      ['Which laptop, bo@acme.example?', 'Whom', 'emptied'],
      ['Which laptop, bo@acme.example?', 'Question', 'blotted'],
      ['Which laptop, …?', undefined, 'blotted'],
      ['Call a web address', 'Address', 'emptied'],
      ['Call a web address', 'Headers', 'emptied'],
      ['unknown-thing', 'to', 'blotted'],
    ])
  })

  test('has nothing taken out when it is nobody’s', () => {
    expect(withoutOwn(shared)).toEqual({ mission: shared, taken: [] })
  })
})
