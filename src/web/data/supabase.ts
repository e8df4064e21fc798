import { PostgrestClient } from '@supabase/postgrest-js'
import { accessToken } from './account.ts'
import { loadConfig, supabaseUrl } from './config.ts'
import { troubleOfServer } from './trouble.ts'

/**
 * The part of supabase-js that reads and writes. The whole of it also carries realtime, storage and functions and cannot leave them
 * out: 52 KB of script instead of 5, and 21 for the accounts, which come later (see account.ts).
 */
type Supabase = Pick<PostgrestClient, 'from' | 'rpc'>

/** The Supabase client of this tab. Set by {@link connectSupabase} before anything is drawn. */
export let supabase: Supabase

/** Asks the server where the database is and opens the client. @throws ServerTrouble when the server does not answer. */
export async function connectSupabase(): Promise<void> {
  const { publishableKey: key } = await loadConfig()
  const rest = new PostgrestClient(`${supabaseUrl()}/rest/v1`, {
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers)
      headers.set('apikey', key)
      headers.set('authorization', `Bearer ${(await accessToken()) ?? key}`)
      return fetch(input, { ...init, headers })
    },
  })
  supabase = { from: rest.from.bind(rest), rpc: rest.rpc.bind(rest) }
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
