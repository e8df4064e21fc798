import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Action } from '../../catalogue/define.ts'
import { troubled } from '../../run/perform.ts'
import { dueVisits, nextDue, statusOf, type Visit } from '../../run/progress.ts'
import { performVisit, runVisit, takeTurn, toHappening, visitKey, type RunImage } from '../../run/turn.ts'
import type { Queue } from '../queue.ts'
import { openServices, type SharedServices } from '../services/services.ts'
import { arrivalsFor, finishArrivals, type OpenArrival } from '../store/inbox.ts'
import { commitRun, isEnded, loadOutputs, loadRun, type KeptRun } from '../store/runs.ts'
import { transaction } from '../store/transaction.ts'
import type { Versions } from '../store/versions.ts'
import { tellEnded } from './ended.ts'
import { Gathering } from './gathering.ts'
import { Questions } from './questions.ts'

/** What driving runs needs of the process. */
export interface DriveContext {
  pool: Pool
  log: Logger
  queue: Queue
  versions: Versions
  shared: SharedServices
  actions: ReadonlyMap<string, Action>
}

/** How often a run that is busy performing looks whether an answer has come meanwhile, in milliseconds. */
const glance = 500

/**
 * Drives one run as far as it goes: takes in what arrived and what is due, commits, performs what was begun (all of it at
 * once) and commits each result as it comes, until the run only waits or is over. A second driver of the same run is fenced
 * out at its first commit. When `signal` fires, nothing new is begun and the job goes back to the queue.
 */
export async function driveRun(context: DriveContext, runId: string, signal: AbortSignal): Promise<void> {
  const run = await loadRun(context.pool, runId)
  if (!run) return
  if (isEnded(run.status)) {
    const late = await arrivalsFor(context.pool, runId)
    await finishArrivals(
      context.pool,
      late.map((arrival) => arrival.id),
    )
    return
  }
  const version = await context.versions.load(context.pool, run.versionId)
  if (!version) return
  const image: RunImage = {
    id: run.id,
    mission: version.mission,
    compiled: context.versions.compiled(version, run.trigger),
    state: run.state,
    trigger: run.data,
    outputs: await loadOutputs(context.pool, runId),
    started: run.started,
    workspace: { name: run.workspace.name },
  }
  await new Driver(context, run, image).drive(signal)
}

/** One run being driven by this process. */
class Driver {
  readonly #context: DriveContext
  readonly #run: KeptRun
  readonly #image: RunImage
  readonly #services: ReturnType<typeof openServices>
  readonly #questions: Questions
  readonly #gathering = new Gathering()
  readonly #underway = new Set<string>()
  /** When the run was loaded, as this process counts milliseconds. */
  readonly #loaded = performance.now()
  #rev: number
  #lastEntry: number
  #wake: () => void = () => {}
  #over = false

  constructor(context: DriveContext, run: KeptRun, image: RunImage) {
    this.#context = context
    this.#run = run
    this.#image = image
    this.#rev = run.rev
    this.#lastEntry = run.lastEntry
    const whose = { id: run.id, workspaceId: run.workspaceId, sender: image.mission.name }
    this.#services = openServices(context.shared, whose, () => new Date(this.#now()))
    this.#questions = new Questions(context, run, image, this.#services, this.#gathering)
  }

  /**
   * The time in milliseconds, by the database's clock, which also wakes runs. A machine whose own clock is behind would otherwise
   * find nothing due when it is woken, and let go of the run for ever.
   */
  #now(): number {
    return this.#run.now.getTime() + Math.floor(performance.now() - this.#loaded)
  }

  async drive(signal: AbortSignal): Promise<void> {
    await this.#takeArrivals()
    await this.#takeDue()
    this.#performOpen()
    for (;;) {
      // The instant it was woken for may have been another one's than the next that is due.
      while (!this.#gathering.isEmpty || this.#nextWake()) {
        const written = await this.#commit()
        if (!written || this.#over) return
        this.#performOpen()
      }
      if (this.#underway.size === 0) {
        // Look again before letting go: an answer may have come during the last commit.
        await this.#takeArrivals()
        await this.#takeDue()
        this.#performOpen()
        if (this.#gathering.isEmpty && this.#underway.size === 0) return
        continue
      }
      if (signal.aborted) throw new Error('The program is stopping; the run goes on elsewhere.')
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
    if (come) return
    await this.#takeArrivals()
    await this.#takeDue()
  }

  async #takeArrivals(): Promise<void> {
    const arrivals = await arrivalsFor(this.#context.pool, this.#run.id)
    const asked = new Set<string>()
    for (const arrival of arrivals.filter(({ id }) => !this.#gathering.next.arrivals.includes(id))) {
      this.#gathering.next.arrivals.push(arrival.id)
      if (arrival.kind === 'cancel') this.#gathering.next.happenings.push({ kind: 'cancelled', ...readBy(arrival) })
      else if (arrival.kind === 'answer') asked.add(await this.#questions.noteAnswer(arrival))
    }
    for (const id of asked) await this.#questions.settle(id, false)
  }

  async #takeDue(): Promise<void> {
    for (const visit of dueVisits(this.#image.state, new Date(this.#now()))) {
      if (visit.phase === 'waiting')
        this.#gathering.next.happenings.push({
          kind: 'left',
          step: visit.step,
          visit: visit.visit,
          exit: visit.exit ?? 'done',
          data: visit.data ?? {},
        })
      else if (visit.phase === 'asking' && visit.ask && visit.posted) await this.#questions.settle(visit.ask, true)
    }
  }

  /** Begins everything that should be under way and is not: new visits, retries that are due, and what a dead process left. */
  #performOpen(): void {
    const now = this.#now()
    for (const visit of this.#image.state.open) {
      const key = visitKey(this.#run.id, visit)
      if (this.#underway.has(key)) continue
      const retryDue = visit.phase === 'retrying' && visit.until !== undefined && Date.parse(visit.until) <= now
      const unposted = visit.phase === 'asking' && !visit.posted
      if (visit.phase !== 'performing' && !retryDue && !unposted) continue
      if (retryDue)
        this.#image.state = { ...this.#image.state, open: this.#image.state.open.map((open) => (open === visit ? againOf(visit) : open)) }
      this.#underway.add(key)
      void this.#performOne(visit, key)
        .catch((error: unknown) => {
          this.#gathering.next.happenings.push({ ...troubled(error), kind: 'troubled', step: visit.step, visit: visit.visit })
        })
        .then(() => {
          // It stays under way until its result has been taken in, or it would be performed a second time meanwhile.
          this.#gathering.next.performed.push(key)
          this.#wake()
        })
    }
  }

  async #performOne(visit: Visit, key: string): Promise<void> {
    if (visit.phase === 'asking') return this.#questions.post(visit, key)
    const world = { actions: this.#context.actions, services: this.#services }
    const step = this.#image.mission.steps.find((candidate) => candidate.id === visit.step)
    const action = step && this.#context.actions.get(step.type)
    if (!step || !action?.asking) {
      const happening = await performVisit(this.#image, visit, world)
      // Only now: what was being gathered when the visit began has been committed since.
      this.#gathering.next.happenings.push(happening)
      return
    }
    const performed = await runVisit(this.#image, visit, world)
    if (performed.kind === 'trouble' || !('ask' in performed.outcome)) {
      this.#gathering.next.happenings.push(toHappening(visit, performed))
      return
    }
    await this.#questions.open(visit, action.type, performed.outcome.ask, performed.settings)
  }

  /** Takes a turn over everything gathered and commits it. False when another driver has overtaken this one. */
  async #commit(): Promise<boolean> {
    const gathered = this.#gathering.take()
    const { pool, queue } = this.#context
    const turn = await takeTurn(this.#image, undefined, gathered.happenings, { actions: this.#context.actions, services: this.#services })
    for (const key of gathered.performed) this.#underway.delete(key)
    await this.#questions.drop(turn.dropped, gathered)
    const wake = this.#nextWake()
    if (wake) this.#image.state = { ...this.#image.state, wake: wake.toISOString() }
    const status = turn.ended ?? statusOf(this.#image.state)
    const commit = {
      id: this.#run.id,
      rev: this.#rev,
      lastEntry: this.#lastEntry,
      state: this.#image.state,
      status,
      entries: turn.entries,
      arrivals: gathered.arrivals,
    }
    const plain = !wake && !turn.ended && gathered.opened.length + gathered.ended.length + gathered.posted.length === 0
    const written = plain
      ? await commitRun(pool, commit)
      : await transaction(pool, async (client) => {
          if (!(await commitRun(client, commit))) return false
          await this.#questions.write(client, gathered)
          if (wake) await queue.drive(client, this.#run.id, wake)
          if (turn.ended) await tellEnded(client, [{ ...this.#run, name: this.#image.mission.name, status: turn.ended }])
          return true
        })
    if (!written) return false
    this.#rev += 1
    this.#lastEntry += turn.entries.length
    this.#over = turn.ended !== undefined
    await this.#questions.redraw(gathered)
    return true
  }

  /** The instant to be woken at, if none is scheduled for it yet. What is due already is taken in before this drive ends. */
  #nextWake(): Date | undefined {
    const due = nextDue(this.#image.state)
    const now = this.#now()
    if (!due || due.getTime() <= now) return undefined
    const { wake } = this.#image.state
    const scheduled = wake === undefined ? 0 : Date.parse(wake)
    return scheduled > now && scheduled <= due.getTime() ? undefined : due
  }
}

/** A retry that is being performed is due no more. */
function againOf({ step, visit, attempt }: Visit): Visit {
  return { step, visit, attempt, phase: 'performing' }
}

function readBy(arrival: OpenArrival): { by?: { id: string; name: string } } {
  const data = arrival.data as { by?: { id: string; name: string } }
  return data.by ? { by: data.by } : {}
}
