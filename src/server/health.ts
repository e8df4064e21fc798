import { Hono } from 'hono'
import type { Context } from './context.ts'

/** How long the database may take to say that it is there, in milliseconds. */
const patience = 2_000

/** `GET /healthz`: 200 while the program can serve, 503 while it cannot (the database is away, or it is being stopped). */
export function health({ pool, version, database, serving }: Pick<Context, 'pool' | 'version' | 'database' | 'serving'>): Hono {
  return new Hono().get('/', async (c) => {
    const ok = serving() && (await answers(pool))
    return c.json({ ok, version, database: database.kind }, ok ? 200 : 503, { 'Cache-Control': 'no-store' })
  })
}

async function answers(pool: Context['pool']): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, patience, false)
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
