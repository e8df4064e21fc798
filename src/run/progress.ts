import type { TroubleRecord } from '../catalogue/trouble.ts'
import type { CompiledMission } from '../mission/machine.ts'
import { failedExit, type Mission, type Retry } from '../mission/mission.ts'
import { milliseconds } from '../mission/duration.ts'
import { isSettled, withoutChild, type CalledData, type Children } from './children.ts'
import { advance, begin, type Decision, type Frozen } from './advance.ts'
import type { Entry } from './journal.ts'

/** One visit that is under way. */
export interface Visit {
  step: string
  visit: number
  /** `performing`: its action is being run (again, after a crash); `retrying`: it will be, at `until`. */
  phase: 'performing' | 'waiting' | 'asking' | 'calling' | 'retrying'
  /** How often it was tried before. */
  attempt: number
  /** ISO instant: when a wait is over, a question or the wait for other runs times out, a retry is due. */
  until?: string
  /** Of a wait: how it will leave. */
  exit?: string
  data?: Record<string, unknown>
  /** Of a question: its id, and whether its messages have been sent. */
  ask?: string
  posted?: boolean
  /** Of a step that starts other runs. */
  children?: Children
  /** Of a question: ISO instant at which the next rung of its ladder is due. */
  next?: string
}

/** Everything the engine keeps about a run besides its journal. Plain JSON. */
export interface RunState {
  machine: Frozen
  open: Visit[]
  /** ISO instant for which a wake-up is already scheduled. */
  wake?: string
}

/** What a question is about, for the journal. */
export type AskedData = Extract<Entry, { what: 'asked' }>['data']

/** Something that happened to a run. One that comes twice or too late changes nothing. */
export type Happening =
  | { kind: 'left'; step: string; visit: number; exit: string; data: Record<string, unknown>; settings?: Record<string, unknown> }
  | {
      kind: 'waits'
      step: string
      visit: number
      until: Date
      exit: string
      data: Record<string, unknown>
      settings: Record<string, unknown>
    }
  | { kind: 'calls'; step: string; visit: number; called: CalledData; children: Children }
  | { kind: 'returned'; step: string; visit: number; returned: Extract<Entry, { what: 'returned' }>['data'] }
  | { kind: 'asks'; step: string; visit: number; asked: AskedData; next?: string }
  | { kind: 'posted'; step: string; visit: number }
  | { kind: 'answered'; step: string; visit: number; answer: Extract<Entry, { what: 'answered' }>['data'] }
  | { kind: 'climbed'; step: string; visit: number; entries: Extract<Entry, { what: 'reminded' | 'escalated' }>[]; next?: string }
  | { kind: 'troubled'; step: string; visit: number; trouble: TroubleRecord; retryAfter?: number; settings?: Record<string, unknown> }
  | { kind: 'cancelled'; by?: { id: string; name: string } }

/** What a happening led to. */
export interface Progress {
  state: RunState
  entries: Entry[]
  /** Visits whose action is to be performed now. */
  begun: Visit[]
  /** Visits that came to nothing while under way; those that asked people have a question to close, those that started runs have those to cancel. */
  dropped: Visit[]
  ended?: 'completed' | 'failed' | 'cancelled'
}

/** Starts a run: the trigger's links are followed. */
export function startRun(compiled: CompiledMission, trigger: string, data: Record<string, unknown>): Progress {
  const { frozen, decisions } = begin(compiled)
  const first: Entry = { what: 'started', data: { trigger, data } }
  return decide({ machine: frozen, open: [] }, decisions, [first])
}

/** Takes in one happening. Pure: the same on the server and in a rehearsal. The same state object comes back when nothing changed. */
export function progress(compiled: CompiledMission, mission: Mission, state: RunState, happening: Happening, now: Date): Progress {
  if (happening.kind === 'cancelled') {
    const { frozen, decisions } = advance(compiled, state.machine, { kind: 'cancel' })
    return decide({ ...state, machine: frozen }, decisions, [], happening.by)
  }
  const visit = state.open.find((open) => open.step === happening.step && open.visit === happening.visit)
  if (!visit) return unchanged(state)
  const at = { step: visit.step, visit: visit.visit }
  switch (happening.kind) {
    case 'left':
      return leave(compiled, state, visit, { ...at, exit: happening.exit, data: happening.data, settings: happening.settings })
    case 'waits':
      return replace(
        state,
        {
          ...at,
          attempt: visit.attempt,
          phase: 'waiting',
          until: happening.until.toISOString(),
          exit: happening.exit,
          data: happening.data,
        },
        [
          {
            what: 'waiting',
            ...at,
            data: {
              until: happening.until.toISOString(),
              settings: happening.settings,
              exit: happening.exit,
              data: happening.data,
            },
          },
        ],
      )
    case 'asks': {
      const { until, ask } = happening.asked
      const due = { ...(until ? { until } : {}), ...(happening.next ? { next: happening.next } : {}) }
      return replace(state, { ...at, attempt: visit.attempt, phase: 'asking', ask, posted: false, ...due }, [
        { what: 'asked', ...at, data: happening.asked },
      ])
    }
    case 'calls': {
      const { until } = happening.called
      return replace(
        state,
        { ...at, attempt: visit.attempt, phase: 'calling', children: happening.children, ...(until ? { until } : {}) },
        [{ what: 'called', ...at, data: happening.called }],
      )
    }
    case 'returned': {
      const { position, status } = happening.returned
      const children = visit.children && withoutChild(visit.children, position, status !== 'completed')
      return children ? replace(state, { ...visit, children }, [{ what: 'returned', ...at, data: happening.returned }]) : unchanged(state)
    }
    case 'posted':
      return replace(state, { ...visit, posted: true }, [])
    case 'answered':
      return { ...unchanged(state), entries: [{ what: 'answered', ...at, data: happening.answer }] }
    case 'climbed': {
      const { next: _, ...rest } = visit
      return replace(state, { ...rest, ...(happening.next ? { next: happening.next } : {}) }, happening.entries)
    }
    case 'troubled': {
      const retry = mission.steps.find((step) => step.id === visit.step)?.retry
      const wait = retry && retryDelay(retry, visit.attempt, happening)
      if (wait === undefined) {
        const dropped = visit.ask || visit.children ? [visit] : []
        const left = leave(compiled, state, visit, {
          ...at,
          exit: failedExit,
          data: {},
          settings: happening.settings,
          trouble: happening.trouble,
        })
        return { ...left, dropped: [...dropped, ...left.dropped] }
      }
      const until = new Date(now.getTime() + wait).toISOString()
      return replace(state, { ...at, attempt: visit.attempt + 1, phase: 'retrying', until }, [
        { what: 'retrying', ...at, data: { trouble: happening.trouble, attempt: visit.attempt + 1, at: until } },
      ])
    }
  }
}

/** Milliseconds until the next try; undefined when there is none left or it would be pointless. */
function retryDelay(retry: Retry, attempt: number, happening: { trouble: TroubleRecord; retryAfter?: number }): number | undefined {
  if (happening.trouble.kind !== 'unavailable' || attempt >= retry.times) return undefined
  return Math.max(milliseconds(retry.first) * retry.factor ** attempt, happening.retryAfter ?? 0)
}

interface Leaving {
  step: string
  visit: number
  exit: string
  data: Record<string, unknown>
  settings?: Record<string, unknown>
  trouble?: TroubleRecord
}

function leave(compiled: CompiledMission, state: RunState, visit: Visit, leaving: Leaving): Progress {
  const { step, visit: number, exit, data, settings, trouble } = leaving
  const { frozen, decisions } = advance(compiled, state.machine, { kind: 'left', step, visit: number, exit })
  const entry: Entry = {
    what: 'left',
    step,
    visit: number,
    data: { exit, data, ...(settings ? { settings } : {}), ...(trouble ? { trouble } : {}) },
  }
  return decide({ ...state, machine: frozen, open: state.open.filter((open) => open !== visit) }, decisions, [entry])
}

function replace(state: RunState, visit: Visit, entries: Entry[]): Progress {
  const open = state.open.map((other) => (other.step === visit.step && other.visit === visit.visit ? visit : other))
  return { state: { ...state, open }, entries, begun: [], dropped: [] }
}

function unchanged(state: RunState): Progress {
  return { state, entries: [], begun: [], dropped: [] }
}

const tooManyVisits: TroubleRecord = {
  kind: 'refused',
  what: {
    en: 'This step was visited too many times, so the loop was stopped.',
    fr: 'Cette étape a été parcourue trop de fois ; la boucle a été arrêtée.',
  },
  remedy: {
    en: 'Check what should end the loop, or raise the step’s limit of visits.',
    fr: 'Vérifiez ce qui doit terminer la boucle, ou augmentez le nombre de passages permis pour cette étape.',
  },
}

/** Turns the machine's decisions into visits and journal entries. */
function decide(state: RunState, decisions: readonly Decision[], first: Entry[], by?: { id: string; name: string }): Progress {
  const entries = [...first]
  const begun: Visit[] = []
  const dropped: Visit[] = []
  let open = state.open
  let ended: Progress['ended']
  for (const decision of decisions) {
    switch (decision.kind) {
      case 'begin':
        begun.push({ step: decision.step, visit: decision.visit, phase: 'performing', attempt: 0 })
        entries.push({ what: 'begun', step: decision.step, visit: decision.visit, data: {} })
        break
      case 'skip':
        entries.push({ what: 'skipped', step: decision.step, data: {} })
        break
      case 'cancel':
        dropped.push(...open.filter((visit) => visit.step === decision.step))
        open = open.filter((visit) => visit.step !== decision.step)
        entries.push({ what: 'cancelled', step: decision.step, visit: decision.visit, data: {} })
        break
      case 'exhausted':
        entries.push({
          what: 'left',
          step: decision.step,
          visit: decision.visit,
          data: { exit: failedExit, data: {}, trouble: tooManyVisits },
        })
        break
      case 'end':
        ended = decision.status
        entries.push({ what: 'ended', data: { status: decision.status, ...(by ? { by } : {}) } })
        break
    }
  }
  return { state: { ...state, open: [...open, ...begun] }, entries, begun, dropped, ...(ended ? { ended } : {}) }
}

/** Visits whose instant has come. */
export function dueVisits(state: RunState, now: Date): Visit[] {
  return state.open.filter((visit) => visit.until !== undefined && Date.parse(visit.until) <= now.getTime())
}

/** Questions of whose ladder a rung is due, while they are not over. Not before they have been sent. */
export function dueRungs(state: RunState, now: Date): Visit[] {
  const isDue = (instant: string | undefined) => instant !== undefined && Date.parse(instant) <= now.getTime()
  return state.open.filter((visit) => visit.phase === 'asking' && visit.posted && isDue(visit.next) && !isDue(visit.until))
}

/** The next instant at which something in this run is due by itself; undefined when it only waits for people. */
export function nextDue(state: RunState): Date | undefined {
  const instants = state.open.flatMap(({ until, next }) => [until, next].flatMap((at) => (at === undefined ? [] : [Date.parse(at)])))
  return instants.length === 0 ? undefined : new Date(Math.min(...instants))
}

/** True when the visit's other runs are no longer waited for, so that it is to be left. */
export function isToSettle({ children }: Visit): boolean {
  return children !== undefined && isSettled(children)
}

/** `waiting` when nothing in the run is being performed. */
export function statusOf(state: RunState): 'running' | 'waiting' {
  return state.open.every(isWaiting) ? 'waiting' : 'running'
}

function isWaiting({ phase, posted, children }: Visit): boolean {
  if (children) return !isSettled(children)
  return phase === 'waiting' || phase === 'retrying' || (phase === 'asking' && posted === true)
}
