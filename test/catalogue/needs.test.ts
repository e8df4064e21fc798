import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { problems } from '../../src/mission/problems.ts'
import { say } from '../../src/mission/words.ts'
import { builtin } from '../../src/platforms/builtin/builtin.ts'
import type { PlatformCard } from '../../src/platforms/platform.ts'
import { aMission } from '../run/making.ts'

/** A chat of few abilities, such as there are: no channels, no forms, nothing that can be changed later, three short buttons. */
const poor: PlatformCard = {
  id: 'poor',
  title: { en: 'Poorchat', fr: 'Pauvrechat' },
  summary: { en: 'Little', fr: 'Peu' },
  abilities: { channels: false, createChannel: false, threads: false, editMessage: false, forms: false, reactions: false, commands: false },
  limits: { text: 20, buttons: 3, buttonLabel: 10, fields: 1 },
}

/** What is wrong, because of the platform alone, with a mission of one step. */
function lacking(type: string, settings: object, card: PlatformCard = poor): string[] {
  const mission = aMission([{ id: 'it', type, settings }], [{ from: 'start', to: 'it' }])
  return problems(mission, catalogue.kinds, card)
    .filter(({ id }) => id.startsWith('platform:'))
    .map(({ severity, why, remedy }) => `${severity}: ${say(why, 'en')} ${severity === 'warning' ? say(remedy, 'en') : ''}`.trim())
}

const field = (id: string) => ({ id, label: id, kind: 'line' })
const loses = 'warning: In “Poorchat”, “Ask” loses something'

describe('what the chosen platform cannot do', () => {
  it('is told of steps that cannot work there', () => {
    expect(lacking('create-channel', { name: 'x' })).toEqual([
      'error: “Create a channel” cannot work in “Poorchat”: there are no channels there.',
      'error: “Create a channel” cannot work in “Poorchat”: no channel can be created there.',
    ])
    expect(lacking('invite-people', { channel: 'x', people: ['Ana'] })).toHaveLength(1)
    expect(lacking('set-topic', { channel: 'x', topic: 'y' })).toHaveLength(1)
    expect(lacking('send-message', { to: 'channel', channel: 'x', text: 'Hi' })).toHaveLength(1)
    expect(lacking('send-message', { to: 'person', person: 'Ana', text: 'Hi' })).toEqual([])
  })

  it('is told of steps that lose something there, and what', () => {
    expect(lacking('ask', { whom: ['Ana'], question: 'Well?', answer: 'form', fields: [field('a'), field('b')], within: '1d' })).toEqual([
      `${loses}: a message cannot be changed there. The message stays as it was sent; answers are told in new messages.`,
      `${loses}: there are no forms there. People answer on a web page, by a link in the message.`,
      'error: “Ask” has a form of “2” fields; “1” fit into a form of “Poorchat”.',
    ])
    expect(lacking('approve', { whom: ['Ana'], request: 'May I?', reasons: 'none', within: '1d' })).toHaveLength(1)
    expect(lacking('approve', { whom: ['Ana'], request: 'May I?', within: '1d' })).toHaveLength(2)
  })

  it('is told of what does not fit, references left out', () => {
    expect(
      lacking('ask', {
        whom: ['Ana'],
        question: '{{ trigger.person.name }}?',
        choices: ['one', 'two', 'three', 'and many more'],
        within: '1d',
      }),
    ).toEqual([
      expect.stringContaining(loses),
      'error: “Ask” has “4” buttons; “3” fit under a message of “Poorchat”.',
      'error: “Ask” has a button of “13” characters; “10” fit on a button of “Poorchat”.',
    ])
    expect(lacking('send-message', { to: 'person', person: 'Ana', text: 'Much longer than twenty characters' })).toEqual([
      'error: “Send a message” has a text of “34” characters; “20” fit into a message of “Poorchat”.',
    ])
    expect(lacking('poll', { channel: 'x', question: 'Well?', choices: [], within: '1d' })).toHaveLength(2)
    expect(lacking('ask', { to: 'channel', channel: 'x', answer: 'text', within: '1d' })).toHaveLength(3)
  })

  it('is told of triggers', () => {
    const mission = {
      ...aMission([{ id: 'hi', type: 'send-message', settings: { person: 'Ana', text: 'Hi' } }], [{ from: 'start', to: 'hi' }]),
      triggers: [{ id: 'start', type: 'chat-command', settings: { command: 'hi' } }],
    }
    expect(problems(mission, catalogue.kinds, poor)).toMatchObject([
      {
        id: 'platform:start:commands',
        severity: 'error',
        where: { trigger: 'start' },
        why: {
          fr: '«\u00a0Commande de discussion\u00a0» ne peut pas fonctionner dans «\u00a0Pauvrechat\u00a0»\u00a0: il n’y a pas de commandes.',
        },
        walk: [{ step: 'start' }],
      },
    ])
    const strange = {
      ...mission,
      triggers: [{ id: 'start', type: 'comet', settings: {} }],
      steps: [{ id: 'hi', type: 'moon', settings: {} }],
    }
    expect(problems(strange, catalogue.kinds, poor).map(({ id }) => id)).toEqual(['type:start', 'type:hi'])
  })

  it('is nothing in the chat that comes with the program, and nothing is asked without a platform', () => {
    for (const [type, { example }] of catalogue.actions) expect(lacking(type, example, builtin.card)).toEqual([])
    const mission = aMission([{ id: 'it', type: 'create-channel', settings: { name: 'x' } }], [{ from: 'start', to: 'it' }])
    expect(problems(mission, catalogue.kinds)).toEqual([])
  })
})
