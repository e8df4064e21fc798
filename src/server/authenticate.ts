import { verify } from 'hono/jwt'
import { z } from 'zod'

/** Who is signed in. */
export interface Account {
  userId: string
  email: string
}

/** Tells who a token belongs to; undefined when it is not valid (any more). */
export type Authenticate = (token: string) => Promise<Account | undefined>

const claimsSchema = z.object({ sub: z.uuid(), email: z.string().default(''), role: z.literal('authenticated') })
const userSchema = z.object({ id: z.uuid(), email: z.string().nullish() })

/** Tokens of the embedded database: signed by ourselves, so that checking one asks nobody. */
export function authenticateLocally(jwtSecret: string): Authenticate {
  return async (token) => {
    const claims = await verify(token, jwtSecret, 'HS256').catch(() => undefined)
    const read = claimsSchema.safeParse(claims)
    return read.success ? { userId: read.data.sub, email: read.data.email } : undefined
  }
}

/** How long an answer of Supabase about a token is believed, in milliseconds: signing out takes effect within it. */
const believedFor = 30_000
const mostRemembered = 10_000

/** Tokens of a Supabase project, whichever way it signs them: Supabase is asked. @throws when it does not answer. */
export function authenticateBySupabase(project: { url: string; publishableKey: string }): Authenticate {
  const remembered = new Map<string, { until: number; account: Promise<Account | undefined> }>()
  return (token) => {
    const known = remembered.get(token)
    if (known && known.until > Date.now()) return known.account
    const account = askSupabase(project, token)
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(token, { until: Date.now() + believedFor, account })
    account.catch(() => remembered.delete(token))
    return account
  }
}

async function askSupabase(project: { url: string; publishableKey: string }, token: string): Promise<Account | undefined> {
  const response = await fetch(`${project.url}/auth/v1/user`, {
    headers: { apikey: project.publishableKey, authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  })
  if (response.status >= 500) throw new Error(`Supabase answered ${response.status} when asked who is signed in`)
  if (!response.ok) return undefined
  const user = userSchema.parse(await response.json())
  return { userId: user.id, email: user.email ?? '' }
}
