import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { Mission } from '../../src/mission/mission.ts'
import { openDatabase } from '../../src/server/database/open.ts'
import { openQueue } from '../../src/server/queue.ts'

/** The program under measurement, in processes of its own, on an embedded Postgres in a folder of its own. */
export interface Program {
  url: string
  pool: pg.Pool
  databaseUrl: string
  /** Publishes a mission in a workspace of its own; gives its id and its web hook's address. */
  publish(name: string, mission: Mission): Promise<{ missionId: string; workspaceId: string; hook: URL }>
  /** Ends the web process as `kill -9` does and starts it again; gives the milliseconds until it listens. */
  crash(): Promise<number>
  /** Memory of all its Node processes, in MB (resident). */
  memory(): Promise<number>
  /** Part of one processor that its Node processes and Postgres use during so many seconds. */
  processor(seconds: number): Promise<number>
  /** Asks for a run to go on as an answer does, in the caller's transaction. */
  drive(sql: pg.ClientBase, run: string): Promise<void>
  stop(): Promise<void>
}

/** `file`: what to start (the launcher, or the built server). `workers`: how many processes do the work; 0: the web process does it alone. */
export async function startProgram({ file, workers, allowed }: { file: string; workers: number; allowed: string }): Promise<Program> {
  const data = await mkdtemp(join(tmpdir(), 'missions-bench-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const environment = {
    ...process.env,
    PORT: String(port),
    MISSIONS_DATA: data,
    LOG_LEVEL: 'error',
    CALLS_ALLOWED: allowed,
    WORKER: String(workers === 0),
  }
  const begin = (command: string): Promise<ChildProcess> =>
    started(spawn(process.execPath, [file, command], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] }))
  let web = await begin('start')
  const helping = await Promise.all(Array.from({ length: workers }, () => begin('worker')))
  const database = await openDatabase({ settings: { data, supabase: undefined }, as: 'worker', notice: () => undefined })
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  const queue = await openQueue(database.url, pino({ level: 'silent' }))
  pool.on('error', () => undefined)
  return {
    url: `http://127.0.0.1:${port}`,
    pool,
    databaseUrl: database.url,
    async publish(name, mission) {
      const one = async (text: string, values: unknown[]) => String((await pool.query<{ id: string }>(text, values)).rows[0]?.id)
      const document = JSON.stringify(mission)
      const workspaceId = await one('insert into workspaces (name) values ($1) returning id', [name])
      const missionId = await one('insert into missions (workspace_id, name, draft) values ($1, $2, $3) returning id', [
        workspaceId,
        name,
        document,
      ])
      const version = await one('insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 1, $3) returning id', [
        workspaceId,
        missionId,
        document,
      ])
      await pool.query('update missions set live_version_id = $2 where id = $1', [missionId, version])
      await pool.query(`insert into doors (address, workspace_id, mission_id, trigger, kind) values ($1, $2, $3, 'hook', 'hook')`, [
        `bench-${missionId}`,
        workspaceId,
        missionId,
      ])
      return { missionId, workspaceId, hook: new URL(`http://127.0.0.1:${port}/hooks/bench-${missionId}`) }
    },
    async crash() {
      const at = performance.now()
      web.kill('SIGKILL')
      await new Promise((resolve) => web.once('exit', resolve))
      web = await begin('start')
      return performance.now() - at
    },
    async memory() {
      const sizes = await Promise.all([web, ...helping].map(({ pid }) => readFile(`/proc/${pid}/status`, 'utf8')))
      return sizes.reduce((sum, text) => sum + Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1_024, 0)
    },
    async processor(seconds) {
      const { rows } = await pool.query<{ pid: number }>('select pid from pg_stat_activity')
      const pids = [...[web, ...helping].map(({ pid }) => pid ?? 0), ...rows.map(({ pid }) => pid)]
      const before = await Promise.all(pids.map(processorOf))
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
      const after = await Promise.all(pids.map(processorOf))
      // A process that has ended meanwhile counts for nothing.
      const used = after.reduce((sum, end, index) => sum + Math.max(0, end - (before[index] ?? end)), 0)
      return used / seconds
    },
    drive: (sql, run) => queue.drive(sql, run),
    async stop() {
      await queue.stop(1_000)
      await pool.end()
      for (const child of [...helping, web]) {
        child.kill('SIGTERM')
        await new Promise((resolve) => child.once('exit', resolve))
      }
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Waits until a process says that it is there. */
function started(child: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (/http:\/\/[\w.:]+|worker is ready/.test(text)) resolve(child)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}:\n${text}`)))
  })
}

/** User and system time of one process in seconds; the kernel counts hundredths. */
async function processorOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
}
