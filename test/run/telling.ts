import { z } from 'zod'
import { gather } from '../../src/catalogue/catalogue.ts'
import { defineAction, defineTrigger, setting } from '../../src/catalogue/define.ts'
import type { Mission } from '../../src/mission/mission.ts'
import type { Entry, KeptEntry } from '../../src/run/journal.ts'
import { tellStory, type Story } from '../../src/run/story.ts'

const words = (text: string) => ({ en: text, fr: `${text} (fr)` })

const asking = {
  type: 'ask',
  group: 'people',
  icon: 'message-question',
  effect: 'world',
  repeat: '',
  title: { en: 'Ask', fr: 'Demander' },
  about: words('Ask'),
} as const

const ask = defineAction({
  ...asking,
  summary: () => words('Ask'),
  settings: z.object({
    whom: setting.people({ label: words('Whom') }),
    question: setting.message({ label: words('Question') }),
    answer: setting.option(['choices', 'text', 'form'], {
      label: words('Kind'),
      options: { choices: words('A button'), text: words('A text'), form: words('A form') },
    }),
    choices: setting.choices({ label: words('Buttons'), when: { setting: 'answer', is: ['choices'] } }).optional(),
    within: setting.duration({ label: words('Time limit') }).optional(),
  }),
  gives: [
    { name: 'answer', label: words('The answer'), kind: 'text' },
    { name: 'at', label: words('When'), kind: 'instant' },
    { name: 'by', label: words('Who answered'), kind: 'person' },
  ],
  exits: [
    { name: 'done', label: { en: 'Answered', fr: 'Répondu' } },
    { name: 'timeout', label: { en: 'Time is up', fr: 'Délai écoulé' } },
  ],
  example: { whom: 'ana', question: 'Which?', answer: 'choices', choices: ['Mac'] },
  asking: {
    show: ({ settings, language }) => ({
      text: settings.question,
      buttons:
        settings.answer === 'choices'
          ? [
              ...(settings.choices ?? []).map((label) => ({ id: label, label })),
              {
                id: 'no',
                label: language === 'fr' ? 'Non' : 'No',
                form: { title: '', submit: '', fields: [{ id: 'reason', label: 'Reason', kind: 'line' as const, required: false }] },
              },
            ]
          : [
              {
                id: 'answer',
                label: 'Answer',
                form: {
                  title: '',
                  submit: '',
                  fields: (settings.answer === 'text' ? ['answer'] : ['size', 'colour']).map((id) => ({
                    id,
                    label: id.toUpperCase(),
                    kind: 'line' as const,
                    required: true,
                  })),
                },
              },
            ],
    }),
    settle: () => undefined,
  },
  run: () => ({ exit: 'done' }),
})

const send = defineAction({
  ...asking,
  type: 'send',
  title: { en: 'Send a message', fr: 'Envoyer un message' },
  summary: ({ to, text }) => words(`Send ${typeof to === 'string' ? to : 'it'} “${text}”`),
  settings: z.object({
    to: setting.channel({ label: words('To') }),
    text: setting.message({ label: words('Text') }),
    note: z.string().optional(),
  }),
  gives: ({ to }) => {
    if (to === 'nowhere') throw new Error('cannot say')
    return [{ name: 'message', label: words('The message'), kind: 'message' }]
  },
  exits: [{ name: 'done', label: { en: 'Sent', fr: 'Envoyé' } }],
  example: { to: 'general', text: 'Hi' },
  run: () => ({ exit: 'done' }),
})

const anything: z.ZodObject = z.object({})

const joined = defineTrigger({
  type: 'joined',
  title: words('Someone joins'),
  icon: 'user-plus',
  about: words('Someone joins'),
  summary: () => words('When someone joins'),
  settings: anything,
  gives: [],
  example: {},
  listens: 'person-joined-channel',
  match: () => ({}),
})

const byKind = (
  [
    'command',
    'person-joined-workspace',
    'channel-created',
    'message',
    'reaction-added',
    'schedule',
    'form',
    'hook',
    'hand',
    'mission-ended',
  ] as const
).map((listens) =>
  defineTrigger({
    type: listens,
    title: words(listens),
    icon: 'bolt',
    about: words(listens),
    summary: () => words(listens),
    settings: anything,
    gives: [],
    example: {},
    listens,
    match: () => ({}),
  }),
)

/** One asking action, one sending action, and a trigger for each kind of event. */
export const aCatalogue = gather([joined, ...byKind], [ask, send])

/** Someone joins; then a welcome and, at the same time, a question, whose answer or time limit both lead on; a second trigger. */
export const aTold: Mission = {
  format: 1,
  name: 'Welcome',
  description: '',
  triggers: [
    { id: 'joins', type: 'joined', settings: {} },
    { id: 'byhand', type: 'hand', settings: {} },
  ],
  steps: [
    { id: 'hello', type: 'send', name: 'Say hello', settings: { to: 'general', text: 'Hi' } },
    { id: 'laptop', type: 'ask', settings: {} },
    { id: 'order', type: 'send', name: 'Order it', settings: {} },
    { id: 'chase', type: 'send', name: 'Chase', settings: {} },
    { id: 'tidy', type: 'send', name: 'Tidy up', settings: {} },
  ],
  links: [
    { from: 'joins', exit: 'done', to: 'hello' },
    { from: 'joins', exit: 'done', to: 'laptop' },
    { from: 'byhand', exit: 'done', to: 'hello' },
    { from: 'laptop', exit: 'done', to: 'order' },
    { from: 'laptop', exit: 'timeout', to: 'chase' },
    { from: 'chase', exit: 'done', to: 'tidy' },
  ],
  layout: {},
}

/** A person of the data. */
export const ana = { id: 'ana', name: 'Ana Lima', email: 'ana@example.com' }
/** A person of the journal. */
export const bo = { id: 'bo', name: 'Bo Petit' }

/** Numbers entries and times them a minute apart, from 9:00 in UTC. */
export function kept(entries: readonly Entry[]): KeptEntry[] {
  return entries.map((entry, index) => ({ ...entry, number: index + 1, at: new Date(Date.UTC(2026, 11, 1, 9, index)).toISOString() }))
}

/** The story of entries in the mission above. */
export function told(entries: readonly Entry[], mission: Mission = aTold): Story {
  return tellStory({
    entries: kept(entries),
    mission,
    catalogue: aCatalogue,
    reader: { names: new Map([['ana', 'Ana Lima']]), timeZone: 'UTC' },
  })
}

/** The first entry: Ana joined #general. */
export const joinedEntry: Entry = {
  what: 'started',
  data: { trigger: 'joins', data: { person: ana, channel: { id: 'c1', name: 'general' } } },
}
