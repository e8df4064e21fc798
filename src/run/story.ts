import type { Catalogue } from '../catalogue/catalogue.ts'
import { eachExit } from '../mission/body.ts'
import type { Mission } from '../mission/mission.ts'
import type { Words } from '../mission/words.ts'
import { causeOf } from './cause.ts'
import type { KeptEntry, RunStatus } from './journal.ts'
import type { Reader } from './particulars.ts'
import { tellMoments, type Moment } from './sentences.ts'
import { foldVisits, openStates, type StepStory, type Who } from './visits.ts'
import { waitingOf, type Waiting } from './waiting.ts'

/** What a story is told from: a journal, the mission as it was (its version), what can be in a mission, and for whom. */
export interface Telling {
  entries: readonly KeptEntry[]
  mission: Mission
  catalogue: Catalogue
  reader: Reader
}

/**
 * What became of one link: followed, never to be followed in this run (its step left by another exit, was skipped or
 * cancelled, another trigger fired), or still open.
 */
export type LinkState = 'taken' | 'dead' | 'open'

/** A run as its reader understands it. Instants are ISO texts. */
export interface Story {
  status: RunStatus
  /** What started it, in words. */
  cause: Words
  /** The trigger that fired, and what it gave. */
  trigger?: { id: string; data: Record<string, unknown> }
  started?: string
  ended?: string
  /** Who cancelled it, if somebody did. */
  cancelledBy?: Who
  /** Every step of the mission, in its order. */
  steps: ReadonlyMap<string, StepStory>
  /** What became of each link, in the order of the mission's links. */
  links: readonly LinkState[]
  moments: readonly Moment[]
  waiting: readonly Waiting[]
  /** Number of the newest entry; 0 for an empty journal. */
  last: number
  /** The same run as it was right after entry `number` had been written. */
  at: (number: number) => Story
}

/** Tells what a journal means. Pure: the same entries and version always give the same story. */
export function tellStory(telling: Telling): Story {
  const { entries, mission, catalogue, reader } = telling
  const steps = foldVisits(mission, entries)
  const started = entries.find((entry) => entry.what === 'started')
  const ended = entries.find((entry) => entry.what === 'ended')
  const fired = mission.triggers.find(({ id }) => id === started?.data.trigger)
  return {
    status: ended?.data.status ?? standing(steps.values()),
    cause: causeOf(fired, started?.data.data ?? {}, catalogue),
    ...(started ? { started: started.at, trigger: { id: started.data.trigger, data: started.data.data } } : {}),
    ...(ended ? { ended: ended.at } : {}),
    ...(ended?.data.by ? { cancelledBy: ended.data.by } : {}),
    steps,
    links: linkStates(mission, steps, started?.data.trigger, ended !== undefined),
    moments: tellMoments(entries, { mission, catalogue, steps, reader }),
    waiting: waitingOf(steps.values()),
    last: entries.at(-1)?.number ?? 0,
    at: (number) => tellStory({ ...telling, entries: entries.filter((entry) => entry.number <= number) }),
  }
}

/** `waiting` when something is under way and none of it is being performed. */
function standing(steps: Iterable<StepStory>): 'running' | 'waiting' {
  const open = [...steps].flatMap(({ visits }) => visits.filter(({ state }) => openStates.has(state)))
  return open.length > 0 && open.every(({ state }) => state !== 'performing') ? 'waiting' : 'running'
}

function linkStates(mission: Mission, steps: ReadonlyMap<string, StepStory>, trigger: string | undefined, over: boolean): LinkState[] {
  const triggers = new Set(mission.triggers.map(({ id }) => id))
  return mission.links.map(({ from, exit }) => {
    if (trigger === undefined) return 'open'
    if (triggers.has(from)) return from === trigger ? 'taken' : 'dead'
    const step = steps.get(from)
    if (exit === eachExit && step?.visits.some(({ runs }) => runs)) return 'taken'
    if (step?.visits.some((visit) => visit.exit === exit)) return 'taken'
    return over || step?.state === 'skipped' || step?.visits.at(-1)?.left !== undefined ? 'dead' : 'open'
  })
}
