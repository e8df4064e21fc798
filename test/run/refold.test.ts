import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/mission/machine.ts'
import { failedExit, type Mission } from '../../src/mission/mission.ts'
import { analyse } from '../../src/mission/paths.ts'
import { startMore } from '../../src/run/children.ts'
import { entrySchema, type Entry } from '../../src/run/journal.ts'
import { progress, startRun, type Happening, type Progress, type RunState, type Visit } from '../../src/run/progress.ts'
import { fits, refold, type Beside } from '../../src/run/refold.ts'
import { sketch } from '../mission/sketch.ts'
import { randomMission, type Draw } from './random-mission.ts'

/** Set SEED to play the runs of an earlier test again. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

const nothing: Beside = { posted: new Set(), next: new Map(), started: () => 0 }
const now = new Date('2026-11-02T09:00:00Z')
const later = '2026-11-03T09:00:00.000Z'
const trouble = { kind: 'unavailable' as const, what: { en: 'Away', fr: 'Absent' }, remedy: { en: 'Wait', fr: 'Attendre' } }

/** Retries for every third step, so that some troubles are tried again. */
function retrying(mission: Mission): Mission {
  return {
    ...mission,
    steps: mission.steps.map((step, index) => (index % 3 === 0 ? { ...step, retry: { times: 2, first: '1m', factor: 2 } } : step)),
  }
}

type Kind = Happening['kind']

/** What can happen to a visit by where it stands; most often it is left in the end. */
const possible: Record<Visit['phase'], readonly Kind[]> = {
  performing: ['waits', 'asks', 'calls', 'troubled', 'left', 'left', 'left', 'cancelled'],
  retrying: ['waits', 'asks', 'calls', 'troubled', 'left'],
  waiting: ['left'],
  asking: ['posted', 'answered', 'climbed', 'troubled', 'left'],
  calling: ['returned', 'returned', 'troubled', 'left'],
}

function drawHappening(visit: Visit, exits: readonly string[], draw: Draw): Happening {
  const at = { step: visit.step, visit: visit.visit }
  const kinds = possible[visit.phase]
  const exit = exits[draw(exits.length)] ?? 'done'
  const left: Happening = { kind: 'left', ...at, exit: draw(10) === 0 ? failedExit : exit, data: {} }
  switch (kinds[draw(kinds.length)]) {
    case 'waits':
      return { kind: 'waits', ...at, until: new Date(later), exit, data: { n: draw(9) }, settings: {} }
    case 'asks': {
      const until = draw(2) === 0 ? { until: later } : {}
      const asked = { ask: `ask-${visit.step}-${visit.visit}`, people: [], anyone: false, settings: {}, ...until }
      return { kind: 'asks', ...at, asked, ...(draw(2) === 0 ? { next: later } : {}) }
    }
    case 'posted':
      return { kind: 'posted', ...at }
    case 'answered':
      return { kind: 'answered', ...at, answer: { picked: ['Yes'], values: {} } }
    case 'climbed': {
      const reminded = { what: 'reminded' as const, ...at, data: { people: [] } }
      const escalated = { what: 'escalated' as const, ...at, data: { people: [], for: [], without: [], unknown: [], manager: true } }
      return { kind: 'climbed', ...at, entries: [reminded, escalated], ...(draw(2) === 0 ? { next: later } : {}) }
    }
    case 'troubled':
      return { kind: 'troubled', ...at, trouble }
    case 'calls': {
      const how = { count: 3, width: 2, stopAtFailure: draw(2) === 0, wait: true }
      return { kind: 'calls', ...at, children: { ...how, started: 0, running: [], failed: 0 }, called: { ...how, settings: {} } }
    }
    case 'returned':
      return { kind: 'returned', ...at, returned: { run: 'run', position: 1 + draw(3), status: draw(2) === 0 ? 'completed' : 'failed' } }
    case 'cancelled':
      return draw(20) === 0 ? { kind: 'cancelled' } : left
    default:
      return left
  }
}

/** What a store knows beside the journal of a state. */
function besideOf(state: RunState): Beside {
  return {
    posted: new Set(state.open.flatMap(({ ask, posted }) => (ask !== undefined && posted ? [ask] : []))),
    next: new Map(state.open.flatMap(({ ask, next }) => (ask !== undefined && next !== undefined ? [[ask, next] as const] : []))),
    started: ({ step, visit }) => state.open.find((open) => open.step === step && open.visit === visit)?.children?.started ?? 0,
  }
}

/** Plays a run by chance. After everything that happens, its journal as read from a database is folded anew. */
function play(mission: Mission, draw: Draw): number {
  const compiled = compile(mission, 'start')
  const entries: Entry[] = []
  let state: RunState | undefined
  let points = 0
  const take = (step: Progress) => {
    state = startMore(step.state).state
    entries.push(...step.entries)
    const read = entries.map((entry) => entrySchema.parse(JSON.parse(JSON.stringify(entry))))
    const kept: RunState = JSON.parse(JSON.stringify(state))
    const folded: RunState = JSON.parse(JSON.stringify(refold(compiled, mission, read, besideOf(kept))))
    expect(folded).toEqual(kept)
    expect(fits(compiled, kept)).toBe(true)
    points++
    return state
  }
  state = take(startRun(compiled, 'start', { by: 'chance' }))
  for (let moves = 0; state.open.length > 0 && moves < 150; moves++) {
    const visit = state.open[draw(state.open.length)] ?? expect.unreachable()
    const exits = mission.links.filter(({ from }) => from === visit.step).map(({ exit }) => exit)
    state = take(progress(compiled, mission, state, drawHappening(visit, exits.length > 0 ? exits : ['done'], draw), now))
  }
  return points
}

describe(`a journal folded anew (seed ${seed})`, () => {
  it('is the state of its run, at every point of random runs of random missions', () => {
    let points = 0
    fc.assert(
      fc.property(fc.array(fc.nat(9_999), { size: 'max', minLength: 300, maxLength: 600 }), (tape) => {
        let at = 0
        const draw: Draw = (below) => (tape[at++] ?? 0) % below
        const mission = retrying(randomMission(draw))
        if (analyse(mission, 'start').faults.length === 0) points += play(mission, draw)
      }),
      { seed, numRuns: 300 },
    )
    expect(points).toBeGreaterThan(1_000)
  })

  it('of an earlier program, which did not say how a wait is left, leaves it by done', () => {
    const mission = sketch('start -> a')
    const state = refold(
      compile(mission, 'start'),
      mission,
      [
        { what: 'started', data: { trigger: 'start', data: {} } },
        { what: 'waiting', step: 'a', visit: 1, data: { until: later, settings: {} } },
      ],
      nothing,
    )
    expect(state.open).toEqual([{ step: 'a', visit: 1, attempt: 0, phase: 'waiting', until: later, exit: 'done', data: {} }])
  })

  it('of an earlier program, which did not say how other runs are called, waits for all of them', () => {
    const mission = sketch('start -> a')
    const entries: Entry[] = [
      { what: 'started', data: { trigger: 'start', data: {} } },
      { what: 'called', step: 'a', visit: 1, data: { count: 2, settings: {} } },
    ]
    const state = refold(compile(mission, 'start'), mission, entries, { ...nothing, started: () => 1 })
    expect(state.open[0]?.children).toEqual({ count: 2, width: 2, stopAtFailure: false, wait: true, started: 1, running: [1], failed: 0 })
  })

  it('is refused when it has no beginning', () => {
    const mission = sketch('start -> a')
    expect(() => refold(compile(mission, 'start'), mission, [], nothing)).toThrow('no beginning')
  })
})

describe('a kept state fits', () => {
  const mission = sketch('start -> a\n a -> b & c')
  const compiled = compile(mission, 'start')
  const { state } = startRun(compiled, 'start', {})

  it('when this program made it for this version', () => {
    expect(fits(compiled, state)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['another compiler made it', { ...state, machine: { ...state.machine, compiler: 'flat-0' } }],
    ['it is of another version', { ...state, machine: { ...state.machine, value: { start: 'gone' } } }],
    ['what is under way is not what the machine does', { ...state, open: [] }],
    ['another step is under way than the machine says', { ...state, open: state.open.map((visit) => ({ ...visit, step: 'b' })) }],
    ['it is something else', { nothing: true }],
    ['it is nothing', null],
  ])('not when %s', (_, other) => {
    expect(fits(compiled, JSON.parse(JSON.stringify(other)))).toBe(false)
  })
})
