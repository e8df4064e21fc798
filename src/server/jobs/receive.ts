import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { parseSettings } from '../../catalogue/catalogue.ts'
import type { MissionEvent, TriggerType } from '../../catalogue/define.ts'
import { nextDue, startRun, statusOf } from '../../run/progress.ts'
import { takeTurn, type RunImage } from '../../run/turn.ts'
import type { Trigger } from '../../mission/mission.ts'
import { openServices } from '../services/services.ts'
import { finishArrivals, takeArrivals, type OpenArrival } from '../store/inbox.ts'
import { insertRuns, isEnded, type NewRun } from '../store/runs.ts'
import { transaction, type Sql } from '../store/transaction.ts'
import { liveVersions, type Version } from '../store/versions.ts'
import type { DriveContext } from './drive.ts'
import { tellEnded } from './ended.ts'
import { readEvent } from './event.ts'

/** What starting runs needs of the process. */
export interface ReceiveContext extends DriveContext {
  pool: Pool
  log: Logger
  triggers: ReadonlyMap<string, TriggerType>
  publicUrl: string
}

/** How many arrivals one transaction takes. */
const batch = 50

/**
 * Takes waiting arrivals, starts the runs they mean and writes both in one transaction. The first turn of a run, with all
 * steps that touch nothing outside, belongs to that transaction too: such a run costs no job of its own.
 *
 * @returns how many arrivals were dealt with; fewer than a batch when none is left.
 */
export async function receiveArrivals(context: ReceiveContext): Promise<number> {
  return transaction(context.pool, async (client) => {
    const arrivals = await takeArrivals(client, batch)
    const live = await liveFor(client, arrivals)
    const runs: BegunRun[] = []
    for (const arrival of arrivals) runs.push(...(await runsFor(context, client, arrival, live)))
    await writeRuns(context, client, runs)
    await finishArrivals(
      client,
      arrivals.map(({ id }) => id),
    )
    return arrivals.length
  })
}

/** Live versions by mission, of all workspaces that something arrived for. */
type Live = ReadonlyMap<string, ReadonlyMap<string, string>>

async function liveFor(client: PoolClient, arrivals: readonly OpenArrival[]): Promise<Live> {
  const workspaces = [...new Set(arrivals.map(({ workspaceId }) => workspaceId))]
  return workspaces.length === 0 ? new Map() : liveVersions(client, workspaces)
}

async function runsFor(context: ReceiveContext, client: PoolClient, arrival: OpenArrival, live: Live): Promise<BegunRun[]> {
  const read = await readEvent(client, arrival, context.publicUrl)
  if (!read) {
    context.log.warn({ arrival: arrival.id, kind: arrival.kind }, 'an arrival could not be read and starts nothing')
    return []
  }
  const { event, address } = read
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
        if (data) runs.push(await takeFirstTurn(context, client, { version, trigger: trigger.id, data, arrival }))
      }
    } catch (error) {
      // One mission that cannot be read must not keep the others from starting.
      if (isDatabaseError(error)) throw error
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
  parentId?: string
}

/** A run whose first turn was taken and that is yet to be written. */
interface BegunRun {
  run: NewRun
  /** Something is to be performed now. */
  busy: boolean
  /** When it is due by itself. */
  wake: Date | undefined
  name: string
}

/** Starts a run in the caller's transaction. Gives its id, or undefined for a repeat. */
export async function beginRun(context: ReceiveContext, client: PoolClient, beginning: Beginning): Promise<string | undefined> {
  const begun = await takeFirstTurn(context, client, beginning)
  return (await writeRuns(context, client, [begun])).has(begun.run.id) ? begun.run.id : undefined
}

/** Takes the first turn of a run in memory: nothing is written yet. */
async function takeFirstTurn(
  context: ReceiveContext,
  client: PoolClient,
  { version, trigger, data, arrival, parentId }: Beginning,
): Promise<BegunRun> {
  const id = crypto.randomUUID()
  const { name } = version.mission
  const services = openServices(context.shared, { id, workspaceId: version.workspaceId, sender: name })
  const started = new Date()
  const compiled = context.versions.compiled(version, trigger)
  const first = startRun(compiled, trigger, data)
  const image: RunImage = {
    id,
    mission: version.mission,
    compiled,
    state: first.state,
    trigger: data,
    outputs: {},
    started,
    workspace: await workspaceOf(client, version.workspaceId),
  }
  const turn = await takeTurn(image, first, [], { actions: context.actions, services })
  const wake = turn.ended ? undefined : nextDue(image.state)
  return {
    run: {
      id,
      workspaceId: version.workspaceId,
      missionId: version.missionId,
      versionId: version.id,
      ...(parentId ? { parentId } : {}),
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
    busy: turn.perform.length > 0,
    wake,
    name,
  }
}

/** Writes begun runs and asks for those to be driven that have something to do, now or later. Gives the ids of those that are new. */
async function writeRuns(context: ReceiveContext, client: PoolClient, begun: readonly BegunRun[]): Promise<Set<string>> {
  const written = await insertRuns(
    client,
    begun.map(({ run }) => run),
  )
  const fresh = begun.filter(({ run }) => written.has(run.id))
  for (const { run, busy, wake } of fresh) {
    if (busy) await context.queue.drive(client, run.id)
    if (wake) await context.queue.drive(client, run.id, wake)
  }
  await tellEnded(
    client,
    fresh.flatMap(({ run: { id, workspaceId, missionId, status }, name }) =>
      isEnded(status) ? [{ id, workspaceId, missionId, name, status }] : [],
    ),
  )
  return written
}

const workspaces = new Map<string, { at: number; workspace: { name: string } }>()
/** A workspace's name may be this old in a run's data, in milliseconds: it is read for every run that starts. */
const freshFor = 10_000

async function workspaceOf(sql: Sql, id: string): Promise<{ name: string }> {
  const known = workspaces.get(id)
  if (known && Date.now() - known.at < freshFor) return known.workspace
  const { rows } = await sql.query<{ name: string }>('select name from workspaces where id = $1', [id])
  const workspace = { name: rows[0]?.name ?? '' }
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
