import { dueVisits, isToSettle } from '../../run/progress.ts'
import type { RunImage } from '../../run/turn.ts'
import { loadAsk } from '../store/asks.ts'
import { arrivalsFor, type OpenArrival } from '../store/inbox.ts'
import type { KeptRun } from '../store/runs.ts'
import type { DriveShared } from './drive.ts'
import type { Gathering } from './gathering.ts'
import type { Moves } from './moves.ts'
import type { Offspring } from './offspring.ts'
import type { Questions } from './questions.ts'

/** What a driver takes in for, and where it puts what has come. */
interface Into {
  context: DriveShared
  run: KeptRun
  image: RunImage
  gathering: Gathering
  questions: Questions
  offspring: Offspring
  moves: Moves
}

/** How one driver hears of the world: it gathers what has arrived for its run, once somebody has knocked, and what is due. */
export class Intake {
  readonly #into: Into
  /** How many knocks have been heard, and for how many of them the inbox was looked through. */
  #knocks: number
  #looked: number

  constructor(into: Into) {
    this.#into = into
    const { rev, knocks } = into.run
    this.#knocks = knocks
    // Nothing can have arrived for a run that begins.
    this.#looked = rev === 0 && knocks === 0 ? 0 : -1
  }

  get knocks(): number {
    return this.#knocks
  }

  /** For how many knocks the inbox was looked through; -1 when it is to be looked through whatever was heard. */
  get looked(): number {
    return this.#looked
  }

  /** So many times somebody has knocked by now. */
  knock(knocks: number): void {
    this.#knocks = Math.max(this.#knocks, knocks)
  }

  /** The next look goes to the inbox, whether somebody has knocked or not. */
  doubt(): void {
    this.#looked = -1
  }

  /** Takes in what is due and, if somebody has knocked, what arrived. */
  async look(): Promise<void> {
    const asked = await this.#takeArrivals()
    const late = await this.#takeDue()
    if (asked.size + late.size > 0) await this.#settle(asked, late)
  }

  /** Takes in what has arrived for the run if somebody has knocked. Gives the questions that got answers. */
  async #takeArrivals(): Promise<Set<string>> {
    if (this.#looked >= this.#knocks) return new Set()
    const knocks = this.#knocks
    const asked = await this.#noteArrivals()
    this.#looked = knocks
    return asked
  }

  /** Notes what has arrived since the last look. Gives the questions that got answers. */
  async #noteArrivals(): Promise<Set<string>> {
    const { context, run, gathering, moves, offspring, questions } = this.#into
    const arrivals = await arrivalsFor(context.reads, run.id)
    const asked = new Set<string>()
    for (const arrival of arrivals.filter(({ id }) => !gathering.next.arrivals.includes(id))) {
      if (arrival.kind === 'cancel') gathering.next.happenings.push({ kind: 'cancelled', ...readBy(arrival) })
      else if (arrival.kind === 'move') moves.note(arrival)
      else if (arrival.kind === 'child-ended') offspring.noteEnd(arrival)
      else if (arrival.kind === 'answer') asked.add(await questions.noteAnswer(arrival))
      // A wish to move is dealt with when it is decided.
      if (arrival.kind !== 'move') gathering.next.arrivals.push(arrival.id)
    }
    return asked
  }

  /**
   * Looks whether questions are over: those that got answers, and those whose time is up. An answer given meanwhile would count before it has been
   * noted, and then come too late for the journal: so they are decided only when nothing has arrived since their answers were read.
   */
  async #settle(asked: ReadonlySet<string>, late: ReadonlySet<string>): Promise<void> {
    const { context, questions } = this.#into
    const all = new Set([...asked, ...late])
    for (;;) {
      const read = await Promise.all([...all].map((id) => loadAsk(context.reads, id)))
      const more = await this.#noteArrivals()
      for (const id of more) all.add(id)
      if (more.size > 0) continue
      for (const loaded of read) if (loaded) questions.settle(loaded, late.has(loaded.ask.id))
      return
    }
  }

  /** Takes in what is due. Gives the questions whose time is up. */
  async #takeDue(): Promise<Set<string>> {
    const { context, image, gathering, offspring } = this.#into
    const late = new Set<string>()
    for (const visit of dueVisits(image.state, context.clock.now())) {
      if (visit.phase === 'waiting')
        gathering.next.happenings.push({
          kind: 'left',
          step: visit.step,
          visit: visit.visit,
          exit: visit.exit ?? 'done',
          data: visit.data ?? {},
        })
      else if (visit.phase === 'asking' && visit.ask && visit.posted) late.add(visit.ask)
      else if (visit.phase === 'calling' && !isToSettle(visit)) await offspring.settle(visit, true)
    }
    return late
  }
}

function readBy(arrival: OpenArrival): { by?: { id: string; name: string } } {
  const data = arrival.data as { by?: { id: string; name: string } }
  return data.by ? { by: data.by } : {}
}
