import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { openBrowser } from './chromium.ts'

const house = join(import.meta.dirname, '../..')
/** How long the program may take until it listens, in milliseconds: a busy machine is slow. */
const patience = 60_000
const slowed = Number(process.env.SLOWED ?? 1)

/** What is to be ended with the test file. Vitest takes hooks only while it reads the file, programs are started within tests too. */
const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

/** The built program, really running, with a data folder of its own. */
export interface RunningProgram {
  readonly url: string
  /** Does something in its database, past all its rules: what would take too long to come about by itself. */
  sql(text: string, values: unknown[]): Promise<void>
  /** kill -9: nothing is handed back, nothing is closed. */
  kill(): Promise<void>
  /** Starts it again on the same data folder and the same port. */
  start(): Promise<void>
}

/** Starts the program; it ends, and its data goes, when the test file is done. */
export async function runProgram(): Promise<RunningProgram> {
  const data = await mkdtemp(join(tmpdir(), 'missions-browser-'))
  let child: ChildProcess | undefined
  let url = ''

  const start = async () => {
    const port = url === '' ? '0' : new URL(url).port
    const started = spawn(process.execPath, ['dist/server/missions.js', 'start'], {
      cwd: house,
      env: { ...process.env, PORT: port, MISSIONS_DATA: data, LOG_LEVEL: 'warn' },
      // The channel ends the program with this process, however that one ends.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    child = started
    url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The program did not start in time.')), patience)
      let text = ''
      started.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        const found = /http:\/\/[\d.]+:\d+/.exec(text)
        if (!found) return
        clearTimeout(timer)
        resolve(found[0])
      })
      started.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${text}`)))
    })
  }
  const end = async (signal: NodeJS.Signals) => {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await gone
  }

  ends.push(async () => {
    await end('SIGTERM')
    await rm(data, { recursive: true, force: true })
  })
  await start()
  return {
    get url() {
      return url
    },
    async sql(text, values) {
      const { databasePassword } = z
        .object({ databasePassword: z.string() })
        .parse(JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8')))
      const port = (await readFile(join(data, 'database/postgres/postmaster.pid'), 'utf8')).split('\n')[3]
      const client = new pg.Client({ connectionString: `postgres://postgres:${databasePassword}@127.0.0.1:${port}/postgres` })
      await client.connect()
      try {
        await client.query(text, values)
      } finally {
        await client.end()
      }
    },
    kill: () => end('SIGKILL'),
    start,
  }
}

/** Somebody at their own computer: a browser context of their own. */
export interface Visitor {
  name: string
  page: Page
  context: BrowserContext
}

let shared: Promise<Browser> | undefined

/** A new visitor. Their browser closes with the test file. */
export async function aVisitor(
  program: RunningProgram,
  name: string,
  more: { colorScheme?: 'light' | 'dark'; width?: number; height?: number; touch?: boolean; motion?: boolean } = {},
): Promise<Visitor> {
  const { colorScheme = 'light', width = 1440, height = 900, touch = false, motion = false } = more
  if (!shared) {
    const opening = openBrowser()
    shared = opening
    ends.push(async () => (await opening).close())
  }
  const context = await (
    await shared
  ).newContext({
    baseURL: program.url,
    colorScheme,
    viewport: { width, height },
    hasTouch: touch,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    reducedMotion: motion ? 'no-preference' : 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  if (slowed > 1) await slow(page)
  return { name, page, context }
}

/** Makes a page so many times slower as SLOWED says, and its network that of a phone: whatever a test takes for granted too early, fails. */
async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowed })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: -1, uploadThroughput: -1 })
}

const password = 'correct horse battery'

/** The first visitor makes the workspace and owns it. */
export async function signUp({ page, name }: Visitor): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Name of the workspace').fill('Acme')
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page.waitForURL('**/missions')
}

/** Gives an invitation link for a role, made by an owner on the page People. */
export async function invite(
  { page }: Visitor,
  role: 'Member' | 'Builder' = 'Member',
  near: { manager?: string; buddy?: string } = {},
): Promise<string> {
  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: role }).check()
  for (const [label, name] of [
    ['Their manager', near.manager],
    ['Their buddy', near.buddy],
  ] as const) {
    if (!name) continue
    const [field, option] = [dialog.getByRole('combobox', { name: label }), dialog.getByRole('option', { name })]
    await field.fill(name)
    // On a busy machine the dialog takes the focus only now, which closes the list of a field that has it already.
    if (
      !(await option.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      ))
    )
      await field.click()
    await option.click()
  }
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const link = dialog.getByLabel('Invitation link')
  await link.waitFor()
  return link.inputValue()
}

/** Follows an invitation link with a new account. */
export async function joinBy(link: string, { page, name }: Visitor): Promise<void> {
  await page.goto(new URL(link).pathname)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Join the workspace' }).click()
  await page.waitForURL(/\/(missions|chat)/)
}
