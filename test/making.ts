import { randomBytes } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { Secrets } from '../src/server/database/secrets.ts'
import { openSupabase, type SupabaseServer } from '../src/server/database/supabase.ts'

/** A database of its own for a test file, migrated and empty. */
export interface TestDatabase {
  /** Connection string as superuser, for the program's own SQL. */
  url: string
  pool: pg.Pool
  secrets: Secrets
  /** Connection string as `authenticator`, for `/rest/v1` and `/auth/v1`. */
  authenticatorUrl: string
}

/** Makes a fresh database. Call it at the top level of a test file (`const database = await aDatabase()`); it goes when the file is done. */
export async function aDatabase(): Promise<TestDatabase> {
  const { port, secrets, template } = inject('database')
  const name = `test_${randomBytes(8).toString('hex')}`
  const urlAs = (user: string, password: string, database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const adminUrl = urlAs('postgres', secrets.databasePassword, 'postgres')
  await administer(adminUrl, `create database ${name} template ${template}`)
  const url = urlAs('postgres', secrets.databasePassword, name)
  const pool = new pg.Pool({ connectionString: url, max: 5 })
  // Dropping the database cuts the sessions of a test that failed half-way.
  pool.on('error', () => undefined)
  afterAll(async () => {
    await pool.end()
    await administer(adminUrl, `drop database ${name} with (force)`)
  })
  return { url, pool, secrets, authenticatorUrl: urlAs('authenticator', secrets.authenticatorPassword, name) }
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Supabase's interfaces on a test database, in this process. */
export async function aSupabase(database: TestDatabase): Promise<SupabaseServer> {
  const server = await openSupabase({ url: database.authenticatorUrl, secrets: database.secrets, siteUrl: 'http://127.0.0.1' })
  afterAll(() => server.close())
  return server
}

/** supabase-js, talking to `aSupabase()` without a network; nobody is signed in yet. */
export function aClient(server: SupabaseServer, database: TestDatabase): SupabaseClient {
  return createClient('http://127.0.0.1', database.secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: { fetch: (input, init) => server.fetch(new Request(input, init)) },
  })
}

/** A new account that is signed in, and its id. */
export async function aUser(
  server: SupabaseServer,
  database: TestDatabase,
  email: string,
): Promise<{ id: string; client: SupabaseClient }> {
  const client = aClient(server, database)
  const { data, error } = await client.auth.signUp({ email, password: 'correct horse battery' })
  if (error || !data.user) throw error ?? new Error('nobody was signed up')
  return { id: data.user.id, client }
}
