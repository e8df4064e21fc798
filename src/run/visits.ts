import type { TroubleRecord } from '../catalogue/trouble.ts'
import { failedExit, type Mission } from '../mission/mission.ts'
import type { KeptEntry } from './journal.ts'

/** Where a step stands, in the order in which it can come to it. */
export type StepState =
  | 'not-reached'
  | 'skipped'
  | 'performing'
  | 'waiting'
  | 'asking'
  | 'calling'
  | 'retrying'
  | 'done'
  | 'failed'
  | 'cancelled'

/** A person as a journal names one. */
export interface Who {
  id: string
  name: string
}

/** A question as it was put to people. */
export interface Asked {
  at: string
  /** Who was asked by name. Where everybody in the channel may answer, only those who were asked later. */
  people: Who[]
  channel?: Who
  anyone: boolean
  /** Those among them who were asked later, instead of others. */
  later: Who[]
}

/** What somebody answered: buttons by id, and the values of a form. `person` is missing when the answer is anonymous. */
export interface Answered {
  at: string
  person?: Who
  picked: string[]
  values: Record<string, unknown>
}

/** A try that did not work, and when the next one was due. */
export interface FailedTry {
  at: string
  attempt: number
  next: string
  trouble: TroubleRecord
}

/** Runs that a step started: of another mission, or one per item of its list. */
export interface StartedRuns {
  count: number
  ended: number
  /** How many of those that ended did not complete. */
  failed: number
  mission?: Who
}

/** One pass through a step. Instants are ISO texts. */
export interface VisitStory {
  visit: number
  state: Exclude<StepState, 'not-reached' | 'skipped'>
  begun?: string
  left?: string
  exit?: string
  /** The settings after references were filled in. */
  inputs?: Record<string, unknown>
  /** What the step gave to later ones. */
  outputs?: Record<string, unknown>
  asked?: Asked
  /** The newest answer of each person, in the order in which they first answered; anonymous ones one by one. */
  answers: Answered[]
  retries: FailedTry[]
  runs?: StartedRuns
  trouble?: TroubleRecord
  /** While it waits: until when. */
  until?: string
}

/** What became of one step. */
export interface StepStory {
  id: string
  /** The state of the newest visit. */
  state: StepState
  /** Every pass, the first one first; several when a link leads back. */
  visits: VisitStory[]
}

/** States in which a step is under way. */
export const openStates: ReadonlySet<StepState> = new Set<StepState>(['performing', 'waiting', 'asking', 'calling', 'retrying'])

/** What is wrong with a visit now: why it failed, or why it is tried again; undefined when all is well. */
export function troubleOf({ state, trouble, retries }: VisitStory): TroubleRecord | undefined {
  return trouble ?? (state === 'retrying' ? retries.at(-1)?.trouble : undefined)
}

/** Reads a journal step by step. Every step of the mission is in the result, in the mission's order. */
export function foldVisits(mission: Mission, entries: readonly KeptEntry[]): Map<string, StepStory> {
  const steps = new Map(mission.steps.map(({ id }): [string, StepStory] => [id, { id, state: 'not-reached', visits: [] }]))
  for (const entry of entries) {
    if (entry.what === 'ended') for (const step of steps.values()) endStep(step, entry.at)
    if (!('step' in entry)) continue
    const step = steps.get(entry.step) ?? { id: entry.step, state: 'not-reached', visits: [] }
    steps.set(entry.step, step)
    if (entry.what === 'skipped') {
      // A loop's step that was left before keeps what it came to.
      if (step.visits.length === 0) step.state = 'skipped'
      continue
    }
    const visit = visitOf(step, entry.visit)
    takeIn(visit, entry)
    step.state = step.visits.at(-1)?.state ?? visit.state
  }
  return steps
}

/** A run that is over has nothing under way any more, whatever its last entries were. */
function endStep(step: StepStory, at: string): void {
  for (const visit of step.visits.filter(({ state }) => openStates.has(state))) cancel(visit, at)
  step.state = step.visits.at(-1)?.state ?? step.state
}

function visitOf(step: StepStory, number: number): VisitStory {
  const known = step.visits.find(({ visit }) => visit === number)
  if (known) return known
  const visit: VisitStory = { visit: number, state: 'performing', answers: [], retries: [] }
  step.visits.push(visit)
  return visit
}

function cancel(visit: VisitStory, at: string): void {
  visit.state = 'cancelled'
  visit.left = at
  delete visit.until
}

type VisitEntry = Exclude<Extract<KeptEntry, { step: string }>, { what: 'skipped' }>

function takeIn(visit: VisitStory, entry: VisitEntry): void {
  switch (entry.what) {
    case 'begun':
      visit.state = 'performing'
      visit.begun = entry.at
      break
    case 'waiting':
      visit.state = 'waiting'
      visit.until = entry.data.until
      visit.inputs = entry.data.settings
      break
    case 'asked': {
      const { people, channel, anyone, until, settings } = entry.data
      visit.state = 'asking'
      visit.asked = { at: entry.at, people, anyone, later: [], ...(channel ? { channel } : {}) }
      visit.inputs = settings
      if (until !== undefined) visit.until = until
      break
    }
    case 'reminded':
      break
    case 'escalated': {
      const { asked } = visit
      if (!asked) break
      const later = entry.data.people.filter(({ id }) => !asked.people.some((person) => person.id === id))
      visit.asked = { ...asked, people: [...asked.people, ...later], later: [...asked.later, ...later] }
      break
    }
    case 'answered':
      visit.answers = withAnswer(visit.answers, { at: entry.at, ...entry.data })
      break
    case 'called': {
      const { count, until, mission, settings } = entry.data
      visit.state = 'calling'
      visit.runs = { count, ended: 0, failed: 0, ...(mission ? { mission: { id: mission.id, name: mission.name } } : {}) }
      visit.inputs = settings
      if (until !== undefined) visit.until = until
      break
    }
    case 'returned':
      if (visit.runs) {
        visit.runs.ended += 1
        if (entry.data.status !== 'completed') visit.runs.failed += 1
      }
      break
    case 'retrying':
      visit.state = 'retrying'
      visit.until = entry.data.at
      visit.retries.push({ at: entry.at, attempt: entry.data.attempt, next: entry.data.at, trouble: entry.data.trouble })
      break
    case 'left': {
      const { exit, data, settings, trouble } = entry.data
      visit.state = exit === failedExit ? 'failed' : 'done'
      visit.left = entry.at
      visit.exit = exit
      visit.outputs = data
      if (settings) visit.inputs = settings
      if (trouble) visit.trouble = trouble
      delete visit.until
      break
    }
    case 'cancelled':
      cancel(visit, entry.at)
      break
  }
}

function withAnswer(answers: readonly Answered[], answer: Answered): Answered[] {
  const earlier = answer.person ? answers.findIndex(({ person }) => person?.id === answer.person?.id) : -1
  return earlier === -1 ? [...answers, answer] : answers.with(earlier, answer)
}
