import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const program = join(import.meta.dirname, '../../dist/server/missions.js')
const password = 'correct horse battery'

/** A process of the built program, and what it has said. */
interface Started {
  child: ChildProcess
  said: () => string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
}

function run(data: string, environment: Record<string, string> = {}, args = ['start']): Started {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', MISSIONS_DATA: data, PORT: '0', LOG_LEVEL: 'error', ...environment },
    // The channel ends the program with this process, however that one ends.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, said: () => text, ended }
}

/** Waits for the address it prints. */
async function ready(started: Started): Promise<string> {
  for (;;) {
    const found = /http:\/\/[\d.]+:\d+/.exec(started.said())
    if (found) return found[0]
    const over = await Promise.race([started.ended, new Promise<undefined>((resolve) => setTimeout(resolve, 25))])
    if (over !== undefined) throw new Error(`The program ended: ${started.said()}`)
  }
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'missions-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const secretsSchema = z.object({ databasePassword: z.string(), publishableKey: z.string(), secretKey: z.string() })
const configSchema = z.object({ publishableKey: z.string() })

async function account(url: string, way: 'signup' | 'token?grant_type=password', email: string, secret = password): Promise<number> {
  const { publishableKey } = configSchema.parse(await (await fetch(`${url}/config.json`)).json())
  const response = await fetch(`${url}/auth/v1/${way}`, {
    method: 'POST',
    headers: { apikey: publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: secret }),
  })
  return response.status
}

async function postgresOf(data: string): Promise<number> {
  return Number((await readFile(join(data, 'database/postgres/postmaster.pid'), 'utf8')).split('\n')[0])
}

let data: string
let running: Started
let url: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'missions-start-'))
  running = run(data)
  url = await ready(running)
})

afterAll(async () => {
  running.child.kill('SIGTERM')
  await running.ended
  await rm(data, { recursive: true, force: true })
})

test('it says that it can serve, what it is and where its database is', async () => {
  const response = await fetch(`${url}/healthz`)
  expect([response.status, await response.json()]).toEqual([200, { ok: true, version: '0.1.0', database: 'embedded' }])
})

test('it counts for Prometheus', async () => {
  const response = await fetch(`${url}/metrics`)
  expect(response.headers.get('content-type')).toContain('text/plain')
  expect(await response.text()).toMatch(/^missions_jobs\{state="active"\} 0$[^]*^missions_steps_active_max 400$/m)
})

test('a worker says how it is at an address of its own, if it is given one', async () => {
  const worker = run(data, { METRICS_PORT: '0' }, ['worker'])
  const own = await ready(worker)
  expect((await fetch(`${own}/healthz`)).status).toBe(200)
  expect(await (await fetch(`${own}/metrics`)).text()).toMatch(/^missions_database_up 1$/m)
  expect((await fetch(`${own}/missions`)).status).toBe(404)
  worker.child.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
})

test('every address of the program shows its page, which nobody may frame', async () => {
  const response = await fetch(`${url}/missions/one`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
  expect(response.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
})

test('files with a hash in their name are kept for ever, and come compressed', async () => {
  const page = await (await fetch(url)).text()
  const script = /\/assets\/[^"]+\.js/.exec(page)?.[0] ?? ''
  const response = await fetch(url + script, { headers: { 'accept-encoding': 'br' } })
  expect([response.headers.get('cache-control'), response.headers.get('content-encoding')]).toEqual([
    'public, max-age=31536000, immutable',
    'br',
  ])
  expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404)
})

test('an address of the interface that is not there is told in words', async () => {
  const response = await fetch(`${url}/api/nothing`)
  expect([response.status, await response.json()]).toMatchObject([404, { error: { what: { en: 'There is nothing at this address.' } } }])
})

test('a body that is too large is not taken in', async () => {
  const response = await fetch(`${url}/api/workspaces`, {
    method: 'POST',
    body: 'x'.repeat(1_100_000),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(413)
})

test('the eleventh wrong password is told to wait; other accounts are not', async () => {
  await account(url, 'signup', 'eve@example.com')
  await account(url, 'signup', 'sam@example.com')
  const tries: number[] = []
  // One after the other: they count.
  for (let attempt = 0; attempt < 12; attempt += 1)
    tries.push(await account(url, 'token?grant_type=password', 'eve@example.com', 'wrong password'))
  expect(tries.slice(-4)).toEqual([400, 429, 429, 429])
  expect(await account(url, 'token?grant_type=password', 'sam@example.com')).toBe(200)
})

test('secrets are readable by their owner alone', async () => {
  expect((await stat(join(data, 'secrets.json'))).mode & 0o777).toBe(0o600)
})

test('what a refused request carried is in no log', async () => {
  await account(url, 'signup', 'not an address 4711')
  expect(running.said()).not.toContain('4711')
})

test('a second start on the same data folder says so and ends', async () => {
  const second = run(data)
  expect(await second.ended).toBe(1)
  expect(second.said()).toBe(
    `The program already runs on the data folder ${data} (process ${running.child.pid}): use that one, stop it first, or set MISSIONS_DATA to another folder.\n`,
  )
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a worker helps a running program, and ends when told', async () => {
  const worker = run(data, {}, ['worker'])
  await expect.poll(() => worker.said(), { timeout: 20_000 }).toContain('The worker is ready.')
  worker.child.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
})

test('killed and started again, everything acknowledged is there', async () => {
  expect(await account(url, 'signup', 'ana@example.com')).toBe(200)
  running.child.kill('SIGKILL')
  await running.ended
  running = run(data)
  url = await ready(running)
  expect(await account(url, 'token?grant_type=password', 'ana@example.com')).toBe(200)
})

test('killed together with its database and started again, everything acknowledged is there', async () => {
  expect(await account(url, 'signup', 'bob@example.com')).toBe(200)
  process.kill(await postgresOf(data), 'SIGKILL')
  running.child.kill('SIGKILL')
  await running.ended
  running = run(data)
  url = await ready(running)
  expect(await account(url, 'token?grant_type=password', 'bob@example.com')).toBe(200)
})

test('while its database is away it says that it cannot serve, and brings it back', async () => {
  const before = await postgresOf(data)
  process.kill(before, 'SIGKILL')
  await expect.poll(async () => (await fetch(`${url}/healthz`)).status, { interval: 5 }).toBe(503)
  await expect.poll(async () => (await fetch(`${url}/healthz`)).status, { timeout: 30_000 }).toBe(200)
  expect(await postgresOf(data)).not.toBe(before)
})

test('another Postgres and another Supabase are used when the settings name them', async () => {
  const secrets = secretsSchema.parse(JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8')))
  const port = (await readFile(join(data, 'database/postgres/postmaster.pid'), 'utf8')).split('\n')[3]
  const folder = await aFolder()
  const other = run(folder, {
    DATABASE_URL: `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${port}/postgres`,
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
  })
  const otherUrl = await ready(other)
  expect(await (await fetch(`${otherUrl}/healthz`)).json()).toMatchObject({ ok: true, database: 'postgres' })
  expect(await (await fetch(`${otherUrl}/config.json`)).json()).toMatchObject({ supabaseUrl: url, publishableKey: secrets.publishableKey })

  const signedUp = await fetch(`${url}/auth/v1/signup`, {
    method: 'POST',
    headers: { apikey: secrets.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'cy@example.com', password }),
  })
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await signedUp.json())
  const begin = (as: string) =>
    fetch(`${otherUrl}/api/workspaces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Acme', personName: 'Cy', timeZone: 'UTC', language: 'en' }),
    })
  expect([(await begin(token)).status, (await begin(`${token}x`)).status]).toEqual([200, 401])

  other.child.kill('SIGTERM')
  expect(await other.ended).toBe(0)
  expect(await readdir(folder)).toEqual([])
})

test('told to end, it ends its database too and says so', async () => {
  const folder = await aFolder()
  const started = run(folder)
  await ready(started)
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
  expect(started.said()).toContain('Stopped.')
  await expect(postgresOf(folder)).rejects.toThrow('ENOENT')
})

test('it ends with whoever started it over a channel', async () => {
  const folder = await aFolder()
  const started = run(folder)
  await ready(started)
  // Node tells no “close” once the channel was closed from here.
  const exited = new Promise((resolve) => started.child.once('exit', resolve))
  started.child.disconnect()
  expect(await exited).toBe(0)
})

test('told to end while it is still starting, it ends just as well', async () => {
  const folder = await aFolder()
  const started = run(folder)
  await expect
    .poll(() => stat(join(folder, 'database/postgres/postmaster.pid')).catch(() => undefined), { interval: 5, timeout: 20_000 })
    .toBeDefined()
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
  await expect(postgresOf(folder)).rejects.toThrow('ENOENT')
})

test('a port in use is named, with what to do, and its database does not stay behind', async () => {
  const taken = createServer()
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void taken.close())
  const address = taken.address()
  const port = typeof address === 'object' ? address?.port : 0
  const folder = await aFolder()
  const started = run(folder, { PORT: String(port) })
  expect(await started.ended).toBe(1)
  expect(started.said()).toBe(`Port ${port} on 127.0.0.1 is in use by another program: stop that one, or set PORT to another number.\n`)
  await expect(postgresOf(folder)).rejects.toThrow('ENOENT')
})

const nowhere = 'http://127.0.0.1:1'
const elsewhere = {
  DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x',
  SUPABASE_URL: nowhere,
  SUPABASE_PUBLISHABLE_KEY: 'k',
  SUPABASE_SECRET_KEY: 'k',
}

test.each([
  ['a wrong setting', { PORT: 'x' }, ['start'], /^The setting PORT must be a whole number[^\n]*\n$/],
  [
    'a data folder that cannot be',
    { MISSIONS_DATA: '/dev/null/missions' },
    ['start'],
    /^The data folder \/dev\/null\/missions cannot be written[^\n]*Set MISSIONS_DATA[^\n]*\n$/,
  ],
  [
    'a database that does not answer',
    elsewhere,
    ['start'],
    /^The database at 127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)[^\n]*DATABASE_URL[^\n]*\n$/,
  ],
  ['a worker with nothing to help', {}, ['worker'], /^Nothing runs on the data folder[^\n]*npm start[^\n]*\n$/],
])('%s is one sentence with the remedy', async (_, environment, args, sentence) => {
  const started = run(await aFolder(), environment, args)
  expect(await started.ended).toBe(1)
  expect(started.said()).toMatch(sentence)
})

test('a data folder that may not be written is one sentence with the remedy', async ({ skip }) => {
  // Nothing is forbidden to root.
  if (process.getuid?.() === 0) skip()
  const folder = join(await aFolder(), 'closed')
  await mkdir(folder)
  await chmod(folder, 0o500)
  const started = run(folder)
  expect(await started.ended).toBe(1)
  expect(started.said()).toMatch(/^The data folder [^\n]* cannot be written \(EACCES\)\. Set MISSIONS_DATA[^\n]*\n$/)
})

test('secrets that were damaged are not made anew, which would lock everybody out', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'secrets.json'), '{"jwtSecret":"x"}')
  const started = run(folder)
  expect(await started.ended).toBe(1)
  expect(started.said()).toMatch(
    /^The secrets in [^\n]*secrets\.json cannot be used \(“databasePassword” in it is missing or wrong\)[^\n]*\n$/,
  )
})

test.each([
  [['--help'], 0, 'Usage: missions <command>'],
  [['start', '--help'], 0, 'Usage: missions start'],
  [['worker', '--help'], 0, 'Usage: missions worker'],
  [[], 2, 'Usage: missions <command>'],
  [['fly'], 2, 'There is no command “fly”.'],
  [['start', '--loud'], 2, `Unknown option '--loud'`],
])('missions %j', async (args, code, text) => {
  const started = run('/dev/null/unused', {}, args)
  expect(await started.ended).toBe(code)
  expect(started.said()).toContain(text)
})
