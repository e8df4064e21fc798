import { AuthClient } from '@supabase/auth-js'
import { PostgrestClient } from '@supabase/postgrest-js'
import * as z from 'zod/mini'
import { troubleOfServer, troubleOffline } from './trouble.ts'

const configSchema = z.object({
  supabaseUrl: z.string(),
  publishableKey: z.string(),
  version: z.optional(z.string()),
  database: z.optional(z.string()),
})

/** What the server tells every browser. */
export type Config = z.infer<typeof configSchema>

/**
 * The two clients of supabase-js that a browser needs here. The whole supabase-js also carries realtime, storage and functions,
 * and cannot leave them out: 52 KB of script instead of 26.
 */
interface Supabase {
  auth: InstanceType<typeof AuthClient>
  from: PostgrestClient['from']
  rpc: PostgrestClient['rpc']
}

/** The Supabase client of this tab. Set by {@link connectSupabase} before anything is drawn. */
export let supabase: Supabase

/** What the server told; set together with {@link supabase}. */
export let config: Config

/** Asks the server where the database is and opens the client. @throws ServerTrouble when the server does not answer. */
export async function connectSupabase(): Promise<void> {
  const response = await fetch('/config.json').catch(() => {
    throw troubleOffline()
  })
  if (!response.ok) throw troubleOffline()
  config = configSchema.parse(await response.json())
  const key = config.publishableKey
  const base = new URL(config.supabaseUrl, location.origin).href.replace(/\/$/, '')
  const auth = new AuthClient({
    url: `${base}/auth/v1`,
    headers: { apikey: key, authorization: `Bearer ${key}` },
    storageKey: 'missions.session',
    detectSessionInUrl: false,
  })
  const rest = new PostgrestClient(`${base}/rest/v1`, {
    fetch: async (input, init) => {
      const { data } = await auth.getSession()
      const headers = new Headers(init?.headers)
      headers.set('apikey', key)
      headers.set('authorization', `Bearer ${data.session?.access_token ?? key}`)
      return fetch(input, { ...init, headers })
    },
  })
  supabase = { auth, from: rest.from.bind(rest), rpc: rest.rpc.bind(rest) }
}

/** The outcome of a Supabase request, whatever it asked for. */
interface Outcome<Data> {
  data: Data
  error: { message: string; code?: string } | null
}

/** The data of a Supabase request. @throws ServerTrouble in plain words when it failed. */
export function taken<Data>(outcome: Outcome<Data>): NonNullable<Data> {
  if (outcome.error) throw troubleOfServer(outcome.error)
  if (outcome.data === null || outcome.data === undefined) throw troubleOfServer({ message: 'empty answer' })
  return outcome.data
}

/** Like {@link taken} for a request whose answer does not matter (update, delete). */
export function done(outcome: Outcome<unknown>): void {
  if (outcome.error) throw troubleOfServer(outcome.error)
}
