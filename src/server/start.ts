import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { templates } from '../catalogue/gallery.ts'
import { makeApp } from './app.ts'
import { assemble, type Assembly } from './assemble.ts'
import { codeOf } from './database/folder.ts'
import { migrate } from './database/migrate.ts'
import { type Database, openDatabase } from './database/open.ts'
import { openSupabase, provisionAccounts, type SupabaseServer } from './database/supabase.ts'
import { house } from './house.ts'
import { openLog } from './log.ts'
import type { Settings } from './settings.ts'
import { keepTemplates } from './store/templates.ts'
import { StartFault } from './trouble.ts'
import { vitals } from './vitals.ts'

/** A running program. */
export interface Running {
  /** Where it is reached: its pages; of a worker its `/healthz` and `/metrics`, undefined when it has none. */
  url: string | undefined
  /** Stops taking work, finishes or hands back what is being done, closes the database. Takes under 10 seconds. */
  stop(): Promise<void>
}

/** Milliseconds that runs and requests under way get to come to an end. */
const grace = 5_000
const requestGrace = 2_000

/**
 * Starts the program: opens the database, brings it up to date, listens, and works unless told not to.
 *
 * @param notice told in words what is out of the ordinary.
 * @throws StartFault with the remedy; everything opened until then is closed again.
 */
export async function start(settings: Settings, notice: (text: string) => void): Promise<Running> {
  const log = openLog(settings)
  await using opened = new AsyncDisposableStack()
  const database = await openDatabase({ settings, as: 'owner', notice })
  opened.defer(() => database.close())
  const http = createServer((_, response) => response.writeHead(503, { 'Retry-After': '1' }).end())
  const port = await listen(http, settings)
  opened.defer(() => closeServer(http))
  const reached = { ...settings, publicUrl: settings.publicUrl ?? `http://${visibleHost(settings.host)}:${port}` }

  await bringUpToDate(database, reached)
  const supabase = await openEmbeddedSupabase(database, reached)
  if (supabase) opened.defer(() => supabase.close())
  const assembly = await assemble(reached, database, log)
  // Both at once: browsers hold streams open that only closing the assembly ends.
  opened.defer(async () => {
    await Promise.all([closeServer(http), assembly.close(grace)])
  })
  await keepTemplates(assembly.context.pool, templates)
  serve(http, assembly, supabase)
  if (settings.worker) await assembly.work()
  const everything = opened.move()
  return { url: reached.publicUrl, stop: () => everything.disposeAsync() }
}

/** Starts a process that only works, on the database of a program that runs. @throws StartFault with the remedy. */
export async function startWorker(settings: Settings, notice: (text: string) => void): Promise<Running> {
  const log = openLog(settings)
  await using opened = new AsyncDisposableStack()
  const database = await openDatabase({ settings, as: 'worker', notice })
  opened.defer(() => database.close())
  const assembly = await assemble(
    { ...settings, publicUrl: settings.publicUrl ?? `http://${visibleHost(settings.host)}:${settings.port}` },
    database,
    log,
  )
  opened.defer(() => assembly.close(grace))
  const url =
    settings.metricsPort === undefined ? undefined : await serveVitals(opened, { ...settings, port: settings.metricsPort }, assembly)
  await assembly.work()
  const everything = opened.move()
  return { url, stop: () => everything.disposeAsync() }
}

/** Lets a process without pages say how it is. Gives where. */
async function serveVitals(opened: AsyncDisposableStack, settings: Settings, { context }: Assembly): Promise<string> {
  const answer = getRequestListener(vitals(context).fetch)
  const http = createServer((request, response) => void answer(request, response))
  const port = await listen(http, settings, 'METRICS_PORT')
  opened.defer(() => closeServer(http))
  return `http://${visibleHost(settings.host)}:${port}`
}

async function listen(http: Server, { host, port }: Settings, setting: 'PORT' | 'METRICS_PORT' = 'PORT'): Promise<number> {
  try {
    await new Promise<void>((listening, failed) => http.once('error', failed).listen(port, host, listening))
  } catch (cause) {
    throw new StartFault(whyNotListening(codeOf(cause), host, port, setting), { cause })
  }
  const address = http.address()
  return typeof address === 'object' && address ? address.port : port
}

function whyNotListening(code: string, host: string, port: number, setting: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use by another program: stop that one, or set ${setting} to another number.`
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: set ${setting} to a number above 1023.`
  return `The address ${host} cannot be listened on (${code}): set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`
}

function serve(http: Server, { context }: Assembly, supabase: SupabaseServer | undefined): void {
  const app = makeApp(context, supabase)
  http.removeAllListeners('request')
  const answer = getRequestListener(app.fetch)
  http.on('request', (request, response) => void answer(request, response))
}

async function closeServer(http: Server): Promise<void> {
  const closed = new Promise<void>((done) => http.close(() => done()))
  http.closeIdleConnections()
  const timer = setTimeout(() => http.closeAllConnections(), requestGrace)
  await closed
  clearTimeout(timer)
}

async function bringUpToDate(database: Database, settings: { publicUrl: string }): Promise<void> {
  const client = new pg.Client({ connectionString: database.url, application_name: 'missions-migrations' })
  await client.connect()
  try {
    if (database.embedded)
      await provisionAccounts(client, { url: database.url, secrets: database.embedded.secrets, siteUrl: settings.publicUrl })
    await migrate(client, join(house, 'supabase/migrations'))
  } finally {
    await client.end()
  }
}

async function openEmbeddedSupabase(
  { embedded }: Database,
  settings: Settings & { publicUrl: string },
): Promise<SupabaseServer | undefined> {
  if (!embedded) return undefined
  const { smtpUrl, mailFrom } = settings
  const transport = smtpUrl && mailFrom ? createTransport({ url: smtpUrl }) : undefined
  return openSupabase({
    url: embedded.authenticatorUrl,
    secrets: embedded.secrets,
    siteUrl: settings.publicUrl,
    ...(transport
      ? {
          email: {
            send: async (message) => {
              await transport.sendMail({ ...message, from: mailFrom })
            },
          },
        }
      : {}),
  })
}

/** What to write into a browser for an address that means "all of this machine". */
function visibleHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
