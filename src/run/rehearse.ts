import type { Action, TriggerType } from '../catalogue/define.ts'
import type { Person } from '../catalogue/services.ts'
import type { FieldValue } from '../mission/form.ts'
import { compile, type CompiledMission } from '../mission/machine.ts'
import type { Mission } from '../mission/mission.ts'
import type { KeptEntry } from './journal.ts'
import { pretendWorld, type Done, type Said } from './pretend.ts'
import { Stage } from './stage.ts'

/** How a simulated person behaves: the first line that fits a question is followed. */
export interface Behaviour {
  /** Name, e-mail address or id. */
  who: string
  /** Only at this step; at every step when absent. */
  step?: string
  /** How long it takes, such as `2h`; an hour when absent. `never`: does not answer. */
  after?: string
  /** Label or id of the button; the first one when absent. */
  press?: string
  /** Values for the button's form; made up by kind when absent. */
  values?: Record<string, FieldValue>
}

/** What a rehearsal is told. */
export interface RehearsalScript {
  mission: Mission
  trigger: string
  data: Record<string, unknown>
  people: readonly Person[]
  channels?: readonly { name: string; members?: readonly string[] }[]
  behaviours: readonly Behaviour[]
  /** What a called web address answers; 200 with an empty record when absent. */
  answers?: (call: { method: string; url: string }) => { status: number; body: unknown } | undefined
  /** When it begins, on the simulated clock. */
  start: Date
  language: string
  actions: ReadonlyMap<string, Action>
  /** Other missions that steps may run, by id, and the kinds of their triggers. One that is not here completes at once. */
  missions?: ReadonlyMap<string, Mission>
  triggers?: ReadonlyMap<string, TriggerType>
}

/** A run that another one started, as it went in the rehearsal. */
export interface RehearsedChild {
  id: string
  parent: string
  /** Which visit of the parent started it, and for which place in its list, from 1. */
  step: string
  visit: number
  position: number
  status: Rehearsal['status']
  entries: KeptEntry[]
}

/** What came of it: the journal with simulated times, and everything that would have been said and done. */
export interface Rehearsal {
  status: 'completed' | 'failed' | 'cancelled' | 'unfinished'
  entries: KeptEntry[]
  /** All runs that it started, and those that these started, in the order of their beginnings. */
  children: RehearsedChild[]
  said: Said[]
  done: Done[]
  /** Milliseconds of simulated time from start to end. */
  elapsed: number
}

/** How many things may happen before a rehearsal is given up; a mission that passes its check ends long before. */
const mostMoments = 20_000

/** Runs a mission on a simulated clock with simulated people: the same engine and actions, a pretend world. */
export async function rehearse(script: RehearsalScript): Promise<Rehearsal> {
  return new Theatre(script).play()
}

/** Where a rehearsal is played: one clock, one pretend world, and a stage for each run. */
export class Theatre {
  readonly script: RehearsalScript
  readonly world: ReturnType<typeof pretendWorld>
  readonly #machines = new Map<Mission, Map<string, CompiledMission>>()
  readonly #stages: Stage[] = []
  /** What is to happen at this moment, in order. */
  readonly #now: (() => Promise<void>)[] = []
  now: number
  #order = 0

  constructor(script: RehearsalScript) {
    this.script = script
    this.now = script.start.getTime()
    this.world = pretendWorld({
      people: script.people,
      ...(script.channels ? { channels: script.channels } : {}),
      ...(script.answers ? { answers: script.answers } : {}),
      now: () => new Date(this.now),
    })
  }

  async play(): Promise<Rehearsal> {
    const { mission, trigger, data, start } = this.script
    const root = new Stage(this, { id: 'rehearsal', mission, trigger, data, depth: 0, line: { trigger: data } })
    this.open(root)
    await this.#drain()
    for (let moment = 0; moment < mostMoments; moment++) {
      const next = this.#stages.reduce<Stage | undefined>(
        (one, other) => ((other.next ?? Infinity) < (one?.next ?? Infinity) ? other : one),
        undefined,
      )
      if (next?.next === undefined) break
      this.now = Math.max(this.now, next.next)
      this.soon(() => next.goOn())
      await this.#drain()
    }
    return {
      status: root.status ?? 'unfinished',
      entries: root.entries,
      children: this.#stages.flatMap((stage) => stage.child ?? []),
      said: this.world.said,
      done: this.world.done,
      elapsed: (root.ended ?? this.now) - start.getTime(),
    }
  }

  async #drain(): Promise<void> {
    for (let task = this.#now.shift(); task; task = this.#now.shift()) await task()
  }

  /** Adds a run, which begins at this moment. */
  open(stage: Stage): void {
    this.#stages.push(stage)
    this.soon(() => stage.begin())
  }

  /** Lets something happen at this moment, after what is to happen already. */
  soon(task: () => Promise<void>): void {
    this.#now.push(task)
  }

  /** A number that grows: what was planned first for an instant comes first. */
  takeNumber(): number {
    return this.#order++
  }

  compiled(mission: Mission, trigger: string): CompiledMission {
    const machines = this.#machines.get(mission) ?? new Map<string, CompiledMission>()
    this.#machines.set(mission, machines)
    const found = machines.get(trigger) ?? compile(mission, trigger)
    machines.set(trigger, found)
    return found
  }
}
