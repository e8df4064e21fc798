import type { Datum, Kinds, StepKind, TriggerKind } from '../../src/mission/kinds.ts'
import type { Link, Mission, Step } from '../../src/mission/mission.ts'
import { isDuration } from '../../src/mission/duration.ts'
import { missionSchema } from '../../src/mission/mission.ts'

const words = (text: string) => ({ en: text, fr: text })
const datum = (name: string, kind: Datum['kind'], more: Partial<Datum> = {}): Datum => ({ name, label: words(name), kind, ...more })

const trigger = (title: string, gives: readonly Datum[], summary: { en: string; fr: string } = words(title)): TriggerKind => ({
  title: words(title),
  gives: () => gives,
  check: () => [],
  summary: () => summary,
})

const step = (title: string, more: Partial<StepKind> = {}): StepKind => ({
  ...trigger(title, []),
  exits: () => [{ name: 'done', label: { en: 'done', fr: 'fait' } }],
  asks: false,
  bounded: () => true,
  summary: (settings) =>
    typeof settings['text'] === 'string' ? { en: `say “${settings['text']}”`, fr: `dire « ${settings['text']} »` } : words(title),
  ...more,
})

const triggers: Record<string, TriggerKind> = {
  joined: trigger('Somebody joins', [datum('person', 'person'), datum('channel', 'channel')], {
    en: 'when someone joins #general',
    fr: 'quand quelqu’un rejoint #general',
  }),
  hook: trigger('Web hook', [datum('body', 'any'), datum('person', 'person', { maybeEmpty: true }), datum('note', 'text')], {
    en: 'when the web hook is called',
    fr: 'quand le webhook est appelé',
  }),
  clock: trigger('Schedule', [], { en: 'every Monday', fr: 'chaque lundi' }),
}

const steps: Record<string, StepKind> = {
  say: step('Say', {
    gives: () => [datum('message', 'message')],
    check: (settings) =>
      settings['text'] === undefined
        ? [
            {
              setting: 'text',
              why: { en: '“Text” is still empty.', fr: '« Texte » est encore vide.' },
              remedy: { en: 'Fill it in.', fr: 'Remplissez-le.' },
            },
          ]
        : [],
  }),
  ask: step('Ask', {
    asks: true,
    bounded: (settings) => typeof settings['within'] === 'string' && isDuration(settings['within']),
    exits: () => [
      { name: 'done', label: { en: 'answered', fr: 'répondu' } },
      { name: 'timeout', label: { en: 'no answer in time', fr: 'sans réponse à temps' } },
    ],
    gives: () => [datum('answer', 'text', { exits: ['done'] }), datum('by', 'person', { maybeEmpty: true }), datum('asked', 'people')],
    summary: (settings) => ({ en: `ask “${String(settings['question'])}”`, fr: `demander « ${String(settings['question'])} »` }),
  }),
  choose: step('Choose', {
    exits: () => [
      { name: 'yes', label: { en: 'yes', fr: 'oui' } },
      { name: 'no', label: { en: 'no', fr: 'non' } },
    ],
    summary: () => ({ en: 'choose a path', fr: 'choisir un chemin' }),
  }),
  rows: step('Rows', {
    gives: () => [
      datum('rows', 'list', { sample: [{ room: 'A' }, { room: 'B' }] }),
      datum('record', 'record', { parts: [datum('room', 'text')] }),
      datum('open', 'record'),
    ],
  }),
  each: step('For each', {
    holds: { list: 'list' },
    exits: () => [
      { name: 'done', label: { en: 'when all are done', fr: 'quand tout est fait' } },
      { name: 'each', label: { en: 'for each item', fr: 'pour chaque élément' } },
    ],
    gives: () => [datum('results', 'list'), datum('failed', 'number')],
    summary: () => ({ en: 'go through the list', fr: 'parcourir la liste' }),
  }),
  end: step('End', { exits: () => [], summary: () => ({ en: 'end', fr: 'terminer' }) }),
}

/** A handful of kinds, enough to say everything the language can say. */
export const kinds: Kinds = { trigger: (type) => triggers[type], step: (type) => steps[type] }

/**
 * A mission written in one line: `joined > hello:say > laptop:ask; laptop.timeout > late:say`. A node is `id:type`, just `id` once its
 * type was told (or when both are the same); `a.exit >` leaves by an exit, `a > b,c` goes on with both at once.
 */
export function draw(drawing: string, settings: Record<string, Step['settings']> = {}, more: Record<string, Partial<Step>> = {}): Mission {
  const types = new Map<string, string>()
  const links: Link[] = []
  for (const line of drawing.split(';')) {
    let from: { id: string; exit: string }[] = []
    for (const part of line.split('>')) {
      const nodes = part
        .trim()
        .split(',')
        .map((written) => {
          const [, id = '', exit = 'done', type] = /^(\w+)(?:\.(\w+))?(?::([\w-]+))?$/.exec(written.trim()) ?? []
          if (!types.has(id)) types.set(id, type ?? id)
          return { id, exit }
        })
      for (const source of from) for (const target of nodes) links.push({ from: source.id, exit: source.exit, to: target.id })
      from = nodes
    }
  }
  const all = [...types].map(([id, type]) => ({ id, type, settings: settings[id] ?? defaults[type] ?? {}, ...more[id] }))
  return missionSchema.parse({
    format: 1,
    name: 'Drawn',
    triggers: all.filter((one) => type(one.type) === 'trigger'),
    steps: all.filter((one) => type(one.type) === 'step'),
    links,
  })
}

const defaults: Record<string, Step['settings']> = { say: { text: 'Hello' }, ask: { question: 'Which laptop?', within: '3d' } }
const type = (name: string) => (kinds.trigger(name) ? 'trigger' : 'step')
