import { hkdfSync } from 'node:crypto'
import pg from 'pg'
import { catalogue } from '../catalogue/catalogue.ts'
import { Arrivals } from './arrivals.ts'
import { authenticateBySupabase, authenticateLocally } from './authenticate.ts'
import { measureBacklog } from './backlog.ts'
import { DatabaseClock } from './clock.ts'
import type { Context } from './context.ts'
import type { Database } from './database/open.ts'
import { version } from './house.ts'
import { openCounts } from './jobs/counts.ts'
import { beginRun } from './jobs/begin.ts'
import { startWork, type Work } from './jobs/work.ts'
import { openLive } from './live.ts'
import type { Logger } from './log.ts'
import { openMetrics } from './metrics.ts'
import { openQueue } from './queue.ts'
import { openHttp } from './services/http.ts'
import { openMail } from './services/mail.ts'
import type { Settings } from './settings.ts'
import { makeRooms } from './store/rooms.ts'
import { rememberVersions } from './store/versions.ts'

/** The parts of a running process, put together. */
export interface Assembly {
  context: Context
  /** Starts doing the work of runs in this process. */
  work(): Promise<void>
  /** Takes nothing new, finishes or hands back what is being done within so many milliseconds, and closes everything it opened. */
  close(milliseconds: number): Promise<void>
}

/** How many sessions with the database a process opens at most, beside the queue's four and the two that listen. Commits go together, so more would not help. */
const mostSessions = 20

/** Puts the parts of a process together on an open and migrated database. */
export async function assemble(settings: Settings & { publicUrl: string }, database: Database, log: Logger): Promise<Assembly> {
  const pool = new pg.Pool({
    connectionString: database.url,
    application_name: 'missions',
    max: mostSessions,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  let serving = true
  pool.on('error', (error) => {
    // Sessions that are still saying goodbye when the embedded database ends are no news.
    if (serving) log.warn({ reason: error.message }, 'a database session broke')
  })
  // The pool listens only to idle sessions; one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const queue = await openQueue(database.url, log)
  const live = await openLive({ url: database.url, pool, log })
  const metrics = openMetrics()
  measureBacklog(metrics.registry, pool)
  const counts = openCounts(metrics.registry)
  metrics.gauge('missions_database_sessions', 'Sessions of this process with the database', () => pool.totalCount)

  let work: Work | undefined
  metrics.gauge('missions_runs_driven', 'Runs this process drives at this moment', () => work?.load.runs ?? 0)
  metrics.gauge('missions_steps_active', 'Steps this process is performing at this moment', () => work?.load.steps ?? 0)
  metrics.gauge('missions_steps_active_max', 'Steps this process may perform at the same time (CONCURRENCY)', () =>
    work ? settings.concurrency : 0,
  )

  const { embedded } = database
  const root = embedded?.secrets.root ?? settings.supabase?.secretKey ?? ''
  const context: Context = {
    settings,
    pool,
    log,
    metrics,
    queue,
    clock: new DatabaseClock(),
    live,
    version,
    versions: rememberVersions(),
    actions: counts.timed(catalogue.actions),
    counts,
    triggers: catalogue.triggers,
    publicUrl: settings.publicUrl,
    database: { kind: database.kind, url: database.url },
    supabase: settings.supabase ?? { url: '/', publishableKey: embedded?.secrets.publishableKey ?? '' },
    shared: {
      sql: pool,
      rooms: makeRooms(pool),
      http: openHttp({ allowed: settings.callsAllowed }),
      mail: openMail({ smtpUrl: settings.smtpUrl, from: settings.mailFrom }),
      publicUrl: settings.publicUrl,
    },
    authenticate: settings.supabase ? authenticateBySupabase(settings.supabase) : authenticateLocally(embedded?.secrets.jwtSecret ?? ''),
    secret: (purpose) => Buffer.from(hkdfSync('sha256', root, '', purpose, 32)),
    arrivals: new Arrivals(pool),
    wakeInbox: () => work?.wake(),
    beginRun: (client, beginning) => beginRun(context, client, beginning),
    serving: () => serving,
  }
  return {
    context,
    async work() {
      const { concurrency, keepRuns } = settings
      work = await startWork({ ...context, queue, databaseUrl: database.url, concurrency, keepRuns })
      context.arrivals.receiver = work.receiver
    },
    async close(milliseconds) {
      serving = false
      context.arrivals.receiver = undefined
      await Promise.all([live.close(), work ? work.stop(milliseconds) : queue.stop(0)])
      await pool.end()
    },
  }
}
