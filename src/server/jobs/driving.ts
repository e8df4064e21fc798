import type { RunImage } from '../../run/turn.ts'
import { finishLate } from '../store/inbox.ts'
import { loadLine } from '../store/children.ts'
import { claimRuns, loadOutputs, type KeptRun } from '../store/runs.ts'
import { transaction } from '../store/transaction.ts'
import { releaseDead, releaseWorker, showWorker } from '../store/workers.ts'
import { Commits } from './commits.ts'
import { Driver, type DriveContext, type DriveShared } from './drive.ts'
import { Slots } from './slots.ts'

/** Between two tries to go on with a run after a failure (the database was away), in milliseconds: the first, and at most. */
const firstPause = 1_000
const longestPause = 30_000

/** How many runs a process takes for each step that it may perform at the same time: those beyond it wait in memory for a slot. */
const runsPerSlot = 20

/**
 * The runs that this process drives. It holds a run from the moment it is taken (`run_states.worker`) until its driver lets it go. A process that
 * shows no sign of life for eight seconds loses its runs to others, see `store/workers.ts`.
 */
export class Driving {
  /** Under which name this process takes runs. */
  readonly worker = crypto.randomUUID()
  readonly #context: DriveShared
  readonly #drivers = new Map<string, Driver>()
  /** Taken, and being read. */
  readonly #beginning = new Set<string>()
  readonly #doubtful = new Set<string>()
  readonly #stopping = new AbortController()
  readonly #mostRuns: number

  /** `concurrency`: how many steps this process performs at the same time. */
  constructor(context: DriveContext, concurrency: number) {
    const commits = new Commits(context.pool, context.queue, this.worker, this.#stopping.signal)
    this.#context = { ...context, commits, slots: new Slots(concurrency) }
    this.#mostRuns = concurrency * runsPerSlot
  }

  /** How many runs this process drives, and how many steps it is performing at this moment. */
  get load(): { runs: number; steps: number } {
    return { runs: this.#drivers.size, steps: this.#context.slots.active }
  }

  /** How many more runs this process takes. */
  get room(): number {
    return this.#stopping.signal.aborted ? 0 : Math.max(0, this.#mostRuns - this.#drivers.size)
  }

  /** Missions that have more than three quarters of the runs of a process that is half full: what starts them can wait. */
  get full(): string[] {
    if (this.#drivers.size < this.#mostRuns / 2) return []
    const counts = new Map<string, number>()
    for (const { mission } of this.#drivers.values()) counts.set(mission, (counts.get(mission) ?? 0) + 1)
    return [...counts].filter(([, count]) => count > this.#drivers.size * 0.75).map(([mission]) => mission)
  }

  /** Drives a run that was taken already. */
  begin(run: KeptRun, image: RunImage): void {
    const driver = new Driver(this.#context, run, image)
    this.#drivers.set(run.id, driver)
    void this.#drive(run.id, driver)
  }

  /** Runs that may be this process's without its knowing, because the database went away while it took them: it looks again. */
  doubt(ids: readonly string[]): void {
    for (const id of ids) this.#doubtful.add(id)
  }

  /** Takes runs that nobody drives and drives them; whoever drives one of the others is made to look again. */
  async take(ids: readonly string[]): Promise<void> {
    try {
      await this.#take(ids)
    } catch (error) {
      this.doubt(ids)
      throw error
    }
  }

  async #take(ids: readonly string[]): Promise<void> {
    const { pool } = this.#context
    const asked = performance.now()
    const claimed = await claimRuns(pool, ids, this.worker)
    // Whatever they are to be woken for has come, by the clock that woke them.
    for (const { now } of claimed) this.#context.clock.hear(now.getTime(), asked)
    if (claimed.length < ids.length) await finishLate(pool, ids)
    const fresh = claimed.filter((run) => {
      const driver = this.#drivers.get(run.id)
      if (driver === undefined || driver.over) {
        // Two may take the same run at the same time: what the later one has come for is found by the look that every driver begins with.
        return !this.#beginning.has(run.id)
      }
      driver.knock(run.knocks)
      return false
    })
    for (const { id } of fresh) this.#beginning.add(id)
    try {
      await this.#beginAll(fresh)
    } finally {
      for (const { id } of fresh) this.#beginning.delete(id)
    }
  }

  async #beginAll(runs: readonly KeptRun[]): Promise<void> {
    if (runs.length === 0) return
    const { pool, versions } = this.#context
    const outputs = await loadOutputs(
      pool,
      runs.map(({ id }) => id),
    )
    for (const run of runs) {
      const version = await versions.load(pool, run.versionId)
      // The mission was deleted meanwhile, and the run with it.
      if (!version) continue
      this.begin(run, {
        id: run.id,
        mission: version.mission,
        compiled: versions.compiled(version, run.trigger),
        state: run.state,
        ...(await loadLine(pool, run)),
        depth: run.depth,
        outputs: outputs.get(run.id) ?? {},
        started: run.started,
        workspace: { name: run.workspace.name },
      })
    }
  }

  async #drive(id: string, driver: Driver): Promise<void> {
    try {
      await driver.drive(this.#stopping.signal)
      if (this.#drivers.get(id) === driver) this.#drivers.delete(id)
      // By an earlier try of its own, perhaps, of which the database could not tell: then the run is still this process's.
      if (driver.overtaken && !this.#stopping.signal.aborted) await this.take([id])
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown'
      this.#context.log.warn({ run: id, reason }, 'a run could not go on and is tried again')
      await this.#again(id, driver)
    }
  }

  /** Goes on with a run from what is kept of it. What was under way is performed again, with the same keys. */
  async #again(id: string, driver: Driver): Promise<void> {
    for (let pause = firstPause; !this.#stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
      try {
        if (this.#drivers.get(id) === driver) this.#drivers.delete(id)
        return await this.take([id])
      } catch (error) {
        if (!this.#drivers.has(id)) this.#drivers.set(id, driver)
        this.#context.log.warn({ run: id, reason: error instanceof Error ? error.message : 'unknown' }, 'a run still cannot go on')
      }
    }
  }

  /** Shows that this process is alive, and gives the runs of those that are not to whoever is free. */
  async showLife(): Promise<void> {
    const { pool, queue, log } = this.#context
    const asked = performance.now()
    this.#context.clock.hear(await showWorker(pool, this.worker), asked)
    const left = await transaction(pool, async (client) => {
      const runs = await releaseDead(client)
      await queue.driveAll(
        client,
        runs.map((run) => ({ run })),
      )
      return runs
    })
    if (left.length > 0) log.warn({ runs: left.length }, 'a worker has died; its runs go on elsewhere')
    const doubtful = [...this.#doubtful]
    this.#doubtful.clear()
    if (doubtful.length > 0) await this.take(doubtful)
  }

  /** Stops driving after the commits under way, within so many milliseconds, and gives the runs back. */
  async stop(milliseconds: number): Promise<void> {
    this.#stopping.abort()
    const end = Date.now() + milliseconds
    while (this.#drivers.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
    const { pool, queue } = this.#context
    await transaction(pool, async (client) => {
      const runs = await releaseWorker(client, this.worker)
      await queue.driveAll(
        client,
        runs.map((run) => ({ run })),
      )
    })
  }
}
