import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import type { Action } from '../../src/catalogue/define.ts'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { DatabaseClock } from '../../src/server/clock.ts'
import type { ReceiveContext } from '../../src/server/jobs/receive.ts'
import { openCounts, type Counts } from '../../src/server/jobs/counts.ts'
import { startWork, type Work } from '../../src/server/jobs/work.ts'
import { openMetrics } from '../../src/server/metrics.ts'
import { openQueue, type WorkingQueue } from '../../src/server/queue.ts'
import { openHttp } from '../../src/server/services/http.ts'
import { openMail } from '../../src/server/services/mail.ts'
import { answerAsk, type AnswerReply } from '../../src/server/store/answers.ts'
import { receive } from '../../src/server/store/inbox.ts'
import { lockDraft, publishDraft } from '../../src/server/store/missions.ts'
import { makeRooms } from '../../src/server/store/rooms.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import { rememberVersions } from '../../src/server/store/versions.ts'
import type { TestDatabase } from '../making.ts'

/** The working half of the program on a test database, in this process: no web, real queue, real store. */
export interface Program {
  context: ReceiveContext & { queue: WorkingQueue }
  work: Work
  /** Ends it as kill -9 would as far as the database can tell: nothing is handed back. */
  stop(): Promise<void>
}

/** What is different in a test's program. */
export interface Difference {
  actions?: ReadonlyMap<string, Action>
  /** How long a step and a call of a web address may take, in milliseconds. */
  longest?: number
  callLongest?: number
  counts?: Counts
}

/** Starts one. It is stopped when the test is done. `allowed`: addresses on this machine that missions may call. */
export async function aProgram(
  database: TestDatabase,
  allowed: readonly string[] = [],
  { actions = catalogue.actions, longest, callLongest, counts = openCounts(openMetrics().registry) }: Difference = {},
): Promise<Program> {
  const { pool, url } = database
  const log = pino({ level: 'silent' })
  const queue = await openQueue(url, log)
  const shared = {
    sql: pool,
    rooms: makeRooms(pool),
    http: openHttp({ allowed, ...(callLongest ? { longest: callLongest } : {}) }),
    mail: openMail({ smtpUrl: undefined, from: undefined }),
    publicUrl: 'http://127.0.0.1',
  }
  const context = {
    pool,
    log,
    queue,
    clock: new DatabaseClock(),
    versions: rememberVersions(),
    shared,
    actions: counts.timed(actions),
    counts,
    ...(longest ? { longest } : {}),
    triggers: catalogue.triggers,
    publicUrl: 'http://127.0.0.1',
  }
  const work = await startWork({ ...context, databaseUrl: url, concurrency: 4, keepRuns: undefined })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= work.stop(2_000))
  onTestFinished(stop)
  return { context, work, stop }
}

/** The trigger of missions that a test starts with {@link startedByHand}. */
export const byHand = { id: 'start', type: 'by-hand', settings: {} }

/** A mission of such steps and links; started by hand unless other triggers are given. */
export const mission = (name: string, steps: unknown[], links: unknown[], triggers: unknown[] = [byHand]): Mission =>
  missionSchema.parse({ format: 1, name, triggers, steps, links })

/** A question to Ana with one button, for so long. */
export const askAna = (id: string, within: string) => ({
  id,
  type: 'ask',
  settings: { to: 'people', whom: ['ana@example.com'], question: 'Well?', answer: 'choices', choices: ['Yes'], needed: 'first', within },
})

/** A workspace with people by first name and the channel #general that all of them are in. */
export interface Office {
  workspaceId: string
  people: Record<string, string>
  general: { id: string; name: string }
}

/** Makes one. Everybody's manager is the first. */
export async function anOffice({ pool }: TestDatabase, names: readonly string[]): Promise<Office> {
  const { rows } = await pool.query<{ id: string }>(`insert into workspaces (name) values ('Office') returning id`)
  const workspaceId = rows[0]?.id ?? ''
  const people: Record<string, string> = {}
  for (const name of names) {
    const made = await pool.query<{ id: string }>(
      `insert into people (workspace_id, name, email, manager_id) values ($1, $2, $3, $4) returning id`,
      [workspaceId, name, `${name.toLowerCase()}@example.com`, Object.values(people)[0] ?? null],
    )
    people[name] = made.rows[0]?.id ?? ''
  }
  const channel = await pool.query<{ id: string }>(
    `insert into channels (workspace_id, name, kind) values ($1, 'general', 'public') returning id`,
    [workspaceId],
  )
  const general = { id: channel.rows[0]?.id ?? '', name: 'general' }
  for (const id of Object.values(people))
    await pool.query('insert into channel_members (channel_id, person_id, workspace_id) values ($1, $2, $3)', [general.id, id, workspaceId])
  return { workspaceId, people, general }
}

/** Publishes a mission in an office; gives its id. */
export async function published({ pool }: TestDatabase, office: Office, mission: Mission): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'insert into missions (workspace_id, name, draft, created_by, updated_by) values ($1, $2, $3, null, null) returning id',
    [office.workspaceId, mission.name, JSON.stringify(mission)],
  )
  const id = rows[0]?.id ?? ''
  await transaction(pool, async (client) => {
    const draft = await lockDraft(client, id)
    if (!draft) throw new Error('no draft')
    await publishDraft(client, draft, mission, { userId: '00000000-0000-0000-0000-000000000000', note: '' }, catalogue.triggers)
  })
  return id
}

/** Starts a mission by hand as somebody. */
export async function startedByHand(
  { pool }: TestDatabase,
  office: Office,
  missionId: string,
  who: string,
  values: Record<string, string> = {},
): Promise<void> {
  await receive(pool, {
    workspaceId: office.workspaceId,
    source: 'hand',
    identity: crypto.randomUUID(),
    kind: 'hand',
    data: { kind: 'hand', person: office.people[who], values, mission: missionId, trigger: 'start' },
  })
}

/** Presses a button of the open question at a step, as somebody. */
export async function pressed(program: Program, office: Office, who: string, step: string, button: string): Promise<AnswerReply> {
  const { rows } = await program.context.pool.query<{ id: string }>(
    'select id from asks where step = $1 order by created_at desc limit 1',
    [step],
  )
  return answerAsk(program.context, { askId: rows[0]?.id ?? '', personId: office.people[who] ?? '', press: { button, values: {} } })
}

/** Waits until something is so. Fails after ten seconds, saying what was awaited. */
export async function until<Value>(what: string, look: () => Promise<Value | undefined | false>): Promise<Value> {
  const end = Date.now() + 10_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** The status of the newest run, and its journal in short: `what step.exit`. */
export async function newestRun({ pool }: TestDatabase): Promise<{ id: string; status: string; journal: string[] } | undefined> {
  const { rows } = await pool.query<{ id: string; status: string }>('select id, status from runs order by started_at desc limit 1')
  const run = rows[0]
  if (!run) return undefined
  const entries = await pool.query<{ what: string; step: string | null; data: { exit?: string; status?: string } }>(
    'select what, step, data from entries where run_id = $1 order by number',
    [run.id],
  )
  const journal = entries.rows.map(({ what, step, data }) =>
    [what, [step, what === 'left' ? data.exit : data.status].filter(Boolean).join('.')].filter(Boolean).join(' '),
  )
  return { ...run, journal }
}
