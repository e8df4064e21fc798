import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { forgetArrivals } from '../store/inbox.ts'
import { forgetJobs } from '../store/jobs.ts'
import { forgetRuns } from '../store/runs.ts'
import { forgetMissing } from '../store/schedules.ts'

/** What forgetting needs of the process. */
export interface RetentionContext {
  pool: Pool
  log: Logger
  /** Days that runs are kept after they have ended; undefined: for ever. */
  keepRuns: number | undefined
}

/** Rows of one statement: few enough that nobody waits for it. A run has some twenty entries. */
const batch = 200
const batchOfJobs = 2_000

/** Between two looks for jobs of runs that are over, in milliseconds: each look passes over all jobs that wait (100,000 in half a second). */
const jobsEvery = 3_600_000

/**
 * Forgets what is old: arrivals whose identities no redelivery can have any more, notes of missed instants, runs that ended longer ago
 * than they are to be kept, and jobs of runs that are over. Called every minute in every working process; two at once share the work.
 */
export function openRetention({ pool, log, keepRuns }: RetentionContext): () => Promise<void> {
  let jobsLooked = -Infinity
  return async () => {
    await forgetArrivals(pool)
    await forgetMissing(pool)
    if (keepRuns !== undefined) {
      const runs = await all(batch, () => forgetRuns(pool, keepRuns, batch))
      if (runs > 0) log.info({ runs, days: keepRuns }, 'runs that ended long ago were deleted')
    }
    if (performance.now() - jobsLooked > jobsEvery) {
      await all(batchOfJobs, () => forgetJobs(pool, batchOfJobs))
      jobsLooked = performance.now()
    }
  }
}

/** Goes on until a batch is not full. */
async function all(full: number, forget: () => Promise<number>): Promise<number> {
  let forgotten = 0
  for (;;) {
    const count = await forget()
    forgotten += count
    if (count < full) return forgotten
  }
}
