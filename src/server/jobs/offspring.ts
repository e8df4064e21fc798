import type { PoolClient } from 'pg'
import type { Action, ChildRun, RunsRequest, TriggerType } from '../../catalogue/define.ts'
import { Misconfigured } from '../../catalogue/trouble.ts'
import { type CalledData, dataAbove, outcomeOf, startMore, triggerOfCall, type Start } from '../../run/children.ts'
import type { Entry } from '../../run/journal.ts'
import { troubled } from '../../run/perform.ts'
import type { Happening, Visit } from '../../run/progress.ts'
import { toCalls, visitKey, type RunImage } from '../../run/turn.ts'
import type { OpenArrival } from '../store/inbox.ts'
import { cancelChildren, loadCalled, loadChildren, loadItems, loadOutputsBefore } from '../store/children.ts'
import type { KeptRun } from '../store/runs.ts'
import type { Sql } from '../store/transaction.ts'
import { liveVersionOf, type Versions } from '../store/versions.ts'
import type { Gathering } from './gathering.ts'
import { takeFirstTurn, writeRuns, type BeginContext, type Beginning, type BegunRun } from './begin.ts'
import { isDatabaseError } from './receive.ts'

/** What starting other runs needs of the process. */
export interface OffspringContext extends BeginContext {
  /** See {@link DriveShared}. */
  reads: Sql
  versions: Versions
  triggers: ReadonlyMap<string, TriggerType>
}

/** What a visit that starts runs was told, perhaps without its items, and what the steps had given then. */
interface Recalled {
  data: CalledData
  outputs: RunImage['outputs']
}

/** What a commit means for a run's children: these have begun, these visits came to nothing, or the run itself was cancelled. */
interface Family {
  begun: readonly BegunRun[]
  dropped: readonly Visit[]
  cancelled: boolean
}

/** The runs that one run starts while it is driven: they are prepared, begun with its commits, counted, settled and cancelled. */
export class Offspring {
  readonly #context: OffspringContext
  readonly #run: KeptRun
  readonly #image: RunImage
  readonly #gathering: Gathering
  readonly #recalled = new Map<string, Recalled>()

  constructor(context: OffspringContext, run: KeptRun, image: RunImage, gathering: Gathering) {
    this.#context = context
    this.#run = run
    this.#image = image
    this.#gathering = gathering
  }

  /** Finds the mission that a visit runs. Its run is begun by the commit that keeps what is said here. */
  async open(visit: Visit, request: RunsRequest, settings: Record<string, unknown>): Promise<void> {
    const mission = 'items' in request ? undefined : await this.#findMission(request)
    this.#gathering.next.happenings.push(toCalls(visit, request, settings, mission))
  }

  /** @throws Misconfigured when the mission is not live or cannot be run like this. */
  async #findMission({ mission, values }: Extract<RunsRequest, { mission: string }>): Promise<NonNullable<CalledData['mission']>> {
    const live = await liveVersionOf(this.#context.reads, mission, this.#run.workspaceId)
    const version = live && (await this.#context.versions.load(this.#context.reads, live))
    if (!version)
      throw new Misconfigured(
        { en: 'The mission to be run is not live.', fr: 'La mission à exécuter n’est pas en service.' },
        {
          en: 'Publish it, or choose another one in the step’s settings.',
          fr: 'Publiez-la, ou choisissez-en une autre dans les réglages de l’étape.',
        },
      )
    const caller = { id: this.#run.missionId, name: this.#image.mission.name }
    const called = triggerOfCall(version.mission, this.#context.triggers, caller, values)
    return { id: version.missionId, name: version.mission.name, version: version.id, ...called }
  }

  /** Notes that a run that this one started has ended. */
  noteEnd(arrival: OpenArrival): void {
    const { step, visit, ...returned } = arrival.data as {
      step: string
      visit: number
      run: string
      position: number
      status: ChildRun['status']
    }
    const { status } = returned
    if (status === 'running' || status === 'waiting') return
    this.#gathering.next.happenings.push({ kind: 'returned', step, visit, returned: { ...returned, status } })
  }

  /** Leaves a visit whose runs are no longer waited for. */
  async settle(visit: Visit, timeUp: boolean): Promise<void> {
    const called = await loadCalled(this.#context.reads, this.#run.id, visit)
    const action = this.#actionOf(visit.step)
    if (!called || !action?.calling) throw new Error('This step started no runs.')
    const children = await this.#childrenOf(visit)
    const end = action.calling.settle({ settings: called.data.settings, children, timeUp })
    this.#gathering.next.happenings.push({ kind: 'left', step: visit.step, visit: visit.visit, ...end })
  }

  async #childrenOf(visit: Visit): Promise<ChildRun[]> {
    const { reads, versions } = this.#context
    const kept = await loadChildren(reads, this.#run.id, visit)
    // A run of another mission may have moved to another version of it since.
    const ids = [...new Set(kept.map(({ versionId }) => versionId))]
    const documents = new Map(await Promise.all(ids.map(async (id) => [id, (await versions.load(reads, id))?.mission] as const)))
    return kept.map(({ run, versionId, position, status, steps }) => {
      const gave = Object.fromEntries(steps.map(({ step, data }) => [step, data]))
      return {
        run,
        position: position ?? 1,
        status,
        outcome: outcomeOf(documents.get(versionId) ?? this.#image.mission, gave),
        steps: gave,
      }
    })
  }

  #actionOf(id: string): Action | undefined {
    const step = this.#image.mission.steps.find((one) => one.id === id)
    return step && this.#context.actions.get(step.type)
  }

  /**
   * Takes the first turns of the runs to be begun next, in memory. Its commit writes them, see {@link write}.
   *
   * @returns them, and what kept some from beginning, to be taken in by the same commit.
   */
  async begin(entries: readonly Entry[]): Promise<{ begun: BegunRun[]; troubles: Happening[] }> {
    const { state, starts } = startMore(this.#image.state)
    this.#image.state = state
    const begun: BegunRun[] = []
    const troubles: Happening[] = []
    for (const [key, group] of Map.groupBy(starts, (start) => visitKey(this.#run.id, start))) {
      for (const { step, visit } of group.slice(0, 1)) {
        try {
          const called = await this.#recall(key, { step, visit }, entries)
          const beginnings = await this.#prepare(called, group)
          for (const beginning of beginnings) begun.push(await takeFirstTurn(this.#context, this.#context.reads, beginning))
        } catch (error) {
          if (isDatabaseError(error)) throw error
          troubles.push({ ...troubled(error), kind: 'troubled', step, visit })
        }
      }
    }
    return { begun, troubles }
  }

  /** What a visit was told and what the steps had given then: from the lines that are about to be written, else from the journal. */
  async #recall(key: string, at: { step: string; visit: number }, entries: readonly Entry[]): Promise<Recalled> {
    const known = this.#recalled.get(key)
    if (known) return known
    const entry = entries.find((one) => one.what === 'called' && one.step === at.step && one.visit === at.visit)
    const recalled = entry?.what === 'called' ? { data: entry.data, outputs: this.#image.outputs } : await this.#load(at)
    this.#recalled.set(key, recalled)
    return recalled
  }

  async #load(at: { step: string; visit: number }): Promise<Recalled> {
    const { reads } = this.#context
    const called = await loadCalled(reads, this.#run.id, at, this.#actionOf(at.step)?.holds?.list)
    if (!called) throw new Error('This step started no runs.')
    return { data: called.data, outputs: await loadOutputsBefore(reads, this.#run.id, called.number) }
  }

  async #prepare({ data, outputs }: Recalled, starts: readonly Start[]): Promise<Beginning[]> {
    const { reads, versions } = this.#context
    const { id, workspaceId, depth } = this.#run
    const base = { arrival: { id: null, workspaceId }, depth: depth + 1 }
    const version = await versions.load(reads, data.mission?.version ?? this.#run.versionId)
    if (!version) throw new Error('The version to be run is not there any more.')
    const { mission } = data
    if (mission)
      return starts.map(({ step, visit }) => ({
        ...base,
        version,
        trigger: mission.trigger,
        data: mission.data,
        parent: { run: id, step, visit, position: null },
      }))
    const items = await this.#itemsOf(data, starts)
    const { trigger, above } = this.#image
    return starts.map(({ step, visit, position }) => {
      const given = { item: items.get(position) ?? null, position, count: data.count }
      const line = { trigger, above: dataAbove(step, given, { ...(above ? { above } : {}), outputs }) }
      return { ...base, version, trigger: step, data: given, parent: { run: id, step, visit, position }, line }
    })
  }

  async #itemsOf({ settings }: CalledData, starts: readonly Start[]): Promise<Map<number, unknown>> {
    const [first] = starts
    const list = first && this.#actionOf(first.step)?.holds?.list
    if (!first || list === undefined) throw new Error('This step holds no others.')
    const known = settings[list]
    const positions = starts.map(({ position }) => position)
    if (Array.isArray(known)) return new Map(positions.map((position) => [position, known[position - 1]]))
    return loadItems(this.#context.reads, this.#run.id, first, list, positions)
  }

  /** True when a commit has runs to write or to cancel. */
  concerns({ begun, dropped, cancelled }: Family): boolean {
    return cancelled || begun.length > 0 || dropped.some(({ children }) => children)
  }

  /** Writes begun runs, and cancels those that are no longer needed, in the transaction of the commit that decided it. */
  async write(client: PoolClient, { begun, dropped, cancelled }: Family): Promise<void> {
    if (begun.length > 0) await writeRuns(this.#context, client, begun, null)
    const visits = dropped.filter(({ children }) => children).map(({ step, visit }) => ({ step, visit }))
    const needless = await cancelChildren(client, this.#run.id, cancelled ? 'all' : visits)
    await this.#context.queue.driveAll(
      client,
      needless.map((run) => ({ run })),
    )
  }
}
