import { z } from 'zod'
import type { CompiledMission } from '../mission/machine.ts'
import type { Mission } from '../mission/mission.ts'
import { activeSteps, thaw } from './advance.ts'
import type { CalledData, Children } from './children.ts'
import type { Entry } from './journal.ts'
import { progress, startRun, type Happening, type RunState, type Visit } from './progress.ts'

/** What a journal does not say, because it is kept with the questions and the runs that a step started. */
export interface Beside {
  /** Questions whose messages were sent, by id. */
  posted: ReadonlySet<string>
  /** When the next rung of a question's ladder is due, by the question's id: ISO instants. */
  next: ReadonlyMap<string, string>
  /** How many runs a visit has started. */
  started: (visit: Pick<Visit, 'step' | 'visit'>) => number
}

/**
 * Folds a journal into the state of its run: the journal is the truth, the state a cache of it. For a run that another compiler
 * froze, or whose state cannot be read. Wake-ups are scheduled anew by whoever drives it.
 *
 * @throws RangeError when the journal does not begin as one, or fits no run of this version.
 */
export function refold(compiled: CompiledMission, mission: Mission, entries: readonly Entry[], beside: Beside): RunState {
  const [first, ...others] = entries
  if (first?.what !== 'started') throw new RangeError('This journal has no beginning')
  let { state } = startRun(compiled, first.data.trigger, first.data.data)
  for (const entry of others) state = fold(compiled, mission, state, entry)
  return { ...state, open: state.open.map((visit) => withBeside(visit, beside)) }
}

/** Entries that follow from others (a step begun, skipped, cancelled) change nothing here: they come out of the others again. */
function fold(compiled: CompiledMission, mission: Mission, state: RunState, entry: Entry): RunState {
  if (entry.what === 'ended') return entry.data.status === 'cancelled' ? step({ kind: 'cancelled' }) : state
  if (!('visit' in entry)) return state
  const at = { step: entry.step, visit: entry.visit }
  const visit = state.open.find((open) => open.step === at.step && open.visit === at.visit)
  // A visit too many of a loop is left without ever having been under way.
  if (!visit) return state
  switch (entry.what) {
    case 'left':
      return step({ kind: 'left', ...at, exit: entry.data.exit, data: entry.data.data })
    case 'waiting': {
      const { until, exit = 'done', data = {}, settings } = entry.data
      return step({ kind: 'waits', ...at, until: new Date(until), exit, data, settings })
    }
    case 'asked':
      return step({ kind: 'asks', ...at, asked: entry.data })
    case 'called':
      return step({ kind: 'calls', ...at, called: entry.data, children: begunChildren(entry.data) })
    case 'returned':
      return step({ kind: 'returned', ...at, returned: entry.data })
    case 'retrying': {
      const { attempt, at: until } = entry.data
      return { ...state, open: state.open.map((open) => (open === visit ? { ...at, attempt, phase: 'retrying', until } : open)) }
    }
    default:
      return state
  }

  function step(happening: Happening): RunState {
    return progress(compiled, mission, state, happening, new Date(0)).state
  }
}

/** As if all had been started: those that were not are taken back at the end. */
function begunChildren({ count, width = count, stopAtFailure = false, wait = true }: CalledData): Children {
  const running = Array.from({ length: count }, (_, index) => index + 1)
  return { count, width, stopAtFailure, wait, started: count, running, failed: 0 }
}

function withBeside(visit: Visit, { posted, next, started }: Beside): Visit {
  if (visit.ask !== undefined) {
    const due = next.get(visit.ask)
    return { ...visit, posted: posted.has(visit.ask), ...(due === undefined ? {} : { next: due }) }
  }
  const { children } = visit
  if (!children) return visit
  const count = started(visit)
  return { ...visit, children: { ...children, started: count, running: children.running.filter((position) => position <= count) } }
}

const counted = z.record(z.string(), z.unknown())
const stateSchema = z.looseObject({
  machine: z.looseObject({
    compiler: z.string(),
    value: counted,
    status: z.enum(['active', 'done']),
    context: z.looseObject({
      failed: z.boolean(),
      heads: counted,
      forks: counted,
      visits: counted,
      cancelling: z.array(z.string()),
    }),
  }),
  open: z.array(
    z.looseObject({
      step: z.string(),
      visit: z.number(),
      phase: z.enum(['performing', 'waiting', 'asking', 'calling', 'retrying']),
      attempt: z.number(),
      until: z.iso.datetime().optional(),
    }),
  ),
  wake: z.iso.datetime().optional(),
})

/**
 * Whether a kept state can be gone on with: it is whole, this compiler made it for this version, and what it calls under way is
 * what the machine does. If not, {@link refold} it.
 */
export function fits(compiled: CompiledMission, state: RunState): boolean {
  if (!stateSchema.safeParse(state).success || state.machine.compiler !== compiled.compiler) return false
  try {
    thaw(compiled, state.machine)
  } catch {
    return false
  }
  const active = activeSteps(state.machine.value).sort()
  const open = state.open.map((visit) => visit.step).sort()
  return active.length === open.length && active.every((step, index) => step === open[index])
}
