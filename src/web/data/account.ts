import type { AuthClient } from '@supabase/auth-js'
import * as z from 'zod/mini'
import { config, supabaseUrl } from './config.ts'
import { troubleOffline } from './trouble.ts'

/** Under which name supabase-js keeps the session in the browser's storage. */
const storageKey = 'missions.session'

const keptSchema = z.object({
  access_token: z.string(),
  /** Seconds since 1970. */
  expires_at: z.number(),
  user: z.object({ id: z.string(), email: z.optional(z.string()) }),
})

/** An access token is renewed this many seconds before it ends: supabase-js's own margin. */
const margin = 90

type Accounts = InstanceType<typeof AuthClient>
let opened: Promise<Accounts> | undefined

/**
 * The accounts of supabase-js. Loaded when something is to be done with them: whoever is signed in already needs them only to
 * renew the session, and the first page is 21 KB lighter.
 */
export function accounts(): Promise<Accounts> {
  opened ??= import('@supabase/auth-js').then(
    ({ AuthClient: Client }) =>
      new Client({
        url: `${supabaseUrl()}/auth/v1`,
        headers: { apikey: config.publishableKey, authorization: `Bearer ${config.publishableKey}` },
        storageKey,
        detectSessionInUrl: false,
      }),
  )
  return opened
}

/** Who is signed in in this browser. */
export interface User {
  id: string
  email: string
}

/** The account that is signed in in this browser; null when nobody is. @throws ServerTrouble when its session cannot be renewed now. */
export async function signedInUser(): Promise<User | null> {
  const kept = await keptSession()
  return kept && { id: kept.user.id, email: kept.user.email ?? '' }
}

/** What shows the server who is asking; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  return (await keptSession())?.access_token ?? null
}

/** Keeps the session fresh from here on, whether or not anybody asks for it. */
export async function keepSignedIn(): Promise<void> {
  if (keptNow()) await accounts()
}

async function keptSession(): Promise<z.infer<typeof keptSchema> | null> {
  const kept = keptNow()
  if (!kept || kept.expires_at - margin > Date.now() / 1_000) return kept
  const { data, error } = await (await accounts()).getSession()
  // Silence is no sign-out: the session is still there to be renewed later.
  if (error?.name === 'AuthRetryableFetchError') throw troubleOffline()
  const read = keptSchema.safeParse(data.session)
  return read.success ? read.data : null
}

function keptNow(): z.infer<typeof keptSchema> | null {
  const text = localStorage.getItem(storageKey)
  if (text === null) return null
  try {
    const read = keptSchema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
