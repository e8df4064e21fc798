import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import { troubleOfServer, troubleOffline } from './trouble.ts'

const configSchema = z.object({
  supabaseUrl: z.string(),
  publishableKey: z.string(),
  version: z.string().default(''),
  database: z.string().default(''),
})

/** What the server tells every browser. */
export type Config = z.infer<typeof configSchema>

/** The Supabase client of this tab. Set by {@link connectSupabase} before anything is drawn. */
export let supabase: SupabaseClient

/** What the server told; set together with {@link supabase}. */
export let config: Config

/** Asks the server where the database is and opens the client. @throws ServerTrouble when the server does not answer. */
export async function connectSupabase(): Promise<void> {
  const response = await fetch('/config.json').catch(() => {
    throw troubleOffline()
  })
  if (!response.ok) throw troubleOffline()
  config = configSchema.parse(await response.json())
  supabase = createClient(new URL(config.supabaseUrl, location.origin).href.replace(/\/$/, ''), config.publishableKey, {
    auth: { storageKey: 'missions.session', detectSessionInUrl: false },
  })
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
