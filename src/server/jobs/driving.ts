import type { RunImage } from '../../run/turn.ts'
import { arrivalsFor, finishLate } from '../store/inbox.ts'
import { isPassing } from '../database/away.ts'
import { cancelAsks } from '../store/asks.ts'
import { cancelChildren } from '../store/children.ts'
import { claimRuns, loadOutputs, type KeptRun } from '../store/runs.ts'
import { transaction } from '../store/transaction.ts'
import { releaseDead, releaseWorker, showWorker } from '../store/workers.ts'
import { Commits } from './commits.ts'
import { Driver, type DriveContext, type DriveShared } from './drive.ts'
import { readImage, unreadable } from './images.ts'
import { patient } from './patience.ts'
import { isDatabaseError } from './receive.ts'
import { Slots } from './slots.ts'

/** Between two tries to go on with a run after a failure (the database was away), in milliseconds: the first, and at most. */
const firstPause = 1_000
const longestPause = 30_000
/** How often a run may fail for another reason than the database's absence before it is ended: with the pauses between, after two minutes. */
const mostFailures = 8

/** How many runs may wait for their first commit before the process takes no more from the queue. */
const mostFresh = 200

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
  /** How often runs have failed in a row. */
  readonly #failures = new Map<string, number>()
  readonly #stopping = new AbortController()
  /** How many runs were taken and have not come to a first commit. */
  #fresh = 0
  /** Those who wait until it takes more: the queue, and drivers whose run is to be read anew. */
  #breathing: (() => void)[] = []
  readonly #mostRuns: number

  /** `concurrency`: how many steps this process performs at the same time. */
  constructor(context: DriveContext, concurrency: number) {
    const { signal } = this.#stopping
    const commits = new Commits(context.pool, context.queue, this.worker, signal)
    this.#context = { ...context, reads: patient(context.pool, signal), commits, slots: new Slots(concurrency) }
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
    this.#fresh++
    // Not once the run is let go: one that fails is taken again, and would wait here for itself.
    void driver.underWay.then(() => {
      this.#fresh--
      for (const breathe of this.#breathing.splice(0)) breathe()
    })
  }

  /** Runs that may be this process's without its knowing, because the database went away while it took them: it looks again. */
  doubt(ids: readonly string[]): void {
    for (const id of ids) this.#doubtful.add(id)
  }

  /** Takes runs that nobody drives and drives them; whoever drives one of the others is made to look again. */
  async take(ids: readonly string[]): Promise<void> {
    // Not more than can be written soon: what is taken first would otherwise keep waiting what has its turn after it.
    while (this.#fresh > mostFresh) await new Promise<void>((breathe) => this.#breathing.push(breathe))
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
    const { pool } = this.#context
    const outputs = await loadOutputs(
      pool,
      runs.map(({ id }) => id),
    )
    for (const run of runs) {
      try {
        const read = await readImage(this.#context, run, outputs.get(run.id) ?? {})
        if (read) this.begin(read.run, read.image)
      } catch (error) {
        if (isPassing(error) || isDatabaseError(error)) throw error
        await this.#giveUp(run, error)
      }
      // At once: its driver may have let it go before the others have been read, and it may be taken again.
      this.#beginning.delete(run.id)
    }
  }

  /** Ends a run that cannot be gone on with. What was done until then is kept, and its journal says why no more is. */
  async #giveUp(run: KeptRun, error: unknown): Promise<void> {
    const { pool, queue, commits, log } = this.#context
    const trouble = unreadable(error)
    log.error({ run: run.id, reason: trouble.what.en }, 'a run was given up')
    const { rows } = await pool.query<{ name: string }>('select name from missions where id = $1', [run.missionId])
    const { id, rev, lastEntry, state } = run
    const arrivals = (await arrivalsFor(pool, id)).map((arrival) => arrival.id)
    await commits.write({
      run: { id, rev, lastEntry, state, status: 'failed', entries: [{ what: 'ended', data: { status: 'failed', trouble } }], arrivals },
      ended: { ...run, name: rows[0]?.name ?? '', status: 'failed' },
      write: async (client) => {
        await cancelAsks(client, id)
        const children = await cancelChildren(client, id, 'all')
        await queue.driveAll(
          client,
          children.map((child) => ({ run: child })),
        )
      },
    })
    // What has come since it was looked for came too late.
    await finishLate(pool, [id])
  }

  async #drive(id: string, driver: Driver): Promise<void> {
    try {
      await driver.drive(this.#stopping.signal)
      if (this.#drivers.get(id) === driver) this.#drivers.delete(id)
      this.#failures.delete(id)
      // By an earlier try of its own, perhaps, of which the database could not tell: then the run is still this process's.
      if (driver.overtaken && !this.#stopping.signal.aborted) await this.take([id])
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown'
      this.#context.log.warn({ run: id, reason }, 'a run could not go on and is tried again')
      const failures = (this.#failures.get(id) ?? 0) + (isPassing(error) ? 0 : 1)
      this.#failures.set(id, failures)
      await this.#again(id, driver, failures < mostFailures ? undefined : error)
    }
  }

  /**
   * Goes on with a run from what is kept of it. What was under way is performed again, with the same keys. With `hopeless`, the reason why it
   * has failed again and again, the run is ended.
   */
  async #again(id: string, driver: Driver, hopeless: unknown): Promise<void> {
    const first = firstPause * 2 ** Math.max(0, (this.#failures.get(id) ?? 0) - 1)
    for (let pause = first; !this.#stopping.signal.aborted; pause *= 2) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, longestPause)).unref())
      try {
        if (this.#drivers.get(id) === driver) this.#drivers.delete(id)
        if (hopeless === undefined) return await this.take([id])
        for (const run of await claimRuns(this.#context.pool, [id], this.worker)) await this.#giveUp(run, hopeless)
        return void this.#failures.delete(id)
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
