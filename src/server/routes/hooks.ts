import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { notFound, notice } from '../notice.ts'
import { openDoors, type OpenDoor } from '../store/missions.ts'
import { Together } from '../together.ts'

/** Where these routes stand: outside /api, so that the address handed out is short. */
export const mount = '/hooks'

/** Characters of a body that is kept. */
const largest = 256_000

/**
 * Web hooks: the address is the secret, the JSON body is the data. Acknowledged (202) only once it is kept. A caller that
 * repeats itself says so with `Idempotency-Key`.
 */
export default function hookRoutes(context: Context): Hono {
  const routes = new Hono()
  const doors = new Together<string, OpenDoor | undefined>(async (addresses) => {
    const found = await openDoors(context.pool, [...new Set(addresses)], 'hook')
    return addresses.map((address) => found.get(address))
  })
  routes.post('/:address', async (c) => {
    const address = c.req.param('address')
    const door = await doors.add(address)
    if (!door?.versionId) throw notFound('hook')
    const text = await c.req.text()
    if (text.length > largest)
      throw notice(
        413,
        { en: 'The body is larger than 256 KB.', fr: 'Le corps dépasse 256 Ko.' },
        { en: 'Send less, or a link to it.', fr: 'Envoyez moins, ou un lien.' },
      )
    // Postgres keeps no NUL in texts.
    if (text.includes('\\u0000'))
      throw notice(
        400,
        {
          en: 'The body holds a NUL character, which cannot be kept.',
          fr: 'Le corps contient un caractère NUL, qui ne peut pas être conservé.',
        },
        { en: 'Send it without.', fr: 'Envoyez-le sans ce caractère.' },
      )
    const key = c.req.header('idempotency-key')
    await context.arrivals.keep({
      workspaceId: door.workspaceId,
      source: 'hook',
      identity: key ? createHash('sha256').update(`${address}/${key}`).digest('hex') : crypto.randomUUID(),
      kind: 'hook',
      data: { kind: 'hook', body: readJson(text), query: c.req.query(), mission: door.missionId, trigger: door.trigger },
    })
    return c.json({}, 202)
  })
  return routes
}

function readJson(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    throw notice(400, { en: 'The body is not JSON.', fr: 'Le corps n’est pas du JSON.' }, { en: 'Send JSON.', fr: 'Envoyez du JSON.' })
  }
}
