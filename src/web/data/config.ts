import * as z from 'zod/mini'
import { troubleOffline } from './trouble.ts'

const configSchema = z.object({
  supabaseUrl: z.string(),
  publishableKey: z.string(),
  version: z.optional(z.string()),
  database: z.optional(z.string()),
})

/** What the server tells every browser. */
export type Config = z.infer<typeof configSchema>

/** What the server told. Set by {@link loadConfig}, before anything is drawn. */
export let config: Config

/** Asks the server. @throws ServerTrouble when it does not answer. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json').catch(() => {
    throw troubleOffline()
  })
  if (!response.ok) throw troubleOffline()
  config = configSchema.parse(await response.json())
  return config
}

/** Where Supabase is, without a slash at the end. */
export function supabaseUrl(): string {
  return new URL(config.supabaseUrl, location.origin).href.replace(/\/$/, '')
}
