import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Sql } from './store/transaction.ts'

/** What the rest of the server knows of the queue: that a run can be asked to go on, now or later. */
export interface Queue {
  /** Asks for a run to be driven, in the caller's transaction; at an instant if one is given. */
  drive(sql: Sql, runId: string, at?: Date): Promise<void>
  /** How many jobs wait and how many are being done. */
  depth(): Promise<{ waiting: number; active: number }>
}

/** A queue whose jobs this process does. */
export interface WorkingQueue extends Queue {
  work(concurrency: number, drive: (runId: string, signal: AbortSignal) => Promise<void>): Promise<void>
  /** Stops taking jobs, waits for those being done, gives the rest back. */
  stop(milliseconds: number): Promise<void>
}

const driveJob = 'drive'

/**
 * Ten years: pg-boss deletes jobs still undone some time after they were due (14 days unless told), and a run may well be
 * waiting while nobody starts the program for months.
 */
const keepUndone = 10 * 365 * 86_400

/**
 * Opens the queue: pg-boss on the same Postgres, and the only file that knows it. A killed process's jobs come back once its
 * heartbeat (10 s, pg-boss's minimum) is missed and the supervisor (every second) sees it.
 */
export async function openQueue(url: string, log: Logger): Promise<WorkingQueue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'missions-queue',
    max: 4,
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 60,
    useListenNotify: true,
  })
  boss.on('error', (error) => log.warn({ reason: error.message }, 'the queue had a trouble and goes on'))
  await boss.start()
  const queue = {
    policy: 'standard',
    heartbeatSeconds: 10,
    expireInSeconds: 3_600,
    retryLimit: 1_000_000,
    retryDelay: 1,
    retentionSeconds: keepUndone,
    deleteAfterSeconds: 60,
    notify: true,
  } as const
  await boss.createQueue(driveJob, queue)

  return {
    async drive(sql, runId, at) {
      await boss.send(
        driveJob,
        { run: runId },
        {
          group: { id: runId },
          ...(at ? { startAfter: at } : {}),
          db: { executeSql: (text, values) => sql.query(text, values) },
        },
      )
    },
    async depth() {
      const [stats] = await boss.getQueueStats(driveJob)
      return { waiting: stats?.queuedCount ?? 0, active: stats?.activeCount ?? 0 }
    },
    async work(concurrency, drive) {
      await boss.work<{ run: string }>(
        driveJob,
        // One at a time per run: the fence would refuse a second driver anyway, this spares it the work.
        {
          localConcurrency: concurrency,
          groupConcurrency: 1,
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 1,
          heartbeatRefreshSeconds: 3,
        },
        async (jobs) => {
          for (const job of jobs) await drive(job.data.run, job.signal)
        },
      )
    },
    async stop(milliseconds) {
      await boss.stop({ graceful: true, timeout: milliseconds })
    },
  }
}
