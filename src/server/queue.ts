import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Sql } from './store/transaction.ts'

/** A run that is to go on, now or at an instant. */
export interface DriveRequest {
  run: string
  at?: Date
  /** Of which mission it is, where many may be asked for: missions then take turns. */
  mission?: string
}

/** What the rest of the server knows of the queue: that a run can be asked to go on, now or later. */
export interface Queue {
  /** Asks for a run to be driven, in the caller's transaction; at an instant if one is given. */
  drive(sql: Sql, runId: string, at?: Date): Promise<void>
  /** The same for many, in one statement. */
  driveAll(sql: Sql, requests: readonly DriveRequest[]): Promise<void>
}

/** A queue whose jobs this process does. */
export interface WorkingQueue extends Queue {
  /**
   * Hands over the runs that are asked for, up to {@link mostAtOnce} at a time. A job is done when `take` has settled: from then on it is the
   * taker who answers for the run. When it throws, the same runs come again a second later, here or elsewhere.
   */
  work(take: (runIds: readonly string[]) => Promise<void>): Promise<void>
  /** Takes no more jobs, and waits for those being handed over. */
  rest(): Promise<void>
  /** Closes the queue, after so many milliseconds at most. */
  stop(milliseconds: number): Promise<void>
}

const driveJob = 'drive'

/** How many runs are handed over together: one job by one costs three statements each (measured: 500 instead of 5,000 a second). */
const mostAtOnce = 100

/**
 * Ten years: pg-boss deletes jobs still undone some time after they were due (14 days unless told), and a run may well be
 * waiting while nobody starts the program for months.
 */
const keepUndone = 10 * 365 * 86_400

/**
 * Opens the queue: pg-boss on the same Postgres, and, but for its table in store/jobs.ts, the only file that knows it. A job only says that a
 * run is to go on and is done as soon as somebody has taken the run, so it lives for milliseconds.
 */
export async function openQueue(url: string, log: Logger): Promise<WorkingQueue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'missions-queue',
    max: 4,
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 1,
    // A look passes over all jobs, also those that wait (100,000: 90 ms). With the heartbeat's ten seconds, a job whose taker died is back within 15.
    monitorIntervalSeconds: 3,
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
  const alarms = new Alarms()
  const turns = new Turns()

  async function driveAll(sql: Sql, requests: readonly DriveRequest[]): Promise<void> {
    if (requests.length === 0) return
    await boss.insert(
      driveJob,
      requests.map(({ run, at, mission }) => ({
        data: { run },
        ...(at ? { startAfter: at } : {}),
        ...(mission === undefined ? {} : { priority: turns.next(mission, at ?? new Date()) }),
      })),
      { db: { executeSql: (text, values) => sql.query(text, values) } },
    )
    for (const { at } of requests) if (at) alarms.set(at)
  }

  return {
    drive: (sql, run, at) => driveAll(sql, [{ run, ...(at ? { at } : {}) }]),
    driveAll,
    async work(take) {
      const id = await boss.work<{ run: string }>(
        driveJob,
        { batchSize: mostAtOnce, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1, heartbeatRefreshSeconds: 3 },
        async (jobs) => {
          // More are likely to be due: look again without waiting.
          if (jobs.length === mostAtOnce) boss.notifyWorker(id)
          await take([...new Set(jobs.map(({ data }) => data.run))].sort())
        },
      )
      alarms.ring = () => boss.notifyWorker(id)
    },
    async rest() {
      alarms.clear()
      await boss.offWork(driveJob, { wait: true })
    },
    async stop(milliseconds) {
      alarms.clear()
      await boss.stop({ graceful: true, timeout: milliseconds })
    },
  }
}

/** How many runs of one mission may be due in the same second before the next ones stand behind other missions' runs. */
const frontRow = 100
/** How many counts are kept: some 10 MB at most. */
const mostCounts = 100_000

/**
 * Who comes first of what is due: the more runs of a mission are due in the same second, the further back the next of them stands, row behind row, each
 * twice as long as the one before. So a single run of another mission waits behind a hundred at most, not behind ten thousand. Each process counts for
 * itself, which is enough: what it counted stays with the job.
 */
class Turns {
  readonly #counts = new Map<string, number>()

  /** The priority of one more run of a mission that is due at an instant: 0, -1, -2 and so on. */
  next(mission: string, at: Date): number {
    const key = `${mission} ${Math.floor(at.getTime() / 1_000)}`
    const count = this.#counts.get(key) ?? 0
    if (this.#counts.size >= mostCounts) this.#counts.clear()
    this.#counts.set(key, count + 1)
    return -Math.ceil(Math.log2(Math.max(1, (count + 1) / frontRow)))
  }
}

/** Milliseconds: instants this close together share an alarm; later ones than the horizon are left to pg-boss's own look, once a second. */
const resolution = 25
const horizon = 60_000

/** Alarms for the jobs of this process that are due soon: waits of seconds end on time, not at the next look at the table. */
class Alarms {
  ring: () => void = () => {}
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()

  set(at: Date): void {
    const tick = Math.ceil(at.getTime() / resolution)
    const wait = tick * resolution - Date.now()
    if (wait > horizon || this.#timers.has(tick)) return
    const timer = setTimeout(() => {
      this.#timers.delete(tick)
      this.ring()
    }, wait)
    timer.unref()
    this.#timers.set(tick, timer)
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }
}
