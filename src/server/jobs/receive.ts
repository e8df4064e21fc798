import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { parseSettings } from '../../catalogue/catalogue.ts'
import type { MissionEvent, TriggerType } from '../../catalogue/define.ts'
import { nextDue, startRun, statusOf } from '../../run/progress.ts'
import { takeTurn, type RunImage } from '../../run/turn.ts'
import type { Trigger } from '../../mission/mission.ts'
import { isPassing } from '../database/away.ts'
import type { DriveRequest } from '../queue.ts'
import { openServices } from '../services/services.ts'
import { finishArrivals, receiveAll, takeArrivals, type Arrival, type OpenArrival } from '../store/inbox.ts'
import { insertRuns, isEnded, type NewRun, type Parent } from '../store/runs.ts'
import { timeOf, transaction, type Sql } from '../store/transaction.ts'
import { liveVersions, type Version } from '../store/versions.ts'
import type { Line } from '../store/children.ts'
import type { DriveContext } from './drive.ts'
import type { Driving } from './driving.ts'
import { tellEnded } from './ended.ts'
import { addressOf, readEvent } from './event.ts'
import { type Unstarted, writeUnstarted } from './unstarted.ts'

/** What beginning a run needs of the process. */
export type BeginContext = Omit<DriveContext, 'pool' | 'log' | 'triggers'>

/** What starting runs needs of the process. */
export interface ReceiveContext extends DriveContext {
  pool: Pool
  log: Logger
  publicUrl: string
}

/** How many arrivals one transaction takes. */
const batch = 50

/** Takes arrivals in, again and again. */
export class Receiver {
  readonly #context: ReceiveContext
  readonly #driving: Driving
  #after: string | undefined
  /** How many more arrivals are taken one by one, because of many together one could not be dealt with. */
  #oneByOne = 0

  constructor(context: ReceiveContext, driving: Driving) {
    this.#context = context
    this.#driving = driving
  }

  /**
   * Takes waiting arrivals, starts the runs they mean and writes both in one transaction. The first turn of a run, with all
   * steps that touch nothing outside, belongs to that transaction too; a run that has more to do is driven by this process at once.
   *
   * @returns how many arrivals were dealt with.
   */
  async receive(): Promise<number> {
    const most = Math.min(this.#oneByOne > 0 ? 1 : batch, this.#driving.room)
    if (most === 0) return 0
    let first: OpenArrival | undefined
    try {
      const taken = await this.#start(async (client) => {
        const arrivals = await takeArrivals(client, most, { after: this.#after, full: this.#driving.full })
        first = arrivals[0]
        await finishArrivals(
          client,
          arrivals.map(({ id }) => id),
        )
        return arrivals
      })
      this.#after = taken.at(-1)?.lane
      this.#oneByOne = taken.length === 0 ? 0 : Math.max(0, this.#oneByOne - 1)
      return taken.length
    } catch (error) {
      if (isPassing(error) || !first) throw error
      // One of them cannot be dealt with. It must not keep the others from being: they are taken one by one, until it is found.
      if (most > 1) this.#oneByOne = most
      else await this.#putAside(first, error)
      return 1
    }
  }

  /** Notes that an arrival cannot be dealt with: in the history of the mission it is addressed to, if that can be written, and in the log. */
  async #putAside(arrival: OpenArrival, error: unknown): Promise<void> {
    const { pool, log, clock } = this.#context
    log.error({ arrival: arrival.id, reason: error instanceof Error ? error.message : 'unknown' }, 'an arrival cannot be dealt with')
    const address = addressOf(arrival)
    const live = address && (await liveFor(pool, [arrival])).get(arrival.workspaceId)?.get(address.mission)
    await transaction(pool, async (client) => {
      if (address && live)
        await writeUnstarted(
          client,
          [{ arrival, missionId: address.mission, versionId: live, trigger: address.trigger, error }],
          clock.now(),
        )
      await finishArrivals(client, [arrival.id])
    }).catch(() => finishArrivals(pool, [arrival.id]))
  }

  /**
   * Keeps arrivals and starts the runs they mean in one transaction, so that nothing has to be looked for afterwards.
   *
   * @returns false, with nothing written, when this process has enough to do, so that the arrivals have to wait for their turn.
   */
  async takeIn(arrivals: readonly Arrival[]): Promise<boolean> {
    const { room, full } = this.#driving
    if (room < arrivals.length || full.length > 0) return false
    await this.#start((client) => receiveAll(client, arrivals, { done: true }))
    return true
  }

  /** Starts the runs that arrivals mean, in the transaction that takes the arrivals. */
  async #start<Taken extends OpenArrival>(take: (client: PoolClient) => Promise<Taken[]>): Promise<Taken[]> {
    const context = this.#context
    let begun: BegunRun[] = []
    const taken = await transaction(context.pool, async (client) => {
      const arrivals = await take(client)
      const live = await liveFor(client, arrivals)
      const runs: BegunRun[] = []
      const unstarted: Unstarted[] = []
      for (const arrival of arrivals) runs.push(...(await runsFor(context, client, arrival, { live, unstarted })))
      begun = await writeRuns(context, client, runs, this.#driving.worker)
      await writeUnstarted(client, unstarted, context.clock.now())
      return arrivals
    }).catch((error: unknown) => {
      // When the connection breaks at the commit, nobody knows whether it was one.
      this.#driving.doubt(begun.map(({ run }) => run.id))
      throw error
    })
    context.counts.took(taken.length)
    for (const { run, image } of begun) context.counts.began(run, image.mission)
    this.#drive(begun)
    return taken
  }

  #drive(begun: readonly BegunRun[]): void {
    for (const { run, image, busy, workspace } of begun)
      if (busy) this.#driving.begin({ ...run, workspace, rev: 0, lastEntry: run.entries.length, knocks: 0 }, image)
  }
}

/** Live versions by mission, of all workspaces that something arrived for. */
type Live = ReadonlyMap<string, ReadonlyMap<string, string>>

async function liveFor(client: Sql, arrivals: readonly OpenArrival[]): Promise<Live> {
  const workspaces = [...new Set(arrivals.map(({ workspaceId }) => workspaceId))]
  return workspaces.length === 0 ? new Map() : liveVersions(client, workspaces)
}

/** `unstarted`: gets the run that should have been started and cannot be. */
async function runsFor(
  context: ReceiveContext,
  client: PoolClient,
  arrival: OpenArrival,
  { live, unstarted }: { live: Live; unstarted: Unstarted[] },
): Promise<BegunRun[]> {
  const read = await readEvent(client, arrival, context.publicUrl)
  if (!read) {
    context.log.warn({ arrival: arrival.id, kind: arrival.kind }, 'an arrival could not be read and starts nothing')
    return []
  }
  const { event, address, depth } = read
  const missions = live.get(arrival.workspaceId) ?? new Map<string, string>()
  const versions = address ? [missions.get(address.mission)].flatMap((id) => (id ? [id] : [])) : [...missions.values()]
  const runs: BegunRun[] = []
  for (const versionId of versions) {
    try {
      const version = await context.versions.load(client, versionId)
      if (!version || (event.kind === 'mission-ended' && event.mission.id === version.missionId)) continue
      for (const trigger of version.mission.triggers) {
        if (address && address.trigger !== trigger.id) continue
        const data = matchTrigger(context.triggers, trigger, event)
        if (data) runs.push(await takeFirstTurn(context, client, { version, trigger: trigger.id, data, arrival, depth }))
      }
    } catch (error) {
      // One mission that cannot be read must not keep the others from starting.
      if (isDatabaseError(error) || isPassing(error)) throw error
      if (address) unstarted.push({ arrival, missionId: address.mission, versionId, trigger: address.trigger, error })
      context.log.error(
        { version: versionId, reason: error instanceof Error ? error.message : 'unknown' },
        'a live version could not be started',
      )
    }
  }
  return runs
}

/** True for what the database or the way to it said: it ends the transaction, and is tried again. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && ('severity' in error || 'errno' in error)
}

/** The trigger's data if the event starts it. */
export function matchTrigger(
  triggers: ReadonlyMap<string, TriggerType>,
  trigger: Trigger,
  event: MissionEvent,
): Record<string, unknown> | undefined {
  const type = triggers.get(trigger.type)
  if (!type || type.listens !== event.kind) return undefined
  const settings = parseSettings(type.settings, trigger.settings)
  return settings.success ? type.match(settings.data, event) : undefined
}

/** What starts a run. */
export interface Beginning {
  version: Version
  trigger: string
  data: Record<string, unknown>
  arrival: { id: number; workspaceId: string } | { id: null; workspaceId: string }
  /** How many runs stand before it, as ancestors or because their ends started the next. */
  depth?: number
  parent?: Parent | null
  /** Of an item's run: what its steps see that happened in its ancestors. */
  line?: Line
}

/** A run whose first turn was taken and that is yet to be written. */
export interface BegunRun {
  run: Omit<NewRun, 'worker'>
  image: RunImage
  workspace: { name: string; language: string }
  /** Something is to be performed now. */
  busy: boolean
  /** When it is due by itself. */
  wake: Date | undefined
  name: string
}

/** Starts a run in the caller's transaction. Gives its id, or undefined for a repeat. */
export async function beginRun(context: ReceiveContext, client: PoolClient, beginning: Beginning): Promise<string | undefined> {
  // A process without runs to drive does not hear the time otherwise.
  const asked = performance.now()
  context.clock.hear((await timeOf(client)).getTime(), asked)
  const [begun] = await writeRuns(context, client, [await takeFirstTurn(context, client, beginning)], null)
  if (begun) context.counts.began(begun.run, begun.image.mission)
  return begun?.run.id
}

/** Takes the first turn of a run in memory: nothing is written yet. */
export async function takeFirstTurn(
  context: BeginContext,
  sql: Sql,
  { version, trigger, data, arrival, depth = 0, parent = null, line }: Beginning,
): Promise<BegunRun> {
  const id = crypto.randomUUID()
  const { name } = version.mission
  const services = openServices(context.shared, { id, workspaceId: version.workspaceId, sender: name }, () => context.clock.now())
  const started = context.clock.now()
  const compiled = context.versions.compiled(version, trigger)
  const workspace = await workspaceOf(sql, version.workspaceId)
  const first = startRun(compiled, trigger, data)
  const image: RunImage = {
    id,
    mission: version.mission,
    compiled,
    state: first.state,
    trigger: line?.trigger ?? data,
    ...(line?.above ? { above: line.above } : {}),
    depth,
    outputs: {},
    started,
    workspace: { name: workspace.name },
  }
  const turn = await takeTurn(image, first, [], { actions: context.actions, services })
  const wake = turn.ended ? undefined : nextDue(image.state)
  return {
    run: {
      id,
      workspaceId: version.workspaceId,
      missionId: version.missionId,
      versionId: version.id,
      parent,
      depth,
      connectionId: null,
      trigger,
      data,
      inboxId: arrival.id,
      about: aboutOf(data),
      started,
      status: turn.ended ?? statusOf(image.state),
      state: wake ? { ...image.state, wake: wake.toISOString() } : image.state,
      entries: turn.entries,
    },
    image,
    workspace,
    busy: turn.perform.length > 0 || image.state.open.some(({ children }) => children),
    wake,
    name,
  }
}

/**
 * Writes begun runs. Those that have something to do now are the given worker's, or, without one, somebody is asked to drive them; those that
 * wait are to go on when they are due.
 *
 * @returns those that are new.
 */
export async function writeRuns(
  context: BeginContext,
  client: PoolClient,
  begun: readonly BegunRun[],
  worker: string | null,
): Promise<BegunRun[]> {
  const written = await insertRuns(
    client,
    begun.map(({ run, busy }) => ({ ...run, worker: busy ? worker : null })),
  )
  const fresh = begun.filter(({ run }) => written.has(run.id))
  await context.queue.driveAll(
    client,
    fresh.flatMap(({ run, busy, wake }): DriveRequest[] => [
      ...(busy && worker === null ? [{ run: run.id }] : []),
      ...(wake ? [{ run: run.id, at: wake }] : []),
    ]),
  )
  await tellEnded(
    context.queue,
    client,
    fresh.flatMap(({ run: { id, workspaceId, missionId, status, parent, depth }, name }) =>
      isEnded(status) ? [{ id, workspaceId, missionId, name, status, parent, depth }] : [],
    ),
  )
  return fresh
}

const workspaces = new Map<string, { at: number; workspace: { name: string; language: string } }>()
/** A workspace's name may be this old in a run's data, in milliseconds: it is read for every run that starts. */
const freshFor = 10_000

async function workspaceOf(sql: Sql, id: string): Promise<{ name: string; language: string }> {
  const known = workspaces.get(id)
  if (known && Date.now() - known.at < freshFor) return known.workspace
  const { rows } = await sql.query<{ name: string; language: string }>('select name, language from workspaces where id = $1', [id])
  const workspace = { name: rows[0]?.name ?? '', language: rows[0]?.language ?? 'en' }
  workspaces.set(id, { at: Date.now(), workspace })
  return workspace
}

/** Characters of a run's searchable text. */
const longestAbout = 500

/** What history searches and shows of the trigger's data: names and short texts, in order. */
export function aboutOf(data: Record<string, unknown>): string {
  const words: string[] = []
  const collect = (value: unknown, depth: number): void => {
    if (typeof value === 'string' || typeof value === 'number') words.push(String(value))
    else if (typeof value === 'object' && value !== null && depth < 3) {
      if ('name' in value && typeof value.name === 'string') words.push(value.name)
      else for (const part of Object.values(value)) collect(part, depth + 1)
    }
  }
  for (const value of Object.values(data)) collect(value, 0)
  return words.join(' · ').slice(0, longestAbout)
}
