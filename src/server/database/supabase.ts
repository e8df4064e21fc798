import { AsyncLocalStorage } from 'node:async_hooks'
import { App, type EmailDriver, InMemoryLruCacheDriver } from '@supabase/lite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import type pg from 'pg'
import type { Secrets } from './secrets.ts'

/** Supabase's REST and sign-in interfaces on the embedded database. */
export interface SupabaseServer {
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

/** What it needs. */
export interface SupabaseOptions {
  /** Connection string as `authenticator`. */
  url: string
  secrets: Secrets
  /** Where people open the program: links in mails lead there. */
  siteUrl: string
  email?: EmailDriver
}

/**
 * Set while the library handles a request. It prints what goes wrong, the values of a refused statement included, straight to the
 * console; what people write must not be in a log.
 */
const handling = new AsyncLocalStorage<true>()
let hushed = false

function hushConsole(): void {
  if (hushed) return
  hushed = true
  for (const name of ['error', 'warn', 'info', 'log'] as const) {
    const print = console[name].bind(console)
    console[name] = (...texts: unknown[]) => {
      if (!handling.getStore()) print(...texts)
    }
  }
}

/** Mail that has nowhere to go: no SMTP is set up. The default driver would print links that sign somebody in. */
const noMail: EmailDriver = { send: async () => undefined }

const config = (options: SupabaseOptions) => ({
  api: { enabled: true, schemas: ['public'], max_rows: 1_000 },
  auth: {
    enabled: true,
    jwt_secret: options.secrets.jwtSecret,
    publishable_key: options.secrets.publishableKey,
    secret_key: options.secrets.secretKey,
    site_url: options.siteUrl,
    jwt_expiry: 3_600,
    minimum_password_length: 8,
    email: { enable_signup: true, enable_confirmations: false },
  },
  storage: { enabled: false },
  studio: { enabled: false },
  options: {
    server: { disableStudio: true, disableFallback: true },
    drivers: { email: options.email ?? noMail, cache: new InMemoryLruCacheDriver() },
  },
})

/**
 * Serves Supabase's interfaces from the embedded database.
 *
 * The library, at its first request, grants every role everything on every table that has row policies, which would undo what the
 * migrations grant column by column. It must not believe that it has still to do so; and it connects as a user that could not.
 */
export async function openSupabase(options: SupabaseOptions): Promise<SupabaseServer> {
  hushConsole()
  const connection = createPostgresConnection({
    url: options.url,
    postgresOptions: { max: 8, idle_timeout: 60, onnotice: () => undefined },
  })
  Reflect.set(connection, 'rlsState', 'active')
  const app = new App({ connection, ...config(options) })
  await app.init()
  return {
    fetch: (request) => handling.run(true, () => app.fetch(request, { peerAddress: null })),
    close: () => connection.close(),
  }
}

/**
 * Makes the tables of the accounts (`auth`) and hands them to `authenticator`.
 *
 * @param url connection string as superuser.
 */
export async function provisionAccounts(client: pg.ClientBase, options: SupabaseOptions): Promise<void> {
  const connection = createPostgresConnection({ url: options.url, postgresOptions: { max: 1, onnotice: () => undefined } })
  Reflect.set(connection, 'rlsState', 'active')
  try {
    await new App({ connection, ...config(options) }).ensureSystemSchema()
  } finally {
    await connection.close()
  }
  await client.query(`
    do $$ declare found record; begin
      execute 'alter schema auth owner to authenticator';
      for found in select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'auth' loop
        execute 'alter table ' || found.name || ' owner to authenticator';
      end loop;
    end $$;
  `)
}
