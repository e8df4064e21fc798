import { spawn, spawnSync } from 'node:child_process'
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { StartFault } from '../trouble.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { choosePlace, codeOf, type Place } from './folder.ts'
import { disownNote, findRunning } from './note.ts'

/** A running embedded Postgres. */
export interface EmbeddedServer {
  port: number
  /** Connection string for a user (`postgres` unless told) and a database of this server. */
  url(database: string, user?: { name: string; password: string }): string
  /** Ends it: sessions are cut, everything committed is kept. */
  stop(): Promise<void>
}

/** What the launcher needs to know. */
export interface EmbeddedOptions {
  /** The data folder; exists. */
  folder: string
  /** Password of the database's own superuser. */
  password: string
  /** Told in words what is out of the ordinary. */
  notice: (text: string) => void
  /** Port to listen on, for starting again where others know it; a free one when absent. */
  port?: number
  /** False only for tests that never lose power: commits then wait for no disk. */
  fsync?: boolean
}

/*
 * Small on purpose: the whole program idles below 400 MB. Three workers for asynchronous reads and parallel queries would
 * cost processes and give nothing at this size. Statements and their values stay out of the log: they hold what people write.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // One process takes some 40 when busy; every worker comes on top.
  max_connections: '300',
  shared_buffers: '48MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  jit: 'off',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  // After a crash: one call for the whole disk instead of opening every file of the database.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
}

/** How long a start may take while Postgres is alive; it replays its log after a crash, which can be long. */
const patience = 300_000
/** How often a start is tried, and how often while the last statements of a server that was killed are still at work: for two minutes. */
const attempts = 10
const attemptsWhileBusy = 400
const pause = 300
const largestLog = 5_000_000

/** What Postgres says when sessions of a server that was killed are still at work on its files. */
const stillBusy = 'pre-existing shared memory block'

/**
 * Starts the embedded Postgres of a data folder, or attaches to the one that an earlier process left running when it was
 * killed. Makes the database at the first start.
 *
 * @throws StartFault with the remedy when it cannot.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = await choosePlace(options.folder, options.notice)
  const binaries = await findBinaries(join(place.home, 'libraries'), place.copyTo)
  const cluster = join(place.home, 'postgres')
  for (let attempt = 1; ; attempt += 1) {
    const running = await findRunning(cluster)
    const { port, isThere } = running
      ? { port: running.port, isThere: async () => (await findRunning(cluster)) !== undefined }
      : await launch(binaries, place, cluster, options)
    const server: EmbeddedServer = {
      port,
      url: (database, user = { name: 'postgres', password: options.password }) =>
        `postgres://${user.name}:${encodeURIComponent(user.password)}@127.0.0.1:${port}/${database}`,
      stop: () => stop(binaries, place, cluster),
    }
    if ((await waitUntilReady(server.url('postgres'), isThere)) === 'ready') return server
    const words = await lastWords(place)
    const busy = words.includes(stillBusy)
    // Otherwise another process may have started it at the same moment.
    if (attempt >= (busy ? attemptsWhileBusy : attempts))
      throw new StartFault(`The embedded database does not start. Its last words: ${words}`)
    if (busy && attempt === attempts)
      options.notice('The embedded database was killed; before it starts again, its last statements have to end.')
    await sleep(pause)
  }
}

/** Attaches to the server that another process runs on this data folder; undefined when none does. For workers. */
export async function attachEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer | undefined> {
  const place = await choosePlace(options.folder, options.notice)
  return (await findRunning(join(place.home, 'postgres'))) ? startEmbedded(options) : undefined
}

/** A server that is starting: its port, and whether it has not given up. */
interface Launched {
  port: number
  isThere(): Promise<boolean>
}

async function launch(binaries: Binaries, place: Place, cluster: string, options: EmbeddedOptions): Promise<Launched> {
  if (!(await isInitialised(cluster))) await initialise(binaries, place, cluster, options.password)
  await disownNote(cluster)
  const port = options.port ?? (await usualPort(place))
  const all = {
    ...settings,
    port: String(port),
    ...(options.fsync === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  const log = await open(logFile(place), (await sizeOf(logFile(place))) > largestLog ? 'w' : 'a', 0o600)
  try {
    const child = spawn(binaries.postgres, ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      env: binaries.env,
      cwd: place.home,
      // Its own group: Ctrl+C in the terminal is for us alone, we end it after our last commit.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
      ...place.user,
    })
    await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed))
    child.unref()
    return { port, isThere: async () => child.exitCode === null && child.signalCode === null }
  } catch (cause) {
    throw new StartFault(
      `The embedded Postgres ${binaries.postgres} cannot be run (${codeOf(cause)}): run npm ci again, or set DATABASE_URL to a Postgres of your own.`,
      { cause },
    )
  } finally {
    await log.close()
  }
}

async function isInitialised(cluster: string): Promise<boolean> {
  try {
    await stat(join(cluster, 'PG_VERSION'))
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw new StartFault(
      `The database files in ${cluster} cannot be read (${codeOf(error)}): another user has run the program here. Run it as that user, or set MISSIONS_DATA to another folder.`,
    )
  }
}

/** Makes the database beside its place and moves it there when complete: a start that is killed meanwhile leaves no half of one. */
async function initialise(binaries: Binaries, place: Place, cluster: string, password: string): Promise<void> {
  const fresh = `${cluster}.new`
  const passwordFile = join(place.home, 'password.new')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (place.user) for (const path of [fresh, passwordFile]) await chown(path, place.user.uid, place.user.gid)
  const made = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Sorts and folds the same on every machine, whatever languages it has installed.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { env: binaries.env, cwd: place.home, encoding: 'utf8', windowsHide: true, ...place.user },
  )
  await rm(passwordFile, { force: true })
  if (made.status !== 0) {
    const why = made.error ? codeOf(made.error) : (made.stderr.trim().split('\n').at(-1) ?? '')
    throw new StartFault(
      `The embedded database cannot be made in ${place.home}: ${why}. Free some space or set MISSIONS_DATA to another folder.`,
    )
  }
  await rename(fresh, cluster)
}

async function waitUntilReady(url: string, isThere: Launched['isThere']): Promise<'ready' | 'gone'> {
  const end = Date.now() + patience
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    try {
      await client.connect()
      await client.end()
      return 'ready'
    } catch (error) {
      if (codeOf(error) === '28P01')
        throw new StartFault(
          'The embedded database does not accept the password kept in secrets.json: put back the secrets.json that belongs to this data folder.',
          { cause: error },
        )
      if (Date.now() > end)
        throw new StartFault(
          `The embedded database has not answered for five minutes (${codeOf(error)}): look into database/postgres.log in the data folder.`,
          { cause: error },
        )
    }
    if (!(await isThere())) return 'gone'
    await sleep(25)
  }
}

async function stop(binaries: Binaries, place: Place, cluster: string): Promise<void> {
  const child = spawn(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '8'], {
    env: binaries.env,
    cwd: place.home,
    stdio: 'ignore',
    windowsHide: true,
    ...place.user,
  })
  await new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()))
}

/**
 * The port of the last start if it is still free, else another one: workers that outlive the database and the process that
 * owns it know it under that port, and would never find it under a new one.
 */
async function usualPort(place: Place): Promise<number> {
  const file = join(place.home, 'port')
  const last = Number(await readFile(file, 'utf8').catch(() => '0'))
  const port = (await freePort(last)) ?? (await freePort(0)) ?? 0
  if (port !== last) await writeFile(file, String(port), { mode: 0o600 })
  return port
}

/** The port itself if nobody listens on it, any free one for 0. */
async function freePort(wanted: number): Promise<number | undefined> {
  const probe = createServer()
  const free = await new Promise<boolean>((tried) =>
    probe
      .once('error', () => tried(false))
      .once('listening', () => tried(true))
      .listen(wanted, '127.0.0.1'),
  )
  if (!free) return undefined
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  return typeof address === 'object' && address ? address.port : undefined
}

const logFile = (place: Place) => join(place.home, 'postgres.log')

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0
}

async function lastWords(place: Place): Promise<string> {
  const log = await readFile(logFile(place), 'utf8').catch(() => '')
  return log.trim().split('\n').slice(-3).join(' / ') || 'none'
}
