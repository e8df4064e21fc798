import { z } from 'zod'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { type Action, defineAction } from '../../src/catalogue/define.ts'
import { Refused, Unavailable } from '../../src/catalogue/trouble.ts'
import { eachExit } from '../../src/mission/body.ts'
import { failedExit, type Mission, type Step } from '../../src/mission/mission.ts'
import { type Draw, randomMission } from './random-mission.ts'

/**
 * A random mission whose steps do something: they note at once, work, wait for hours, ask Ana with a time limit, are flaky (refuse, or do not
 * answer at first, with and without retry), and do what they hold for each item of a list. Performed by {@link workActions}; what a step does on a visit
 * depends on its settings, its key and the clock alone, so a repeat does the same.
 */
export function randomWork(draw: Draw): Mission {
  const mission = randomMission(draw, ['note', 'note', 'work', 'wait', 'ask', 'flaky', 'for-each'])
  const chance = draw(10_000)
  return {
    ...mission,
    steps: mission.steps.map((step): Step => {
      const linked = mission.links.filter(({ from, exit }) => from === step.id && exit !== failedExit && exit !== eachExit)
      const exits = [...new Set(linked.map(({ exit }) => exit)), ...(draw(6) === 0 || linked.length === 0 ? ['elsewhere'] : [])]
      if (step.type !== 'for-each') return { ...step, settings: { exits, chance } }
      const list = Array.from({ length: draw(4) }, (_, index) => index)
      return { ...step, settings: { list, width: 1 + draw(3), most: 10, failure: draw(3) === 0 ? 'stop' : 'go-on' } }
    }),
  }
}

const words = (text: string) => ({ en: text, fr: text })
const settings = z.object({ exits: z.array(z.string()), chance: z.number() })
type Settings = z.output<typeof settings>

/** FNV-1a of a text (Fowler, Noll, Vo), so that what happens looks random and never changes. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}

const drawn = ({ chance }: Settings, of: string, below: number) => hash(`${chance} ${of}`) % below
const pick = (given: Settings, of: string) => given.exits[drawn(given, of, given.exits.length)] ?? 'done'

const common = (type: string) => ({
  type,
  title: words(type),
  icon: 'bolt',
  group: 'flow' as const,
  about: words(type),
  summary: () => words(type),
  settings,
  gives: [],
  exits: ({ exits }: Partial<Settings>) => (exits ?? []).map((name) => ({ name, label: words(name) })),
  example: { exits: ['done'], chance: 0 },
  repeat: 'The same.',
})

const hour = 3_600_000

const actions = [
  defineAction({ ...common('note'), effect: 'none', run: ({ settings: given, key }) => ({ exit: pick(given, key) }) }),
  defineAction({ ...common('work'), effect: 'world', run: async ({ settings: given, key }) => ({ exit: pick(given, key) }) }),
  defineAction({
    ...common('wait'),
    effect: 'none',
    run: ({ settings: given, key, services }) => ({
      waitUntil: new Date(services.clock.now().getTime() + drawn(given, `${key} wait`, 72) * hour),
      exit: pick(given, key),
    }),
  }),
  defineAction({
    ...common('flaky'),
    effect: 'world',
    async run({ settings: given, key, services }) {
      if (drawn(given, `${key} refused`, 8) === 0) throw new Refused(words('No.'), words('Ask for less.'))
      if (drawn(given, `${key} ${services.clock.now().toISOString()}`, 2) === 0) throw new Unavailable(words('Away.'), words('Wait.'))
      return { exit: pick(given, key) }
    },
  }),
  defineAction({
    ...common('ask'),
    effect: 'world',
    asking: {
      // The first button is pressed; which one that is differs from visit to visit.
      show: ({ settings: given, until }) => ({
        text: 'Well?',
        buttons: given.exits
          .toSorted((one, other) => hash(`${one} ${until?.toISOString()}`) - hash(`${other} ${until?.toISOString()}`))
          .map((id) => ({ id, label: id })),
      }),
      settle: ({ answers: [answer], timeUp, settings: given }) =>
        answer ? { exit: answer.picked[0] ?? 'done', data: {} } : timeUp ? { exit: given.exits.at(-1) ?? 'done', data: {} } : undefined,
    },
    run: ({ settings: given, key }) => ({
      // Ana needs an hour, so a time limit of half of one is over before.
      ask: { to: { people: ['ana'] }, answers: 'first', changeable: false, within: drawn(given, `${key} ask`, 3) === 0 ? '30m' : '2d' },
    }),
  }),
]

/** What performs the steps of {@link randomWork}, by type. */
export const workActions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...actions.map((action): [string, Action] => [action.type, action]),
  ...[...catalogue.actions].filter(([type]) => type === 'for-each'),
])
