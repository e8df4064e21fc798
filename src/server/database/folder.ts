import { readFileSync } from 'node:fs'
import { access, chmod, constants, lstat, mkdir, mkdtemp, realpath, rename, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartFault } from '../trouble.ts'
import { installedHome } from './binaries.ts'

/** Where the embedded database lives and as whom it runs. */
export interface Place {
  /** Folder for everything of the database; `postgres` in it are its own files. */
  home: string
  /** Copy the programs here, because the user below may not read `node_modules`. */
  copyTo: string | undefined
  /** The user that runs Postgres; undefined: whoever runs us. */
  user: { uid: number; gid: number } | undefined
}

/**
 * Makes the data folder, closed to others (under root others may pass through it, because another user runs the database).
 *
 * @throws StartFault when it cannot be made or written.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    const { mode, uid } = await stat(folder)
    if (isRoot() && uid === 0) await chmod(folder, mode | 0o011)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new StartFault(
      `The data folder ${folder} cannot be written (${codeOf(cause)}). Set MISSIONS_DATA to a folder that you may write, or change the owner of this one.`,
      { cause },
    )
  }
}

/** Makes a folder, closed to others, and those above it. (Node's `recursive` never returns where the system itself refuses, as below /proc.) */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    const above = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || above === folder || (await isThere(above))) throw error
    await makeFolder(above)
    await mkdir(folder, { mode: 0o700 })
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * Decides where the database's files go. Postgres refuses to run as root, so under root it runs as `nobody`, who must be able
 * to reach its files and its programs. Where a folder above them is closed (a home folder often is), a folder under `/var/lib`
 * takes its place; a link in the data folder remembers which, and `notice` tells it.
 */
export async function choosePlace(folder: string, notice: (text: string) => void): Promise<Place> {
  const link = join(folder, 'database')
  const known = await lstat(link).catch(() => undefined)
  if (!isRoot()) {
    if (!known) await mkdir(link, { mode: 0o700 })
    return { home: await ownHome(link), copyTo: undefined, user: undefined }
  }
  if (!known && !(await passable(folder))) {
    const elsewhere = await mkdtemp('/var/lib/missions-')
    await symlink(elsewhere, `${link}.new`)
    await rename(`${link}.new`, link)
    notice(`Postgres does not run as root, and the user it runs as cannot reach ${folder}: the database is kept in ${elsewhere}.`)
  } else if (!known) await mkdir(link)
  const home = await realpath(link)
  await chmod(home, 0o711)
  return { home, copyTo: (await passable(installedHome())) ? undefined : home, user: nobody() }
}

async function ownHome(link: string): Promise<string> {
  try {
    const home = await realpath(link)
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK)
    return home
  } catch (cause) {
    throw new StartFault(
      `The database folder ${link} cannot be used (${codeOf(cause)}): another user has run the program here. Run it as that user, or set MISSIONS_DATA to another folder.`,
      { cause },
    )
  }
}

/** True under root, on systems that have it. */
function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Whether everybody may pass through a folder and all folders above it. */
async function passable(folder: string): Promise<boolean> {
  for (let current = await realpath(folder); ; current = dirname(current)) {
    if (((await stat(current)).mode & 0o001) === 0) return false
    if (current === dirname(current)) return true
  }
}

/** The user without rights that every Unix has; 65534 where the list of users does not name it. */
function nobody(): { uid: number; gid: number } {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
  const [, , uid, gid] = entry?.split(':') ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

/** The system's name for what went wrong, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
