import { Hono } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { idSchema, noteIdSchema } from '../../mission/mission.ts'
import type { Context } from '../context.ts'
import { notFound, notice } from '../notice.ts'
import { readBody } from './body.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

/** Signs of one account in ten seconds, over all its tabs: a sign every ten seconds, one for each card that is turned to, and one for each save. */
const limit = { points: 60, duration: 10 }

/**
 * A sign that somebody has a draft open. `at`: the card or note their cursor is on; `rev`: what they saved last; `gone`: they have closed it; `over`:
 * the revisions after `since` up to `rev` that they kept their own version over, having seen them.
 */
const signSchema = z.object({
  tab: z.uuid(),
  at: z.union([idSchema, noteIdSchema]).nullable(),
  rev: z.int(),
  gone: z.boolean().default(false),
  over: z.object({ since: z.int(), rev: z.int() }).nullable().default(null),
})

/** Who else has a mission's draft open: signs are passed on to everybody in the workspace who listens, and kept nowhere. */
export default function editingRoutes(context: Pick<Context, 'pool' | 'authenticate'>): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  const limiter = new RateLimiterMemory(limit)
  routes.use(signedIn(context))

  routes.post('/:mission', async (c) => {
    try {
      await limiter.consume(c.var.user.userId)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw notice(
        429,
        { en: 'That is too often.', fr: 'C’est trop souvent.' },
        { en: 'Wait ten seconds. Your draft is not concerned by this.', fr: 'Attendez dix secondes. Votre brouillon n’est pas concerné.' },
      )
    }
    const { tab, at, rev, gone, over } = await readBody(c, signSchema)
    const id = z.uuid().safeParse(c.req.param('mission')).data
    const { rows } = await context.pool.query<{ workspace_id: string }>('select workspace_id from missions where id = $1', [id ?? null])
    const workspace = rows[0]?.workspace_id
    if (id === undefined || workspace === undefined) throw notFound('mission')
    const { name } = await memberOf(context, c, workspace, ['owner', 'builder'])
    const event = { topic: 'editing', workspace, mission: id, tab, name, at, rev, gone, over }
    await context.pool.query('select pg_notify($1, $2)', ['missions', JSON.stringify(event)])
    return c.json({})
  })
  return routes
}
