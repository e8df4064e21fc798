import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as Request } from 'hono'

/**
 * The address a request comes from, to limit how much comes from one place. Behind a proxy on this machine it is what the
 * proxy says; nobody else is believed, or every robot could make up a new one for each request.
 */
export function addressOf(request: Request): string {
  const direct = directAddress(request)
  if (direct !== '127.0.0.1' && direct !== '::1' && direct !== '::ffff:127.0.0.1') return direct
  return request.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || direct
}

function directAddress(request: Request): string {
  try {
    return getConnInfo(request).remote.address ?? 'unknown'
  } catch {
    // Called without a socket, as tests do through `app.request()`.
    return 'unknown'
  }
}
