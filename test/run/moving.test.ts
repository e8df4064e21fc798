import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { compile } from '../../src/mission/machine.ts'
import type { Mission } from '../../src/mission/mission.ts'
import type { Entry } from '../../src/run/journal.ts'
import { move, type Moving } from '../../src/run/moving.ts'
import { progress, startRun, type Happening, type RunState } from '../../src/run/progress.ts'
import { fits, refold } from '../../src/run/refold.ts'
import { tellStory } from '../../src/run/story.ts'
import { sketch } from '../mission/sketch.ts'

const now = new Date('2026-11-02T09:00:00Z')
const left = (step: string, exit = 'done'): Happening => ({ kind: 'left', step, visit: 1, exit, data: { of: step } })
const waits = (step: string): Happening => ({ kind: 'waits', step, visit: 1, until: now, exit: 'done', data: {}, settings: {} })

/** A run of a mission to which things happened. */
function played(mission: Mission, ...happenings: Happening[]): Moving & { state: RunState } {
  const compiled = compile(mission, 'start')
  let { state, entries }: { state: RunState; entries: Entry[] } = startRun(compiled, 'start', { by: 'hand' })
  for (const happening of happenings) {
    const step = progress(compiled, mission, state, happening, now)
    state = step.state
    entries = [...entries, ...step.entries]
  }
  return { state, entries }
}

const moved = (run: Moving, from: Mission, to: Mission) =>
  move(run, { from, to, compile: (trigger) => compile(to, trigger), kinds: catalogue.kinds })
/** Steps and English reasons of what is in the way. */
function inTheWay(run: Moving, from: Mission, to: Mission): [string | undefined, string][] {
  const outcome = moved(run, from, to)
  return 'obstacles' in outcome ? outcome.obstacles.map(({ step, why }) => [step, why.en]) : []
}

const before = sketch('start -> a\n a -> b & c\n b -> d\n c -> d')

describe('a run moves to another version', () => {
  test('where what comes later is different, and goes on there', () => {
    const run = played(before, left('a'), waits('b'))
    const after = sketch('start -> a\n a -> b & c\n b -> news\n c -> d\n news -> d')
    const outcome = moved(run, before, after)
    if (!('state' in outcome)) throw new Error('It could not move.')
    expect(outcome.state.open).toEqual(run.state.open)
    const compiled = compile(after, 'start')
    expect(fits(compiled, outcome.state)).toBe(true)
    expect(progress(compiled, after, outcome.state, left('b'), now).begun).toMatchObject([{ step: 'news' }])
  })

  test('while it waits for a mission of its own, as that one goes on anyway', () => {
    const run = played(before, {
      kind: 'calls',
      step: 'a',
      visit: 1,
      called: { count: 1, settings: {} },
      children: { count: 1, width: 1, stopAtFailure: false, wait: true, started: 1, running: [1], failed: 0 },
    })
    expect(moved(run, before, before)).toEqual({ state: run.state, remarks: [] })
  })
})

describe('what is under way stays as it is', () => {
  const asks: Happening = {
    kind: 'asks',
    step: 'a',
    visit: 1,
    asked: { ask: 'one', people: [], anyone: false, settings: {} },
    next: '2026-11-03T09:00:00.000Z',
  }
  const question = (settings: object) => sketch('start -> a\n a.approved -> b', { a: { type: 'approve', settings } })

  test('a question that was sent keeps its people and its ladder, and the other version’s settings are remarked upon', () => {
    const [was, is] = [question({ what: 'A desk' }), question({ what: 'A desk and a chair' })]
    const run = played(was, asks, { kind: 'posted', step: 'a', visit: 1 })
    const outcome = moved(run, was, is)
    if (!('state' in outcome)) throw new Error('It could not move.')
    expect(outcome.state.open).toEqual([
      { step: 'a', visit: 1, attempt: 0, phase: 'asking', ask: 'one', posted: true, next: '2026-11-03T09:00:00.000Z' },
    ])
    expect(outcome.remarks.map(({ step, stays }) => [step, stays.en])).toEqual([
      ['a', 'The question stays as it was asked: the same people, the same buttons, the same time limit.'],
    ])
    expect(moved(run, was, was)).toMatchObject({ remarks: [] })
  })

  test('a try that is made again, of which the journal does not know yet, is still the same try', () => {
    const trouble = { kind: 'unavailable' as const, what: { en: 'Away', fr: 'Absent' }, remedy: { en: 'Wait', fr: 'Attendre' } }
    const retried = sketch('start -> a', { a: { retry: { times: 2, first: '1m', factor: 2 } } })
    const run = played(retried, { kind: 'troubled', step: 'a', visit: 1, trouble })
    const state: RunState = { ...run.state, open: [{ step: 'a', visit: 1, attempt: 1, phase: 'performing' }] }
    expect(moved({ ...run, state }, retried, sketch('start -> a\n a -> b'))).toMatchObject({ state: { open: state.open } })
  })

  test('the journal says who moved it, and is folded with the version it goes on in', () => {
    const was = sketch('start -> a\n a -> b', { a: { name: 'Old step' } })
    const run = played(was, left('a'), waits('b'))
    const is = sketch('start -> b\n b -> c')
    const outcome = moved(run, was, is)
    if (!('state' in outcome)) throw new Error('It could not move.')
    const versions = { from: { id: 'v1', number: 1 }, to: { id: 'v2', number: 2 } }
    const line: Entry = {
      what: 'moved',
      data: { ...versions, by: { id: 'maya', name: 'Maya' }, gone: [{ id: 'a', type: 'note', name: 'Old step' }] },
    }
    const entries = [...run.entries, line]
    expect(refold(compile(is, 'start'), is, entries, { posted: new Set(), next: new Map(), started: () => 0 })).toEqual(outcome.state)
    const kept = entries.map((entry, index) => ({ ...entry, number: index + 1, at: now.toISOString() }))
    const story = tellStory({ entries: kept, mission: is, catalogue, reader: { timeZone: 'UTC', names: new Map() } })
    expect(story.moments.at(-1)?.sentence).toEqual({
      en: 'Maya moved the run from version 1 to version 2',
      fr: 'Maya a fait passer l’exécution de la version 1 à la version 2',
    })
    expect(story.moments.find(({ step }) => step === 'a')?.name?.en).toBe('Old step')
    expect(story.status).toBe('waiting')
  })
})

describe('a run stays where it is', () => {
  test('when its trigger is gone, or it has ended', () => {
    expect(inTheWay(played(before), before, sketch('other -> a'))).toEqual([[undefined, 'The trigger that started it is no longer there.']])
    const scheduled = { ...before, triggers: [{ id: 'start', type: 'schedule', settings: {} }] }
    expect(inTheWay(played(before), before, scheduled)).toEqual([[undefined, 'The trigger that started it is another one now.']])
    const ended = played(sketch('start -> a'), left('a'))
    expect(inTheWay(ended, sketch('start -> a'), before)).toEqual([[undefined, 'It has ended.']])
  })

  test('when a step it is in is gone or of another type, each told', () => {
    const run = played(before, left('a'))
    const after = sketch('start -> a\n a -> b', { b: { type: 'ask' } })
    expect(inTheWay(run, before, after)).toEqual([
      ['b', 'The step it is in now does something else.'],
      ['c', 'The step it is in is no longer there.'],
    ])
  })

  test('when the other version would have led it elsewhere', () => {
    const run = played(before, left('a'))
    const after = sketch('start -> a\n a -> first & c\n first -> b\n b -> d\n c -> d')
    expect(inTheWay(run, before, after)).toEqual([
      ['b', 'What has happened so far does not lead to this step there.'],
      ['first', 'It would have to do this step first.'],
    ])
  })

  test('when its question may be answered by a way out that is gone', () => {
    const question = (otherwise: string) => sketch('start -> a\n a.approved -> b', { a: { type: 'approve', settings: { otherwise } } })
    const run = played(question('timeout'), {
      kind: 'asks',
      step: 'a',
      visit: 1,
      asked: { ask: 'one', people: [], anyone: false, settings: {} },
    })
    expect(inTheWay(run, question('timeout'), question('declined'))).toEqual([
      ['a', 'It may yet leave this step by “Time is up”, which is no longer there.'],
    ])
  })

  test('while it goes through a list', () => {
    const list = sketch('start -> a\n a.each -> item', { item: { within: 'a' } })
    const run = {
      ...played(before),
      state: { ...played(before).state, open: [{ step: 'a', visit: 1, attempt: 0, phase: 'calling' as const }] },
    }
    expect(inTheWay(run, list, list)).toEqual([['a', 'It is going through a list, whose items go on in the version they began with.']])
  })

  test('and a journal without a beginning is nobody’s run', () => {
    expect(() => moved({ ...played(before), entries: [] }, before, before)).toThrow('no beginning')
  })
})
