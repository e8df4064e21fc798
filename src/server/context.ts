import type { PoolClient } from 'pg'
import type { Arrivals } from './arrivals.ts'
import type { Authenticate } from './authenticate.ts'
import type { Beginning } from './jobs/begin.ts'
import type { ReceiveContext } from './jobs/receive.ts'
import type { Live } from './live.ts'
import type { Metrics } from './metrics.ts'
import type { Settings } from './settings.ts'

/** What every route is given: the parts of the running server. */
export interface Context extends ReceiveContext {
  settings: Settings & { publicUrl: string }
  metrics: Metrics
  version: string
  database: { kind: 'embedded' | 'postgres'; url: string }
  /** What a browser needs to reach Supabase; `url` is `/` when this server is it. */
  supabase: { url: string; publishableKey: string }
  live: Live
  authenticate: Authenticate
  /** 32 bytes that only this installation knows, always the same for the same purpose. */
  secret(purpose: string): Buffer
  /** Keeps what arrives. */
  arrivals: Arrivals
  /** Looks at the inbox now, if this process works. */
  wakeInbox(): void
  /** Starts a run in the caller's transaction. */
  beginRun(client: PoolClient, beginning: Beginning): Promise<string | undefined>
  /** False once the server is being stopped. */
  serving(): boolean
}
