import type { Pool, PoolClient } from 'pg'
import type { DriveRequest, Queue } from '../queue.ts'
import { commitRuns, type Committed, type RunCommit } from '../store/runs.ts'
import { transaction } from '../store/transaction.ts'
import { tellEnded, type EndedRun } from './ended.ts'

/** A commit of one run with all that belongs into the same transaction. */
export interface Commit {
  run: RunCommit
  /** When the run is to go on by itself. */
  wake?: Date
  /** The run is over. */
  ended?: EndedRun
  /** Writes what else has changed. */
  write?: (client: PoolClient) => Promise<void>
}

interface Pending {
  commit: Commit
  resolve: (committed: Committed | undefined) => void
  reject: (error: unknown) => void
}

/** How many transactions are open at the same time, and how many runs one may hold. */
const mostOpen = 2
const mostTogether = 50

/**
 * Writes the commits of the runs that this process drives. While transactions are under way, commits gather and go together in the next
 * (measured with 50 together: a sixth of the time); with little to do, each goes at once and alone.
 */
export class Commits {
  readonly #pool: Pool
  readonly #queue: Queue
  readonly #worker: string
  readonly #pending: Pending[] = []
  #open = 0

  constructor(pool: Pool, queue: Queue, worker: string) {
    this.#pool = pool
    this.#queue = queue
    this.#worker = worker
  }

  /** Writes a commit. Undefined when somebody else drives the run: then nothing was written. */
  write(commit: Commit): Promise<Committed | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ commit, resolve, reject })
      if (this.#open < mostOpen) void this.#next()
    })
  }

  async #next(): Promise<void> {
    this.#open++
    // What comes in the same turn of the event loop goes together, too.
    await Promise.resolve()
    for (let together = this.#pending.splice(0, mostTogether); together.length > 0; together = this.#pending.splice(0, mostTogether))
      await this.#settle(together)
    this.#open--
  }

  async #settle(together: readonly Pending[]): Promise<void> {
    try {
      const committed = await this.#writeAll(together.map(({ commit }) => commit))
      for (const { commit, resolve } of together) resolve(committed.get(commit.run.id))
    } catch (error) {
      const [only, ...others] = together
      if (only && others.length === 0) only.reject(error)
      // One that cannot be written must not take the others with it.
      else for (const one of together) await this.#settle([one])
    }
  }

  async #writeAll(commits: readonly Commit[]): Promise<Map<string, Committed>> {
    const runs = commits.map(({ run }) => run)
    if (!commits.some(({ wake, ended, write }) => wake ?? ended ?? write)) return commitRuns(this.#pool, this.#worker, runs)
    return transaction(this.#pool, async (client) => {
      const committed = await commitRuns(client, this.#worker, runs)
      const written = commits.filter(({ run }) => committed.has(run.id))
      for (const { write } of written) await write?.(client)
      await this.#queue.driveAll(
        client,
        written.flatMap(({ run, wake }): DriveRequest[] => (wake ? [{ run: run.id, at: wake }] : [])),
      )
      await tellEnded(
        client,
        written.flatMap(({ ended }) => (ended ? [ended] : [])),
      )
      return committed
    })
  }
}
