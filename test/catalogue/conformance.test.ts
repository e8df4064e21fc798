import { icons } from 'virtual:icons'
import { describe, expect, it } from 'vitest'
import { catalogue, parseSettings, settingMeta } from '../../src/catalogue/catalogue.ts'
import type { Action, Answer, ChildRun, EventKind, MissionEvent } from '../../src/catalogue/define.ts'
import type { Person } from '../../src/catalogue/services.ts'
import type { Datum } from '../../src/mission/kinds.ts'
import { languages } from '../../src/mission/words.ts'
import { ana, aWorld, people, pressOf } from './world.ts'

const sources = {
  ...import.meta.glob<string>('../../src/catalogue/actions/*.ts', { eager: true, query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../src/catalogue/triggers/*.ts', { eager: true, query: '?raw', import: 'default' }),
}
const files = Object.entries(sources).map(([path, source]) => ({
  name: path.replace(/^.*\/(actions|triggers)\/(.*)\.ts$/, '$1/$2'),
  source,
}))

describe('every file of the catalogue', () => {
  it.each(files)('$name declares the type it is named after', ({ name, source }) => {
    const [folder, type = ''] = name.split('/')
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect((folder === 'actions' ? catalogue.actions : catalogue.triggers).has(type)).toBe(true)
    expect(source).toContain(`type: '${type}'`)
  })

  it.each(files)('$name imports nothing but define, trouble and zod', ({ source }) => {
    const imported = [...source.matchAll(/\bfrom '([^']+)'|\bimport '([^']+)'|\bimport\('([^']+)'\)/g)].map(
      (found) => found[1] ?? found[2] ?? found[3],
    )
    expect(imported.filter((from) => !['../define.ts', '../trouble.ts', 'zod'].includes(from ?? ''))).toEqual([])
  })

  it('is gathered', () => {
    expect(catalogue.actions.size + catalogue.triggers.size).toBe(files.length)
  })
})

const kinds = [...catalogue.actions.values(), ...catalogue.triggers.values()]

describe.each(kinds)('$type', (kind) => {
  const stepOrTrigger = catalogue.kinds.step(kind.type) ?? catalogue.kinds.trigger(kind.type)

  it('has words in both languages everywhere', () => {
    const shown = [kind.title, kind.about, ...giftsOf(kind).map((datum) => datum.label)]
    for (const setting of Object.values(kind.settings.shape)) {
      const meta = settingMeta(setting)
      shown.push(meta?.label ?? { en: '', fr: '' }, ...Object.values(meta?.options ?? {}))
      if (meta?.help) shown.push(meta.help)
    }
    for (const words of shown) for (const language of languages) expect(words[language].trim()).not.toBe('')
  })

  it('has an icon that is drawn', () => {
    expect(Object.keys(icons)).toContain(kind.icon)
  })

  it('has an example without problems', () => {
    expect(parseSettings(kind.settings, kind.example).error).toBeUndefined()
    expect(stepOrTrigger?.check(kind.example)).toEqual([])
  })

  it('can be summed up in both languages, whatever has been filled in', () => {
    const nonsense = Object.fromEntries(Object.keys(kind.settings.shape).map((setting) => [setting, 5]))
    for (const settings of [{}, kind.example, nonsense])
      for (const language of languages) {
        const summary = stepOrTrigger?.summary(settings)[language] ?? ''
        expect(summary).not.toMatch(/undefined|null|\[object|\{\{|^\s*$/)
      }
  })

  it('lists what it gives and what is wrong, whatever has been filled in', () => {
    const nonsense = Object.fromEntries(Object.keys(kind.settings.shape).map((setting) => [setting, 5]))
    for (const settings of [{}, nonsense]) {
      expect(stepOrTrigger?.gives(settings)).toBeInstanceOf(Array)
      expect(stepOrTrigger?.check(settings)).toBeInstanceOf(Array)
    }
  })

  it('gives every piece of data a name of its own that references can use', () => {
    const names = giftsOf(kind).map((datum) => datum.name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
  })
})

const channel = { id: 'c1', name: 'support' }
const place = { person: ana, channel }
const message = { channel: 'c1', message: 'm1', link: 'http://127.0.0.1/m1' }
/** For each kind of event one that starts the example of every trigger that listens to it. */
const events: Record<EventKind, MissionEvent> = {
  command: { kind: 'command', name: 'poll', text: 'lunch', ...place },
  'person-joined-workspace': { kind: 'person-joined-workspace', person: ana },
  'person-joined-channel': { kind: 'person-joined-channel', person: ana, channel: { id: 'general', name: 'general' } },
  'channel-created': { kind: 'channel-created', ...place },
  message: { kind: 'message', text: 'An incident!', direct: false, message, ...place },
  'reaction-added': { kind: 'reaction-added', emoji: 'eyes', message: { ...message, text: 'Look' }, ...place },
  schedule: { kind: 'schedule', due: '2026-12-07T08:00:00.000Z', late: false, missed: 0 },
  form: { kind: 'form', values: { name: 'Ana', email: 'ana@example.com' } },
  hook: { kind: 'hook', body: { level: 'critical' }, query: {} },
  hand: { kind: 'hand', person: ana, values: { topic: 'Cake' } },
  called: { kind: 'called', mission: { id: 'm1', name: 'Onboarding' }, values: { topic: 'Cake' } },
  'mission-ended': {
    kind: 'mission-ended',
    mission: { id: '0b0e7f52-3c1d-4a57-9f0e-2f6f0f3f7a11', name: 'Welcome' },
    run: { id: 'r1', status: 'failed' },
  },
}

describe.each([...catalogue.triggers.values()])('$type, matched', (trigger) => {
  it('gives the data that it declares, to an event that its example listens to', () => {
    const settings = parseSettings(trigger.settings, trigger.example).data ?? {}
    const data = trigger.match(settings, events[trigger.listens]) ?? expect.unreachable()
    expect(Object.keys(data).sort()).toEqual(
      giftsOf(trigger)
        .map(({ name }) => name)
        .sort(),
    )
  })
})

describe.each([...catalogue.actions.values()])('$type, performed', (action) => {
  const settings = parseSettings(action.settings, action.example).data ?? {}

  it('says what a repeat after a crash does', () => {
    expect(action.repeat).toMatch(/^[A-Z].+\.$/)
  })

  it('leaves by an exit that it declares, with the data that it declares', async () => {
    const outcome = await action.run({ settings, services: aWorld().services, key: 'run/step/1' })
    if ('ask' in outcome) {
      expect(action.asking).toBeDefined()
      return
    }
    if ('runs' in outcome) {
      expect(action.calling).toBeDefined()
      return
    }
    expectDeclared(action, outcome.exit, outcome.data ?? {})
  })

  it('touches nothing outside the run if it says so', async () => {
    if (action.effect !== 'none') return expect(action.effect).toBe('world')
    const { services, said, done } = aWorld()
    await action.run({ settings, services, key: 'run/step/1' })
    expect([...said, ...done]).toEqual([])
  })
})

describe.each([...catalogue.actions.values()].filter((action) => action.calling))('$type, starting runs', (action) => {
  const settings = parseSettings(action.settings, action.example).data ?? {}
  const child = (status: ChildRun['status'], position = 1): ChildRun => ({
    run: `r${position}`,
    position,
    status,
    outcome: 'Fine',
    steps: {},
  })

  it('leaves by an exit that it declares, with the data that it declares', () => {
    const ends = [
      action.calling?.settle({ settings, children: [child('completed')], timeUp: false }),
      action.calling?.settle({ settings: { ...settings, wait: false }, children: [child('running')], timeUp: false }),
    ]
    for (const end of ends) expectDeclared(action, end?.exit ?? '', end?.data ?? {})
  })

  it('has an exit for what it does with each item if it holds steps, and only then', () => {
    const exits = catalogue.kinds.step(action.type)?.exits(settings) ?? []
    expect(exits.some(({ name }) => name === 'each')).toBe(action.holds !== undefined)
    expect(exits[0]?.name).toBe('done')
  })
})

describe.each([...catalogue.actions.values()].filter((action) => action.asking))('$type, asking', (action) => {
  const settings = parseSettings(action.settings, action.example).data ?? {}
  const asked: Person[] = [...people]

  it('leaves by a declared exit whatever button is pressed by everybody', () => {
    for (const button of buttonsOf(action, settings, asked)) {
      const answers = asked.map((person, index) => answerOf(action, person, button, index))
      const end = action.asking?.settle({ settings, answers, asked, language: 'en', timeUp: false })
      expect(end).toBeDefined()
      if (end) expectDeclared(action, end.exit, end.data)
    }
  })

  it('goes on waiting while nobody has answered, and ends when the time is up', () => {
    const state = { settings, answers: [], asked, language: 'en' }
    expect(action.asking?.settle({ ...state, timeUp: false })).toBeUndefined()
    const end = action.asking?.settle({ ...state, timeUp: true })
    expect(end).toBeDefined()
    if (end) expectDeclared(action, end.exit, end.data)
  })

  it.each(languages)('shows a complete message at every moment (%s)', (language) => {
    const until = new Date('2026-12-03T16:00:00Z')
    const [button] = buttonsOf(action, settings, asked)
    const answers = button ? [answerOf(action, people[0] ?? expect.unreachable(), button, 0)] : []
    const open = action.asking?.show({ settings, answers: [], asked, language, until })
    expect(open?.buttons?.length).toBeGreaterThan(0)
    expect(open?.note).toMatch(language === 'fr' ? /3 déc/ : /3 Dec/)
    for (const over of ['answered', 'timeout', 'cancelled'] as const) {
      const message = action.asking?.show({ settings, answers: over === 'timeout' ? [] : answers, asked, language, until, over })
      expect(message?.buttons).toBeUndefined()
      expect(JSON.stringify(message)).not.toMatch(/undefined|null|\[object/)
    }
    const noted = (over: 'timeout' | 'cancelled') => action.asking?.show({ settings, answers: [], asked, language, until, over }).note
    expect(noted('cancelled')).toContain(language === 'fr' ? 'Plus nécessaire' : 'No longer needed')
    expect(noted('timeout')).toContain(language === 'fr' ? 'délai est écoulé' : 'Time is up')
    const answered = JSON.stringify(action.asking?.show({ settings, answers, asked, language, until, over: 'answered' }))
    expect(answered).toContain('Ana Test')
  })
})

function giftsOf(kind: (typeof kinds)[number]): readonly Datum[] {
  return typeof kind.gives === 'function' ? kind.gives(kind.example) : kind.gives
}

/** Exactly the names that this exit promises; those that may be empty may be absent. */
function expectDeclared(action: Action, exit: string, data: Record<string, unknown>): void {
  const exits = (typeof action.exits === 'function' ? action.exits(action.example) : action.exits).map(({ name }) => name)
  // A step that ends its path has no exit to name.
  if (exits.length > 0) expect(exits).toContain(exit)
  const promised = giftsOf(action).filter((datum) => datum.exits?.includes(exit) ?? true)
  expect(Object.keys(data).filter((name) => !promised.some((datum) => datum.name === name))).toEqual([])
  expect(
    promised.filter((datum) => !datum.maybeEmpty && (data[datum.name] === undefined || data[datum.name] === null)).map(({ name }) => name),
  ).toEqual([])
  for (const datum of promised)
    if (datum.kind === 'person' && data[datum.name])
      expect(data[datum.name]).toMatchObject({ id: expect.any(String), email: expect.any(String), time_zone: expect.any(String) })
  expect(JSON.parse(JSON.stringify(data))).toEqual(data)
}

function buttonsOf(action: Action, settings: Record<string, unknown>, asked: Person[]) {
  return action.asking?.show({ settings, answers: [], asked, language: 'en' }).buttons ?? []
}

function answerOf(action: Action, person: Person, button: Parameters<typeof pressOf>[0], index: number): Answer {
  const press = pressOf(button)
  const made = action.asking?.combine?.(undefined, press) ?? { picked: [press.button], values: press.values }
  return { person, ...made, at: new Date(Date.UTC(2026, 11, 1, 11, index)).toISOString() }
}
