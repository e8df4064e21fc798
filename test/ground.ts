import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/server/database/embedded.ts'
import { makeDataFolder } from '../src/server/database/folder.ts'
import { migrate } from '../src/server/database/migrate.ts'
import { prepareDatabase } from '../src/server/database/roles.ts'
import { openSecrets, type Secrets } from '../src/server/database/secrets.ts'
import { provisionAccounts } from '../src/server/database/supabase.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    database: { port: number; secrets: Secrets; template: string }
  }
}

/** What stands before the first test runs: the texts of the screens, compiled, and a database. */
export default async function layGround(project: TestProject): Promise<() => Promise<void>> {
  // Elsewhere than in Vitest's own process, which the compiler's timers would keep from ending.
  const translations = promisify(execFile)(process.execPath, [join(import.meta.dirname, '../src/cli/build.ts'), '--only-translations'])
  const [stop] = await Promise.all([startDatabase(project), translations])
  return stop
}

/**
 * One embedded Postgres for the whole test run, with a migrated template of which `aDatabase()` gives every test file its own
 * copy. It lives in a folder of its own and ends with the run; commits wait for no disk.
 */
async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'missions-test-'))
  await rm(folder, { recursive: true })
  await makeDataFolder(folder)
  const secrets = await openSecrets(folder)
  const server = await startEmbedded({ folder, password: secrets.databasePassword, notice: () => undefined, fsync: false })
  const template = 'template'
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${template}`)
  await admin.end()
  const client = new pg.Client({ connectionString: server.url(template) })
  await client.connect()
  await prepareDatabase(client, secrets.authenticatorPassword)
  await provisionAccounts(client, { url: server.url(template), secrets, siteUrl: 'http://127.0.0.1' })
  await migrate(client, join(import.meta.dirname, '../supabase/migrations'))
  await client.end()
  project.provide('database', { port: server.port, secrets, template })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
