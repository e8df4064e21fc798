import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Settings } from '../settings.ts'
import { StartFault } from '../trouble.ts'
import { attachEmbedded, type EmbeddedServer, startEmbedded } from './embedded.ts'
import { codeOf, makeDataFolder } from './folder.ts'
import { prepareDatabase } from './roles.ts'
import { openSecrets, type Secrets } from './secrets.ts'

/** The database of this process. */
export interface Database {
  kind: 'embedded' | 'postgres'
  /** Connection string for the program's own SQL. */
  url: string
  /** Present for the embedded one. */
  embedded?: { secrets: Secrets; authenticatorUrl: string }
  /** Keeps the data folder for this process and ends the embedded server with it. */
  close(): Promise<void>
}

/** What `openDatabase` is told. */
export interface OpenOptions {
  settings: Pick<Settings, 'data' | 'supabase'>
  /** The process that owns the data folder, or one more that helps it. */
  as: 'owner' | 'worker'
  notice: (text: string) => void
}

/** Key of the advisory lock that the owner of an embedded database holds as long as it lives; the kernel ends it with the process. */
const ownerLock = 6_447_226

/** Between two attempts to start an embedded database that has ended by itself, in milliseconds. */
const revivePause = 2_000

/**
 * Opens the database that the settings name; the embedded one is started, or attached to where a killed process left it running.
 *
 * @throws StartFault with the remedy.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { supabase } = options.settings
  if (!supabase) return options.as === 'owner' ? ownEmbedded(options) : joinEmbedded(options)
  await greet(supabase.databaseUrl)
  return { kind: 'postgres', url: supabase.databaseUrl, close: async () => undefined }
}

async function ownEmbedded({ settings, notice }: OpenOptions): Promise<Database> {
  await makeDataFolder(settings.data)
  const secrets = await openSecrets(settings.data)
  const options = { folder: settings.data, password: secrets.databasePassword, notice }
  const server = await startEmbedded(options)
  const url = server.url('postgres')
  let closed = false
  let owner = await claim(url, settings.data)
  await prepareDatabase(owner, secrets.authenticatorPassword)
  const revive = async () => {
    while (!closed) {
      try {
        await startEmbedded({ ...options, port: server.port })
        owner = await claim(url, settings.data)
        owner.once('end', () => void revive())
        notice('The embedded database had ended and runs again.')
        return
      } catch (error) {
        notice(error instanceof Error ? error.message : String(error))
        await sleep(revivePause)
      }
    }
  }
  owner.once('end', () => void revive())
  return {
    ...embedded(server, secrets),
    async close() {
      closed = true
      await owner.end().catch(() => undefined)
      await server.stop()
    },
  }
}

async function joinEmbedded({ settings, notice }: OpenOptions): Promise<Database> {
  await makeDataFolder(settings.data)
  const secrets = await openSecrets(settings.data)
  const server = await attachEmbedded({ folder: settings.data, password: secrets.databasePassword, notice })
  if (!server)
    throw new StartFault(
      `Nothing runs on the data folder ${settings.data} that a worker could help: run npm start first, or set DATABASE_URL and SUPABASE_* to a Supabase of your own.`,
    )
  return { ...embedded(server, secrets), close: async () => undefined }
}

function embedded(server: EmbeddedServer, secrets: Secrets): Omit<Database, 'close'> {
  const authenticatorUrl = server.url('postgres', { name: 'authenticator', password: secrets.authenticatorPassword })
  return { kind: 'embedded', url: server.url('postgres'), embedded: { secrets, authenticatorUrl } }
}

/** Makes this process the owner of the data folder. A process that was just killed may still count for a moment. */
async function claim(url: string, folder: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: `missions ${process.pid}`, keepAlive: true })
  // The pool tells of a database that goes away; this session only holds the lock.
  client.on('error', () => undefined)
  await client.connect()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [ownerLock])
    if (rows[0]?.mine) return client
    await sleep(200)
  }
  const { rows } = await client.query<{ name: string }>(
    'select a.application_name as name from pg_locks l join pg_stat_activity a using (pid) where l.locktype = $1 and l.objid = $2 and l.granted',
    ['advisory', ownerLock],
  )
  await client.end()
  const process_ = rows[0]?.name.split(' ')[1]
  throw new StartFault(
    `The program already runs on the data folder ${folder}${process_ ? ` (process ${process_})` : ''}: use that one, stop it first, or set MISSIONS_DATA to another folder.`,
  )
}

/** One question to a database of somebody's own, so that what is wrong is said before anything else starts. */
async function greet(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } catch (cause) {
    throw new StartFault(whyNoAnswer(url, cause), { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function whyNoAnswer(url: string, cause: unknown): string {
  const { host, pathname } = new URL(url)
  const code = cause instanceof Error && 'code' in cause ? codeOf(cause) : ''
  if (code === '28P01' || code === '28000') return `The database at ${host} refuses the user or the password in DATABASE_URL: correct them.`
  if (code === '3D000') return `The database server at ${host} has no database “${pathname.slice(1)}”: create it, or correct DATABASE_URL.`
  const detail = code || (cause instanceof Error ? cause.message : '')
  return `The database at ${host} does not answer (${detail}): check that it runs and that DATABASE_URL is right.`
}
