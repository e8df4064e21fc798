import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Action, TriggerType } from '../../catalogue/define.ts'
import { dueVisits, nextDue, statusOf } from '../../run/progress.ts'
import { takeTurn, type RunImage, type Turn } from '../../run/turn.ts'
import type { DatabaseClock } from '../clock.ts'
import type { Queue } from '../queue.ts'
import type { Counts } from './counts.ts'
import { openServices, type SharedServices } from '../services/services.ts'
import { finishLate } from '../store/inbox.ts'
import { keepMove } from '../store/moves.ts'
import type { KeptRun } from '../store/runs.ts'
import type { Sql } from '../store/transaction.ts'
import type { Versions } from '../store/versions.ts'
import type { Commits } from './commits.ts'
import { Gathering } from './gathering.ts'
import { Intake } from './intake.ts'
import { Moves } from './moves.ts'
import { Offspring } from './offspring.ts'
import { Performing } from './performing.ts'
import { Questions } from './questions.ts'
import type { Slots } from './slots.ts'

/** What driving runs needs of the process. */
export interface DriveContext {
  pool: Pool
  log: Logger
  queue: Queue
  /** By which runs are due. */
  clock: DatabaseClock
  versions: Versions
  shared: SharedServices
  actions: ReadonlyMap<string, Action>
  /** How long one step may take to be performed, in milliseconds; 10 minutes when absent. */
  longest?: number
  triggers: ReadonlyMap<string, TriggerType>
  counts: Counts
}

/** What the drivers of one process share. */
export interface DriveShared extends DriveContext {
  /** Where drivers read: the absence of the database is waited for there, or steps whose results they hold would be performed again. */
  reads: Sql
  commits: Commits
  slots: Slots
}

/** How often a run that is busy performing looks whether an answer has come meanwhile, in milliseconds. */
const glance = 500
/**
 * How far the clock of this process may be behind the database's, in milliseconds (the way from there is as long as the database is busy). A
 * wake-up that is due sooner may be the very one that has come: taking it for still to come, the run would be let go of for ever.
 */
const mostBehind = 60_000

/**
 * One run being driven by this process, as far as it goes: it takes in what arrived and what is due, commits, performs what was begun
 * (all of it at once) and commits each result as it comes, until the run only waits or is over. Another driver of the same run is fenced
 * out at its first commit.
 */
export class Driver {
  readonly #context: DriveShared
  readonly #run: KeptRun
  readonly #image: RunImage
  readonly #services: ReturnType<typeof openServices>
  readonly #questions: Questions
  readonly #offspring: Offspring
  readonly #gathering = new Gathering()
  readonly #started = Promise.withResolvers<void>()
  readonly #performing: Performing
  readonly #moves: Moves
  readonly #intake: Intake
  #rev: number
  #lastEntry: number
  #wake: () => void = () => {}
  #over = false
  #overtaken = false
  /** The instant for which a wake-up is known to be scheduled; 0 when none is. */
  #scheduled: number

  constructor(context: DriveShared, run: KeptRun, image: RunImage) {
    this.#context = context
    this.#run = run
    this.#image = image
    this.#rev = run.rev
    this.#lastEntry = run.lastEntry
    const wake = run.state.wake === undefined ? 0 : Date.parse(run.state.wake)
    const begins = run.rev === 0 && run.knocks === 0
    this.#scheduled = begins || wake > context.clock.milliseconds() + mostBehind ? wake : 0
    const whose = { id: run.id, workspaceId: run.workspaceId, sender: image.mission.name }
    this.#services = openServices(context.shared, whose, () => context.clock.now())
    const [gathering, services] = [this.#gathering, this.#services]
    const questions = new Questions(context, run, image, services, gathering)
    const offspring = new Offspring(context, run, image, gathering)
    const moves = new Moves(context, run)
    this.#intake = new Intake({ context, run, image, gathering, questions, offspring, moves })
    this.#performing = new Performing({ context, run, image, services, questions, offspring, gathering, wake: () => this.#wake() })
    this.#questions = questions
    this.#offspring = offspring
    this.#moves = moves
  }

  get mission(): string {
    return this.#run.missionId
  }

  /** What it knows of the run is not what is kept any more: its last commit was not written, or it moved the run to another version. */
  get overtaken(): boolean {
    return this.#overtaken
  }

  /** It has let go of the run: somebody else may drive it, or this process anew. */
  get over(): boolean {
    return this.#over
  }

  /** Something has come for the run: it looks again before it lets go. */
  knock(knocks: number): void {
    this.#intake.knock(knocks)
    this.#wake()
  }

  /** Settles once the driver has come to its first commit, has to wait for something, or cannot go on. */
  get underWay(): Promise<void> {
    return this.#started.promise
  }

  /**
   * Drives until the run is let go, is over or belongs to another driver. When `signal` fires, it begins nothing more and stops when what is under
   * way has come to an end and is kept, without letting go: given up, it would be performed again elsewhere.
   */
  async drive(signal: AbortSignal): Promise<void> {
    try {
      await this.#drive(signal)
    } finally {
      this.#started.resolve()
    }
  }

  async #drive(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#intake.look()
      if (signal.aborted && this.#performing.isIdle && this.#gathering.isEmpty) return
      if (!this.#moves.isWished) {
        if (!signal.aborted) this.#performing.begin()
      } else if (this.#performing.isIdle && this.#gathering.isEmpty && (await this.#move())) return
      // The instant it was woken for may have been another one's than the next that is due.
      const idle = this.#performing.isIdle
      if (!this.#gathering.isEmpty || idle || this.#nextWake()) {
        if (await this.#commit()) return
        this.#started.resolve()
        continue
      }
      this.#started.resolve()
      await this.#nextResult(signal)
    }
  }

  /** Waits for a result of something under way, or glances at the inbox. */
  async #nextResult(signal: AbortSignal): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = () => this.#wake()
    const come = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), glance)
      this.#wake = () => resolve(true)
      signal.addEventListener('abort', stop, { once: true })
    })
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    this.#wake = () => {}
    if (!come) this.#intake.doubt()
  }

  /** Moves the run to the version that somebody wishes, if it can. True when it has: then it goes on anew from what is kept, whoever drives it. */
  async #move(): Promise<boolean> {
    const { arrivals, newest } = this.#moves.take()
    this.#gathering.next.arrivals.push(...arrivals)
    const moved = await this.#moves.decide(newest, this.#image)
    if (!moved) return false
    const { state, version, entry } = moved
    const { id } = this.#run
    await this.#context.commits.write({
      run: { id, rev: this.#rev, lastEntry: this.#lastEntry, state, status: statusOf(state), entries: [entry], arrivals },
      write: (client) => keepMove(client, id, version),
    })
    return (this.#over = this.#overtaken = true)
  }

  /** Takes a turn over everything gathered and commits it. True when this driver has nothing more to do. */
  async #commit(): Promise<boolean> {
    const gathered = this.#gathering.take()
    const world = { actions: this.#context.actions, services: this.#services }
    const turn = await takeTurn(this.#image, undefined, gathered.happenings, world)
    const { begun, troubles } = await this.#offspring.begin(turn.entries)
    if (troubles.length > 0) addTurn(turn, await takeTurn(this.#image, undefined, troubles, world))
    this.#performing.end(gathered.performed)
    await this.#questions.drop(turn.dropped, gathered)
    if (turn.ended) gathered.arrivals.push(...this.#moves.take().arrivals)
    const wake = turn.ended ? undefined : this.#nextWake()
    if (wake) {
      this.#image.state = { ...this.#image.state, wake: wake.toISOString() }
      this.#scheduled = wake.getTime()
    }
    const family = { begun, dropped: turn.dropped, cancelled: turn.ended === 'cancelled' }
    const status = turn.ended ?? statusOf(this.#image.state)
    const asks = gathered.opened.length + gathered.ended.length + gathered.posted.length + gathered.climbed.length > 0
    const idle =
      !this.#moves.isWished &&
      this.#performing.isIdle &&
      !this.#performing.hasMore &&
      dueVisits(this.#image.state, this.#context.clock.now()).length === 0
    const asked = performance.now()
    const committed = await this.#context.commits.write({
      run: {
        id: this.#run.id,
        rev: this.#rev,
        lastEntry: this.#lastEntry,
        state: this.#image.state,
        status,
        entries: turn.entries,
        arrivals: gathered.arrivals,
        ...(idle ? { release: this.#intake.looked } : {}),
      },
      ...(wake ? { wake: { run: this.#run.id, at: wake, mission: this.#run.missionId } } : {}),
      ...(turn.ended ? { ended: { ...this.#run, name: this.#image.mission.name, status: turn.ended } } : {}),
      ...(asks || this.#offspring.concerns(family)
        ? {
            write: async (client) => {
              await this.#questions.write(client, gathered)
              await this.#offspring.write(client, family)
            },
          }
        : {}),
    })
    if (!committed) return (this.#over = this.#overtaken = true)
    this.#context.clock.hear(committed.now.getTime(), asked)
    this.#context.counts.committed({ entries: turn.entries, status }, this.#image.mission)
    // What has come since the last look came too late, and nobody else will look: whoever was asked to has only knocked.
    if (turn.ended && committed.knocks > this.#intake.looked) await finishLate(this.#context.reads, [this.#run.id])
    this.#rev += 1
    this.#lastEntry += turn.entries.length
    // A knock that was heard but not counted came after the run was let go, and took it again for this process.
    this.#over = committed.released && this.#intake.knocks <= committed.knocks
    this.#intake.knock(committed.knocks)
    await this.#questions.redraw(gathered)
    return this.#over
  }

  /** The instant to be woken at, if none is scheduled for it yet. What is due already is taken in before this drive ends. */
  #nextWake(): Date | undefined {
    const due = nextDue(this.#image.state)
    const now = this.#context.clock.milliseconds()
    if (!due || due.getTime() <= now) return undefined
    return this.#scheduled > now && this.#scheduled <= due.getTime() ? undefined : due
  }
}

/** Adds what a second turn of the same commit came to. */
function addTurn(turn: Turn, more: Turn): void {
  turn.entries.push(...more.entries)
  turn.dropped.push(...more.dropped)
  if (more.ended) turn.ended = more.ended
}
