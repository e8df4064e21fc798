import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the program counts, for `GET /metrics`. */
export interface Metrics {
  registry: Registry
  /** Seconds a request took, by method, kind of route and status. */
  requests: Histogram<'method' | 'route' | 'status'>
  /** Errors that nobody foresaw. */
  defects: Counter
  /** Adds a number that is read whenever somebody asks. */
  gauge(name: string, help: string, read: () => number): void
}

/** Opens the counters of this process, Node's own included. */
export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'missions_request_seconds',
      help: 'Seconds a request took',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    defects: new Counter({ name: 'missions_defects_total', help: 'Errors that nobody foresaw', registers: [registry] }),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
  }
}
