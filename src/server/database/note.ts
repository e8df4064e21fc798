import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './folder.ts'

const noteFile = (cluster: string) => join(cluster, 'postmaster.pid')

/** The server that runs on these files, by the note that every Postgres leaves beside them. */
export async function findRunning(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const note = await readFile(noteFile(cluster), 'utf8').catch(() => undefined)
  if (note === undefined) return undefined
  const [pidLine = '', , , portLine = ''] = note.split('\n')
  const pid = Number(pidLine)
  const port = Number(portLine)
  return pid > 0 && port > 0 && isAlive(pid) && (await isPostgres(pid)) ? { pid, port } : undefined
}

/**
 * Lets a start go past the note of a server that is gone. After a crash of the machine its number may belong to another process, for which
 * Postgres would refuse to start. The note itself must stay: by its other lines Postgres finds out whether sessions of a killed server are still
 * at work, and two servers on the same files would spoil them. A number that is its parent's (ours) it takes for an old one
 * (`CreateLockFile` in Postgres's `miscinit.c`).
 */
export async function disownNote(cluster: string): Promise<void> {
  const note = await readFile(noteFile(cluster), 'utf8').catch(() => undefined)
  if (note === undefined || (await findRunning(cluster))) return
  const [pidLine = '', ...others] = note.split('\n')
  const pid = Number(pidLine)
  if (pid > 0 && isAlive(pid) && !(await isPostgres(pid))) await writeFile(noteFile(cluster), [process.pid, ...others].join('\n'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('postgres')
}
