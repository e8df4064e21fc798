import type { Pool, PoolClient } from 'pg'
import type { DriveRequest, Queue } from '../queue.ts'
import { commitRuns, type Committed, type RunCommit } from '../store/commits.ts'
import { transaction } from '../store/transaction.ts'
import { Together } from '../together.ts'
import { tellEnded, type EndedRun } from './ended.ts'
import { outlast } from './patience.ts'

/** A commit of one run with all that belongs into the same transaction. */
export interface Commit {
  run: RunCommit
  /** When the run is to go on by itself. */
  wake?: DriveRequest
  /** The run is over. */
  ended?: EndedRun
  /** Writes what else has changed. */
  write?: (client: PoolClient) => Promise<void>
}

/** Writes the commits of the runs that this process drives, those that come at about the same time in one transaction. */
export class Commits {
  readonly #together: Together<Commit, Committed | undefined>
  readonly #stopping: AbortSignal

  /** `stopping`: when it fires, nothing waits for the database any more. */
  constructor(pool: Pool, queue: Queue, worker: string, stopping: AbortSignal) {
    this.#stopping = stopping
    this.#together = new Together(async (commits) => {
      const committed = await writeCommits(pool, queue, worker, commits)
      return commits.map(({ run }) => committed.get(run.id))
    })
  }

  /**
   * Writes a commit. Undefined when the run has moved on: somebody else drives it, or an earlier try was written after all. While the database is
   * away, the commit waits for it: what it holds has been performed, and would be performed again if it were given up.
   */
  write(commit: Commit): Promise<Committed | undefined> {
    return outlast(this.#stopping, () => this.#together.add(commit))
  }
}

async function writeCommits(pool: Pool, queue: Queue, worker: string, commits: readonly Commit[]): Promise<Map<string, Committed>> {
  const runs = commits.map(({ run }) => run)
  if (!commits.some(({ wake, ended, write }) => wake ?? ended ?? write)) return commitRuns(pool, worker, runs)
  return transaction(pool, async (client) => {
    const committed = await commitRuns(client, worker, runs)
    const written = commits.filter(({ run }) => committed.has(run.id))
    for (const { write } of written) await write?.(client)
    await queue.driveAll(
      client,
      written.flatMap(({ wake }) => wake ?? []),
    )
    await tellEnded(
      queue,
      client,
      written.flatMap(({ ended }) => (ended ? [ended] : [])),
    )
    return committed
  })
}
