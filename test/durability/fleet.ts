import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/server/database/open.ts'

const program = join(import.meta.dirname, '../../dist/server/missions.js')

/** One end by kill -9, of a process of the program or (without `pid`) of Postgres. Milliseconds since the epoch. */
export interface Death {
  at: number
  pid?: number
}

/** One process of the program that is started again whenever it ends, as an init system would. */
interface Post {
  name: string
  child: ChildProcess | undefined
  /** It has said that it serves or works. */
  ready: boolean
}

/**
 * A web process and some workers of the built program on one embedded Postgres, all really running. Whatever ends is
 * started again at once, so that killing is all a test has to do.
 */
export class Fleet {
  readonly deaths: Death[] = []
  readonly #data: string
  readonly #environment: Record<string, string>
  readonly #posts: Post[] = []
  #port = 0
  #said = ''
  #closing = false

  private constructor(data: string, environment: Record<string, string>) {
    this.#data = data
    this.#environment = environment
  }

  /** Starts one with so many workers; the web process itself does none of the work. `allowed`: `host:port` that missions may call. */
  static async start(workers: number, allowed: string): Promise<Fleet> {
    const data = await mkdtemp(join(tmpdir(), 'missions-durability-'))
    const fleet = new Fleet(data, { CALLS_ALLOWED: allowed, LOG_LEVEL: 'error' })
    fleet.#man('web')
    await fleet.#whenReady()
    for (let number = 1; number <= workers; number++) fleet.#man(`worker ${number}`)
    await fleet.#whenReady()
    return fleet
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Connection string of the database, for looking at it from outside. */
  async databaseUrl(): Promise<string> {
    const database = await openDatabase({ settings: { data: this.#data, supabase: undefined }, as: 'worker', notice: () => undefined })
    return database.url
  }

  /** Process ids of everything that runs now. */
  get pids(): number[] {
    return this.#posts.flatMap(({ child }) => (child?.pid === undefined ? [] : [child.pid]))
  }

  /** Everything the processes have said. */
  get said(): string {
    return this.#said
  }

  /** Ends one of the processes that are ready, or the one named by its id, as a power cut would. Does nothing while none is. */
  kill(which: number | ((below: number) => number)): void {
    const ready = this.#posts.filter((post) => post.ready && (typeof which === 'function' || post.child?.pid === which))
    const post = typeof which === 'function' ? ready[which(ready.length)] : ready[0]
    const pid = post?.child?.pid
    if (post === undefined || pid === undefined) return
    post.ready = false
    this.deaths.push({ at: Date.now(), pid })
    process.kill(pid, 'SIGKILL')
  }

  /** Ends Postgres, which the web process brings back. Does nothing while it is gone; says whether it was there. */
  killPostgres(): boolean {
    try {
      process.kill(this.postmaster(), 'SIGKILL')
      this.deaths.push({ at: Date.now() })
      return true
    } catch {
      return false
    }
  }

  /** The process id of Postgres. */
  postmaster(): number {
    return Number(readFileSync(join(this.#data, 'database/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  }

  /** Ends everything in good order. */
  async close(): Promise<void> {
    this.#closing = true
    for (const { name, child } of this.#posts.toReversed()) {
      if (!child || child.exitCode !== null || child.signalCode !== null) continue
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      if (child.exitCode !== 0) this.#said += `\n${name} ended with ${child.exitCode}\n`
    }
    await rm(this.#data, { recursive: true, force: true })
  }

  #man(name: string): void {
    const post: Post = { name, child: undefined, ready: false }
    this.#posts.push(post)
    const start = () => {
      if (this.#closing) return
      const web = name === 'web'
      const child = spawn(process.execPath, [program, web ? 'start' : 'worker'], {
        env: {
          PATH: process.env['PATH'] ?? '',
          MISSIONS_DATA: this.#data,
          ...this.#environment,
          ...(web ? { PORT: String(this.#port), WORKER: 'false' } : {}),
        },
        // The channel ends the program with this process, however that one ends.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      post.child = child
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          const text = chunk.toString()
          this.#said += text
          const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)
          if (web && address) this.#port = Number(address[1])
          if (web ? address : text.includes('The worker is ready.')) post.ready = true
        })
      child.once('exit', () => {
        post.ready = false
        setTimeout(start, 100)
      })
    }
    start()
  }

  async #whenReady(): Promise<void> {
    const end = Date.now() + 60_000
    while (this.#posts.some(({ ready }) => !ready)) {
      if (Date.now() > end) throw new Error(`The program did not start in time:\n${this.#said}`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}
