import pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Action } from '../../src/catalogue/define.ts'
import type { HttpService } from '../../src/catalogue/services.ts'
import { DatabaseClock } from '../../src/server/clock.ts'
import { Driving } from '../../src/server/jobs/driving.ts'
import { Receiver, type ReceiveContext } from '../../src/server/jobs/receive.ts'
import { openCounts } from '../../src/server/jobs/counts.ts'
import type { Queue } from '../../src/server/queue.ts'
import { openMail } from '../../src/server/services/mail.ts'
import { makeRooms } from '../../src/server/store/rooms.ts'
import { rememberVersions } from '../../src/server/store/versions.ts'

/** When a process dies: at its so-manieth write, before the database has it or after. */
export interface Fate {
  write: number
  when: 'before' | 'after'
}

/** A clock that can be put forward, so that nobody has to wait for a wait. */
export class Clock extends DatabaseClock {
  ahead = 0
  override milliseconds(): number {
    return super.milliseconds() + this.ahead
  }
}

/** What all processes of a test share. */
export interface World {
  url: string
  /** Sessions with the database that nobody kills. */
  pool: pg.Pool
  queue: Queue
  clock: Clock
  http: HttpService
  /** Other actions than the catalogue's. */
  actions?: ReadonlyMap<string, Action>
}

const writes =
  /\b(?:insert into|update|delete from)\s+(?:public\.)?(?:runs|run_states|entries|asks|answers|inbox|rows|tables|messages|direct|channels)\b/i

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  return typeof statement === 'object' && statement !== null && 'text' in statement ? String(statement.text) : ''
}

/**
 * The working half of a process, with real store and queue, that dies at one of its writes as if it were killed there: from then on nothing of it
 * ever goes on, and its sessions with the database break.
 */
export class Mortal {
  readonly context: ReceiveContext
  readonly driving: Driving
  readonly receiver: Receiver
  /** How many times it has written: statements that change a run or what it has to do with, and commits of such. */
  writes = 0
  dead = false
  #spared = false
  readonly #pool: pg.Pool
  readonly #fate: Fate | undefined
  readonly #world: World
  readonly #name = `mortal ${crypto.randomUUID()}`
  #die: () => void = () => {}
  /** Resolves when it has died. */
  readonly death = new Promise<void>((resolve) => (this.#die = resolve))

  constructor(world: World, fate?: Fate) {
    this.#world = world
    this.#fate = fate
    this.#pool = new pg.Pool({ connectionString: world.url, max: 8, application_name: this.#name })
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => this.#watch(client))
    const shared = {
      sql: this.#pool,
      rooms: makeRooms(this.#pool),
      http: world.http,
      mail: openMail({ smtpUrl: undefined, from: undefined }),
      publicUrl: 'http://127.0.0.1',
    }
    this.context = {
      pool: this.#pool,
      log: pino({ level: 'silent' }),
      queue: world.queue,
      clock: world.clock,
      versions: rememberVersions(),
      shared,
      actions: world.actions ?? catalogue.actions,
      triggers: catalogue.triggers,
      counts: openCounts(new Registry()),
      publicUrl: 'http://127.0.0.1',
    }
    this.driving = new Driving(this.context, 4)
    this.receiver = new Receiver(this.context, this.driving)
  }

  /** Ends it in good order, if it is alive. */
  async end(): Promise<void> {
    if (this.dead) return
    this.#spared = true
    await this.driving.stop(1_000)
    await this.#pool.end()
  }

  #watch(client: pg.PoolClient): void {
    client.on('error', () => undefined)
    const query: unknown = client.query.bind(client)
    let wrote = false
    /** Whether a statement is a write, and it is the last. */
    const isLast = (text: string): boolean => {
      if (text === 'begin' || text === 'rollback') wrote = false
      const write = writes.test(text) || (text === 'commit' && wrote)
      if (write && text !== 'commit') wrote = true
      if (write) this.writes++
      return write && !this.#spared && this.writes === this.#fate?.write
    }
    const send = (given: unknown[]): unknown => (typeof query === 'function' ? Reflect.apply(query, client, given) : undefined)
    const nothing = new Promise<never>(() => undefined)
    const { when } = this.#fate ?? {}
    Object.assign(client, {
      query: (...given: unknown[]) => {
        if (this.dead) return nothing
        const last = isLast(textOf(given[0]))
        if (last && when === 'before') {
          this.#kill()
          return nothing
        }
        /** What the dead never hear. */
        const hear = (): boolean => {
          if (last) this.#kill()
          return !this.dead
        }
        const callback = given.at(-1)
        if (typeof callback === 'function')
          return send([...given.slice(0, -1), (...answer: unknown[]) => void (hear() && Reflect.apply(callback, undefined, answer))])
        return Promise.resolve(send(given)).then(
          (answer: unknown) => (hear() ? answer : nothing),
          (error: unknown) => (hear() ? Promise.reject(error) : nothing),
        )
      },
    })
  }

  #kill(): void {
    this.dead = true
    void this.#world.pool
      .query('select pg_terminate_backend(pid, 1000) from pg_stat_activity where application_name = $1', [this.#name])
      .then(() => this.#die())
  }
}
