import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { notice } from '../notice.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

/** How often something is sent so that nothing in between closes the stream, in milliseconds. */
const pingEvery = 15_000

/** Events of this many milliseconds go out together, each once: a lively run tells the same thing many times. */
const gatherFor = 40

/** After this long a browser has to come back and show anew who it is; access tokens live as long. */
const longestStream = 3_600_000

/** What happens in a workspace, as server-sent events, to those who may know. */
export default function liveRoutes(context: Pick<Context, 'pool' | 'live' | 'authenticate' | 'serving'>): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  routes.get('/', async (c) => {
    // While the program ends, browsers whose stream was closed come back at once, on connections that are still open.
    if (!context.serving()) throw away()
    const workspaceId = z.uuid().safeParse(c.req.query('workspace')).data ?? ''
    const { personId } = await memberOf(context, c, workspaceId)
    const waiting = new Set<string>()
    let wake: () => void = () => undefined
    let ended = false
    const stop = context.live.follow({
      workspaceId,
      personId,
      tell(event) {
        waiting.add(event)
        wake()
      },
      end() {
        ended = true
        wake()
      },
    })
    if (!stop) throw away()
    // Proxies would otherwise hold events back until a buffer is full.
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => {
        ended = true
        wake()
      })
      const until = Date.now() + longestStream
      try {
        await stream.write(': here\n\n')
        while (!ended && Date.now() < until) {
          if (waiting.size === 0) await pause(pingEvery, (awake) => (wake = awake))
          if (ended) break
          if (waiting.size === 0) {
            await stream.write(': ping\n\n')
            continue
          }
          await stream.sleep(gatherFor)
          const events = [...waiting]
          waiting.clear()
          await stream.write(events.map((event) => `data: ${event}\n\n`).join(''))
        }
      } finally {
        stop()
      }
    })
  })

  return routes
}

const away = () =>
  notice(
    503,
    { en: 'Nothing can be told live at the moment.', fr: 'Rien ne peut être annoncé en direct pour le moment.' },
    { en: 'The page tries again by itself.', fr: 'La page réessaie d’elle-même.' },
  )

/** Waits until woken, at most so many milliseconds. */
function pause(milliseconds: number, handWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    handWake(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
