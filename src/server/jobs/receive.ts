import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { parseSettings } from '../../catalogue/catalogue.ts'
import type { MissionEvent, TriggerType } from '../../catalogue/define.ts'
import type { Trigger } from '../../mission/mission.ts'
import { isPassing } from '../database/away.ts'
import { finishArrivals, receiveAll, takeArrivals, type Arrival, type OpenArrival } from '../store/inbox.ts'
import { takeInRuns } from '../store/beginnings.ts'
import { transaction, type Sql } from '../store/transaction.ts'
import { liveVersions } from '../store/versions.ts'
import { takeFirstTurn, writeRuns, type BegunRun } from './begin.ts'
import type { DriveContext } from './drive.ts'
import type { Driving } from './driving.ts'
import { addressOf, readEvent } from './event.ts'
import { type Unstarted, writeUnstarted } from './unstarted.ts'

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
    const fresh = await this.#takeFirstTurns(arrivals)
    if (fresh) await this.#writeTogether(arrivals, fresh)
    else await this.#start((client) => receiveAll(client, arrivals))
    return true
  }

  /** The first turns of the runs that arrivals mean. Undefined when what they lead to takes more than one statement to write. */
  async #takeFirstTurns(arrivals: readonly Arrival[]): Promise<{ arrival: Arrival; begun: BegunRun }[] | undefined> {
    const { pool, clock } = this.#context
    const live = await liveFor(pool, arrivals)
    const unstarted: Unstarted[] = []
    const fresh: { arrival: Arrival; begun: BegunRun }[] = []
    for (const arrival of arrivals) {
      // Its id is known once it is kept.
      const open = { ...arrival, id: 0, at: clock.now() }
      for (const begun of await runsFor(this.#context, pool, open, { live, unstarted })) fresh.push({ arrival, begun })
    }
    return unstarted.length > 0 || fresh.some(({ begun }) => begun.wake) ? undefined : fresh
  }

  async #writeTogether(arrivals: readonly Arrival[], fresh: readonly { arrival: Arrival; begun: BegunRun }[]): Promise<void> {
    const { pool, counts } = this.#context
    const written = await takeInRuns(
      pool,
      arrivals,
      fresh.map(({ arrival, begun: { run, busy, name } }) => ({ ...run, worker: busy ? this.#driving.worker : null, name, arrival })),
    ).catch((error: unknown) => {
      this.#driving.doubt(fresh.map(({ begun }) => begun.run.id))
      throw error
    })
    counts.took(arrivals.length)
    const begun = fresh.flatMap((one) => (written.has(one.begun.run.id) ? [one.begun] : []))
    for (const { run, image } of begun) counts.began(run, image.mission)
    this.#drive(begun)
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

async function liveFor(client: Sql, arrivals: readonly { workspaceId: string }[]): Promise<Live> {
  const workspaces = [...new Set(arrivals.map(({ workspaceId }) => workspaceId))]
  return workspaces.length === 0 ? new Map() : liveVersions(client, workspaces)
}

/** `unstarted`: gets the run that should have been started and cannot be. */
async function runsFor(
  context: ReceiveContext,
  client: Sql,
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
