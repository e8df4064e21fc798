import type { Pool } from 'pg'
import { Gauge, type Registry } from 'prom-client'
import { openArrivals } from './store/inbox.ts'
import { queueDepth } from './store/jobs.ts'
import { openRuns } from './store/runs.ts'
import { countWorkers } from './store/workers.ts'

/** What waits to be done, in the whole database: the same whichever process says it. */
interface Backlog {
  jobs: { waiting: number; due: number; active: number }
  arrivals: number
  /** Seconds since the oldest was due; 0 when none is. */
  lag: { jobs: number; arrivals: number }
  runs: { running: number; waiting: number }
  workers: number
}

/**
 * One reading serves for so long, in milliseconds, however often somebody asks: with 100,000 waiting runs it takes some tens of
 * milliseconds.
 */
const freshFor = 10_000

/** How long a scrape waits for the database, in milliseconds; Prometheus gives up after ten seconds. */
const patience = 2_000

/**
 * Adds what waits in the database to what the program counts. While the database does not answer, these numbers are left out
 * and `missions_database_up` is 0: everything else is still told.
 */
export function measureBacklog(registry: Registry, pool: Pool): void {
  const registers = [registry]
  let reading: { at: number; backlog: Promise<Backlog | undefined> } | undefined
  const read = async (): Promise<Backlog | undefined> => {
    if (!reading || performance.now() - reading.at > freshFor) {
      const fresh = { at: performance.now(), backlog: readBacklog(pool).catch(() => undefined) }
      reading = fresh
      // Nothing is worth remembering of a database that was away.
      void fresh.backlog.then((backlog) => backlog ?? (reading = reading === fresh ? undefined : reading))
    }
    return within(reading.backlog, patience)
  }
  const gauge = <Label extends string>(name: string, help: string, label: Label, tell: (backlog: Backlog) => Record<string, number>) =>
    new Gauge<Label>({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const backlog = await read()
        this.reset()
        if (!backlog) return
        for (const [value, count] of Object.entries(tell(backlog))) this.labels(value).set(count)
      },
    })
  gauge('missions_jobs', 'Jobs of the queue: waiting for their time, due now, being done', 'state', ({ jobs }) => jobs)
  gauge('missions_lag_seconds', 'Age of the oldest due job, and of the oldest arrival nobody has dealt with', 'of', ({ lag }) => lag)
  gauge('missions_runs', 'Runs under way, by status', 'status', ({ runs }) => runs)
  gauge('missions_workers', 'Processes that do the work of runs', 'state', ({ workers }) => ({ alive: workers }))
  gauge('missions_arrivals', 'Arrivals nobody has dealt with', 'state', ({ arrivals }) => ({ open: arrivals }))
  new Gauge({
    name: 'missions_database_up',
    help: '1 when the database answers',
    registers,
    async collect() {
      this.set((await read()) ? 1 : 0)
    },
  })
}

/** Each part is answered from an index that holds only what is open. */
async function readBacklog(pool: Pool): Promise<Backlog> {
  const [{ lag, ...jobs }, arrivals, runs, workers] = await Promise.all([
    queueDepth(pool),
    openArrivals(pool),
    openRuns(pool),
    countWorkers(pool),
  ])
  return { jobs, arrivals: arrivals.count, lag: { jobs: lag, arrivals: arrivals.lag }, runs, workers }
}

/** Undefined instead of a result that does not come in time. */
async function within<Result>(result: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, milliseconds)
  return Promise.race([result, late]).finally(() => clearTimeout(timer))
}
