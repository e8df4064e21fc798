import { describe, expect, test } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import type { Mission } from '../../src/mission/mission.ts'
import type { Entry } from '../../src/run/journal.ts'
import { move, type Moving } from '../../src/run/moving.ts'
import { progress, startRun, type Happening, type RunState } from '../../src/run/progress.ts'
import { fits, type Beside } from '../../src/run/refold.ts'
import { sketch } from '../mission/sketch.ts'

const nothing: Beside = { posted: new Set(), next: new Map(), started: () => 0 }
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
  return { state, entries, beside: nothing }
}

const moved = (run: Moving, from: Mission, to: Mission) => move(run, from, to, (trigger) => compile(to, trigger))
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
    const called = { ...run, beside: { ...nothing, started: () => 1 } }
    expect(moved(called, before, before)).toEqual({ state: run.state })
  })
})

describe('a run stays where it is', () => {
  test('when its trigger is gone, or it has ended', () => {
    expect(inTheWay(played(before), before, sketch('other -> a'))).toEqual([[undefined, 'The trigger that started it is no longer there.']])
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
