import type { Services } from '../../catalogue/services.ts'
import { troubled } from '../../run/perform.ts'
import { dueRungs, isToSettle, type Visit } from '../../run/progress.ts'
import { performVisit, runVisit, toHappening, visitKey, type RunImage } from '../../run/turn.ts'
import { isPassing } from '../database/away.ts'
import type { KeptRun } from '../store/runs.ts'
import type { DriveShared } from './drive.ts'
import type { Gathering } from './gathering.ts'
import type { Offspring } from './offspring.ts'
import { sleep, within } from './patience.ts'
import type { Questions } from './questions.ts'

/** Before a step is performed again that was interrupted because the database was away, in milliseconds. */
const pause = 1_000
/** How long one step may take to be performed, in milliseconds; a call of a web address has 30 seconds. One that hangs for ever would keep its run for ever. */
const longest = 600_000

/** What performing visits needs of the run's driver. */
export interface PerformingParts {
  context: DriveShared
  run: KeptRun
  image: RunImage
  services: Services
  questions: Questions
  offspring: Offspring
  gathering: Gathering
  /** Tells the driver that there is a result. */
  wake: () => void
}

/** The visits of one run that are being performed, all at once and each by itself. */
export class Performing {
  readonly #parts: PerformingParts
  readonly #underway = new Set<string>()

  constructor(parts: PerformingParts) {
    this.#parts = parts
  }

  /** Nothing is under way. */
  get isIdle(): boolean {
    return this.#underway.size === 0
  }

  /** Something should be under way and is not. */
  get hasMore(): boolean {
    return this.#due().length > 0
  }

  /** What came of these visits is being committed. */
  end(keys: readonly string[]): void {
    for (const key of keys) this.#underway.delete(key)
  }

  /** Visits that should be under way and are not: new ones, retries and ladders that are due, and what a dead process left. */
  #due(): Visit[] {
    const now = this.#parts.context.clock.milliseconds()
    const rungs = dueRungs(this.#parts.image.state, new Date(now))
    return this.#parts.image.state.open.filter((visit) => {
      if (this.#underway.has(visitKey(this.#parts.run.id, visit))) return false
      if (visit.phase === 'retrying') return visit.until !== undefined && Date.parse(visit.until) <= now
      if (visit.phase === 'performing' || isToSettle(visit)) return true
      return visit.phase === 'asking' && (!visit.posted || rungs.includes(visit))
    })
  }

  /** Begins what should be under way. Results go to what the next commit gathers. */
  begin(): void {
    for (const visit of this.#due()) {
      const key = visitKey(this.#parts.run.id, visit)
      if (visit.phase === 'retrying')
        this.#parts.image.state = {
          ...this.#parts.image.state,
          open: this.#parts.image.state.open.map((open) => (open === visit ? againOf(visit) : open)),
        }
      this.#underway.add(key)
      void this.#parts.context.slots
        .use(this.#parts.run.missionId, () => this.#perform(visit, key))
        .catch(async (error: unknown) => {
          // The program itself cannot go on. It is performed again after a pause, here or, if the next commit fails too, by another job.
          if (isPassing(error)) await sleep(pause)
          else this.#parts.gathering.next.happenings.push({ ...troubled(error), kind: 'troubled', step: visit.step, visit: visit.visit })
        })
        .then(() => {
          // It stays under way until its result has been taken in, or it would be performed a second time meanwhile.
          this.#parts.gathering.next.performed.push(key)
          this.#parts.wake()
        })
    }
  }

  async #perform(visit: Visit, key: string): Promise<void> {
    if (visit.phase === 'asking') {
      const sending = visit.posted ? this.#parts.questions.climb(visit, key) : this.#parts.questions.post(visit, key)
      return within(this.#parts.context.longest ?? longest, sending)
    }
    if (visit.phase === 'calling') return this.#parts.offspring.settle(visit, false)
    const world = { actions: this.#parts.context.actions, services: this.#parts.services }
    const step = this.#parts.image.mission.steps.find((candidate) => candidate.id === visit.step)
    const action = step && this.#parts.context.actions.get(step.type)
    if (!step || (!action?.asking && !action?.calling)) {
      const happening = await within(this.#parts.context.longest ?? longest, performVisit(this.#parts.image, visit, world))
      // Only now: what was being gathered when the visit began has been committed since.
      this.#parts.gathering.next.happenings.push(happening)
      return
    }
    const performed = await within(this.#parts.context.longest ?? longest, runVisit(this.#parts.image, visit, world))
    if (performed.kind === 'outcome' && 'ask' in performed.outcome)
      return this.#parts.questions.open(visit, action.type, performed.outcome.ask, performed.settings)
    if (performed.kind === 'outcome' && 'runs' in performed.outcome)
      return this.#parts.offspring.open(visit, performed.outcome.runs, performed.settings)
    this.#parts.gathering.next.happenings.push(toHappening(visit, performed))
  }
}

/** A retry that is being performed is due no more. */
function againOf({ step, visit, attempt }: Visit): Visit {
  return { step, visit, attempt, phase: 'performing' }
}
