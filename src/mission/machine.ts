import { setup } from 'xstate'
import { type Aftermath, blank, enterFork, leave, leaveFork, type Memory, missHead, missJoin, poison, verdict, visitOf } from './memory.ts'
import { defaultMaxVisits, failedExit, type Mission, type Step } from './mission.ts'
import { analyse, type GraphFault, type Paths } from './paths.ts'
import type { Block, ClosedFork, Thread, Way } from './thread.ts'

/** Names the way machines are made. A snapshot that another compiler made must be refolded from the journal. */
export const compiler = 'nested-1'

/**
 * What moves the machine. One type of event per kind with a guard on the step: a type per step costs memory that is never given back
 * (measured: 163 MB). `resolved` and `ruined` it raises itself, one per head that is concerned, so that no event moves many regions.
 */
export type Move =
  | { type: 'start' }
  | { type: 'left'; step: string; visit: number; exit: string }
  | { type: 'dropped'; step: string }
  | { type: 'cancel' }
  | { type: 'resolved'; head: string }
  | { type: 'ruined'; step: string }

/**
 * What the machine wants done. `begin`: start this visit of a step. `cancel`: stop this visit, nobody needs its outcome. `skip`: the
 * step can no longer be reached. `exhausted`: a loop came to the step once too often; this visit is not started but treated as failed.
 * `end`: the run is over; comes once, last.
 */
export type Decision =
  | { kind: 'begin'; step: string; visit: number }
  | { kind: 'cancel'; step: string; visit: number }
  | { kind: 'skip'; step: string }
  | { kind: 'exhausted'; step: string; visit: number }
  | { kind: 'end'; status: 'completed' | 'failed' | 'cancelled' }

const base = setup({
  types: { context: {} as Memory, events: {} as Move },
  actions: {
    /** Comes back from `transition()` as data; nothing is to be done here. */
    decide: (_, _decision: Decision) => {},
  },
})

type StateConfig = Parameters<typeof base.createStateConfig>[0]

/** A mission made executable for one of its triggers. */
export interface CompiledMission {
  compiler: string
  trigger: string
  paths: Paths
  machine: ReturnType<typeof buildMachine>
}

/**
 * Makes a mission executable for one of its triggers: an XState machine that only decides. Deterministic: the same mission gives the same
 * machine, so that a snapshot fits every machine compiled from its version.
 *
 * @throws RangeError when there is no such trigger, or the graph cannot run ({@link Paths.faults}); checks find both before publishing.
 */
export function compile(mission: Mission, triggerId: string): CompiledMission {
  const paths = analyse(mission, triggerId)
  if (paths.faults.length > 0) throw new RangeError(`This mission cannot run: ${paths.faults.map(describeFault).join('; ')}`)
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  return { compiler, trigger: triggerId, paths, machine: buildMachine(paths, steps) }
}

function describeFault(fault: GraphFault): string {
  return `${fault.fault} (${fault.links.map((link) => `${link.from}.${link.exit} → ${link.to}`).join(', ')})`
}

/**
 * States are named after steps; the others begin with a capital, which no step's id does. The parallel state is not the initial one, because
 * every `transition()` builds the initial snapshot anew (measured with 300 regions: 392 ms instead of 0.4 ms).
 */
function buildMachine(paths: Paths, steps: ReadonlyMap<string, Step>) {
  const running = new StateWriter(paths, steps).block(paths.root)
  const starved = paths.root.threads.map((thread) => thread.head).filter((head) => verdict(paths, blank, head) === 'skip')
  return base.createMachine({
    id: 'mission',
    context: blank,
    initial: 'Created',
    states: {
      Created: { on: { start: 'Running' } },
      Running: {
        ...running,
        entry: starved.map((head) => base.raise({ type: 'resolved', head })),
        on: { cancel: { target: 'Cancelled', actions: decide({ kind: 'end', status: 'cancelled' }) } },
        onDone: [
          { guard: ({ context }) => context.failed, target: 'Failed', actions: decide({ kind: 'end', status: 'failed' }) },
          { target: 'Completed', actions: decide({ kind: 'end', status: 'completed' }) },
        ],
      },
      Completed: { type: 'final' },
      Failed: { type: 'final' },
      Cancelled: { type: 'final' },
    },
  })
}

/** Writes the states of blocks, threads and steps. */
class StateWriter {
  readonly #paths: Paths
  readonly #steps: ReadonlyMap<string, Step>

  constructor(paths: Paths, steps: ReadonlyMap<string, Step>) {
    this.#paths = paths
    this.#steps = steps
  }

  /** One thread needs no parallel state. */
  block(block: Block): StateConfig {
    const [only, ...others] = block.threads
    if (only !== undefined && others.length === 0) return this.#thread(only)
    return { type: 'parallel', states: Object.fromEntries(block.threads.map((thread) => [thread.head, this.#thread(thread)])) }
  }

  #thread(thread: Thread): StateConfig {
    const states: Record<string, StateConfig> = {}
    if (!thread.prompt) states['Waiting'] = this.#waiting(thread.head)
    for (const step of thread.steps) {
      states[step] = this.#step(step)
      for (const way of this.#ways(step).values()) if (way.fork !== undefined) states[forkState(way.fork)] = this.#fork(way.fork)
    }
    states['Over'] = { type: 'final' }
    return { initial: thread.prompt ? thread.head : 'Waiting', states }
  }

  #waiting(head: string): StateConfig {
    const decided = (wanted: string) => (args: { context: Memory; event: { head: string } }) =>
      args.event.head === head && verdict(this.#paths, args.context, head) === wanted
    return {
      on: {
        resolved: [
          { guard: decided('begin'), target: head },
          { guard: decided('skip'), target: 'Over', actions: act((memory) => missHead(this.#paths, memory, head)) },
          { guard: decided('poison'), target: 'Over', actions: act((memory) => poison(this.#paths, memory, head)) },
        ],
      },
    }
  }

  #step(step: string): StateConfig {
    const end = act((memory) => leave(this.#paths, memory, step))
    const ruin = act((memory) => poison(this.#paths, memory, step))
    const leaves = (exit?: string) => (args: { context: Memory; event: { step: string; visit: number; exit: string } }) =>
      args.event.step === step && args.event.visit === visitOf(args.context, step) && (exit === undefined || args.event.exit === exit)
    const isMeant = (args: { event: { step: string } }): boolean => args.event.step === step
    const ways = [...this.#ways(step)].map(([exit, way]) => ({
      guard: leaves(exit),
      target: way.next ?? (way.fork === undefined ? 'Over' : forkState(way.fork)),
      reenter: way.next === step,
      actions: this.#isQuiet(step, way) ? [] : act((memory) => leave(this.#paths, memory, step, way)),
    }))
    return {
      entry: this.#entry(step),
      on: {
        left: [...ways, { guard: leaves(failedExit), target: 'Over', actions: ruin }, { guard: leaves(), target: 'Over', actions: end }],
        dropped: { guard: isMeant, target: 'Over', actions: end },
        ruined: { guard: isMeant, target: 'Over', actions: ruin },
      },
    }
  }

  #entry(step: string): StateConfig['entry'] {
    if (step === this.#paths.trigger) return base.raise({ type: 'left', step, visit: 1, exit: 'done' })
    const waits = this.#paths.threadOf.get(step)?.head === step && this.#paths.waiting(step).needed !== undefined
    const cancels = waits && this.#steps.get(step)?.join?.cancelRest === true
    if (!cancels && !this.#paths.looped.has(step)) return decide({ kind: 'begin', step, visit: 1 })
    return this.#countedEntry(step, cancels)
  }

  /** Entry of a step that a loop may visit again, or that cancels the rest. One visit too many is a failure; a second one has nowhere to go, or two exhausted steps would send each other on for ever. */
  #countedEntry(step: string, cancels: boolean): StateConfig['entry'] {
    const most = this.#steps.get(step)?.maxVisits ?? defaultMaxVisits
    return base.enqueueActions(({ context, enqueue }) => {
      const visit = (context.visits[step] ?? 0) + 1
      if (this.#paths.looped.has(step)) enqueue.assign({ visits: { ...context.visits, [step]: visit } })
      if (cancels && !context.cancelling.includes(step)) enqueue.assign({ cancelling: [...context.cancelling, step] })
      enqueue(decide({ kind: visit > most ? 'exhausted' : 'begin', step, visit }))
      if (visit > most + 1) enqueue.raise({ type: 'ruined', step })
      else if (visit > most) enqueue.raise({ type: 'left', step, visit, exit: failedExit })
    })
  }

  #fork(fork: ClosedFork): StateConfig {
    const { number, join } = fork
    const goesOn = { guard: ({ context }: { context: Memory }) => context.forks[number] === 'arrived', target: join }
    return {
      ...this.block(fork.block),
      entry: act((memory) => enterFork(memory, fork)),
      exit: base.assign(({ context }) => leaveFork(context, fork)),
      onDone: [
        ...(join === undefined ? [] : [goesOn]),
        { guard: ({ context }) => context.forks[number] === 'poisoned', target: 'Over' },
        { target: 'Over', actions: act((memory) => missJoin(this.#paths, memory, fork)) },
      ],
    }
  }

  /** True when leaving by the way changes nothing but the place of the token, so that most steps cost no action. */
  #isQuiet(step: string, way: Way): boolean {
    const loss = this.#paths.loss(step, way)
    return !way.closes && way.heads.length === 0 && loss.heads.size === 0 && loss.steps.length === 0
  }

  #ways(step: string): ReadonlyMap<string, Way> {
    return this.#paths.ways.get(step) ?? new Map()
  }
}

function decide(decision: Decision) {
  return { type: 'decide', params: decision } as const
}

function forkState(fork: ClosedFork): string {
  return `And${fork.number}`
}

/** An action that remembers what a move leaves behind, tells the heads concerned and gives the skipped steps out. */
function act(consequence: (memory: Memory) => Aftermath) {
  return base.enqueueActions(({ context, enqueue }) => {
    const { memory, resolved, skipped } = consequence(context)
    enqueue.assign(memory)
    for (const step of skipped) enqueue(decide({ kind: 'skip', step }))
    for (const head of resolved) enqueue.raise({ type: 'resolved', head })
  })
}
