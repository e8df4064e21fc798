import type { PoolClient } from 'pg'
import { nextDue, startRun, statusOf } from '../../run/progress.ts'
import { takeTurn, type RunImage } from '../../run/turn.ts'
import type { DriveRequest } from '../queue.ts'
import { openServices } from '../services/services.ts'
import type { Line } from '../store/children.ts'
import { insertRuns, type NewRun } from '../store/beginnings.ts'
import { isEnded, type Parent } from '../store/runs.ts'
import { timeOf, type Sql } from '../store/transaction.ts'
import type { Version } from '../store/versions.ts'
import type { DriveContext } from './drive.ts'
import { tellEnded } from './ended.ts'

/** What beginning a run needs of the process. */
export type BeginContext = Omit<DriveContext, 'pool' | 'log' | 'triggers'>

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
export async function beginRun(context: BeginContext, client: PoolClient, beginning: Beginning): Promise<string | undefined> {
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
  context: Pick<BeginContext, 'queue'>,
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
      ...(wake ? [{ run: run.id, at: wake, mission: run.missionId }] : []),
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
