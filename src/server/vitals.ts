import { Hono } from 'hono'
import type { Context } from './context.ts'
import { health } from './health.ts'

/** How a process says how it is: `GET /healthz` for whoever restarts it, `GET /metrics` for Prometheus. */
export function vitals(context: Pick<Context, 'pool' | 'version' | 'database' | 'serving' | 'metrics'>): Hono {
  const { registry } = context.metrics
  return new Hono()
    .route('/healthz', health(context))
    .get('/metrics', async (c) => c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType }))
}
