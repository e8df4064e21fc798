import { setup } from 'xstate'
import {
  type Aftermath,
  blank,
  enterFork,
  leave,
  leaveFork,
  type Memory,
  missHead,
  missJoin,
  type Outcome,
  own,
  ruin,
  visitOf,
} from './memory.ts'
import { defaultMaxVisits, failedExit, type Mission, type Step } from './mission.ts'
import { analyse, type GraphFault, type Paths } from './paths.ts'
import type { Block, ClosedFork, Thread, Way } from './thread.ts'

/** Names the way machines are made. A snapshot that another compiler made must be refolded from the journal. */
export const compiler = 'threads-1'

/**
 * What moves a machine. One type of event per kind with a guard on the step: a type per step costs memory that is never given back
 * (measured: 163 MB). `opened`, `closed` and `ruined` say what has become certain about the head of a thread that waits.
 */
export type Move =
  | { type: 'left'; step: string; visit: number; exit: string }
  | { type: 'dropped'; step: string }
  | { type: Outcome; head: string }
  | { type: 'wornOut'; step: string }

/**
 * What the machines want done. `begin`: start this visit of a step. `cancel`: stop this visit, nobody needs its outcome. `skip`: the
 * step can no longer be reached. `exhausted`: a loop came to the step once too often; this visit is not started but treated as failed.
 * `end`: the run is over; comes once, last.
 */
export type Decision =
  | { kind: 'begin'; step: string; visit: number }
  | { kind: 'cancel'; step: string; visit: number }
  | { kind: 'skip'; step: string }
  | { kind: 'exhausted'; step: string; visit: number }
  | { kind: 'end'; status: 'completed' | 'failed' | 'cancelled' }

/** What comes out of a machine: decisions, and what another thread has to be told. */
export type Output = Decision | { kind: 'tell'; head: string; outcome: Outcome }

const base = setup({
  types: { context: {} as Memory, events: {} as Move },
  actions: {
    // Comes back from `transition()` as data; there is nothing to do here.
    give: (_, _output: Output) => {},
  },
})

type StateConfig = Parameters<typeof base.createStateConfig>[0]

/** The machine of one thread of the root block. Its context is the memory of the whole run. */
export type ThreadMachine = ReturnType<typeof buildMachine>

/** A mission made executable for one of its triggers. */
export interface CompiledMission {
  compiler: string
  trigger: string
  paths: Paths
  /** The machine of the thread of the root block that a step belongs to, built when first asked for; undefined for a step that is not reached. */
  machineOf(step: string): ThreadMachine | undefined
  /** Heads that can never have enough arrivals, and are skipped from the start. */
  starved: readonly string[]
}

/**
 * Makes a mission executable for one of its triggers: one XState machine for every thread of the root block. Machines only decide. They tell
 * each other what has become certain about joins between threads by their outputs, as they tell the outside what to do. One
 * machine for all would pay for every thread at every event, over or not yet begun (measured with 1,000 steps in 500 threads: 9 ms).
 * Deterministic, so that a snapshot fits every machine compiled from its version.
 *
 * @throws RangeError when there is no such trigger, or the graph cannot run ({@link Paths.faults}); checks find both before publishing.
 */
export function compile(mission: Mission, triggerId: string): CompiledMission {
  const paths = analyse(mission, triggerId)
  if (paths.faults.length > 0) throw new RangeError(`This mission cannot run: ${paths.faults.map(describeFault).join('; ')}`)
  const writer = new StateWriter(paths, new Map(mission.steps.map((step) => [step.id, step])))
  const machines = new Map<Thread, ThreadMachine>()
  return {
    compiler,
    trigger: triggerId,
    paths,
    machineOf(step) {
      const thread = paths.rootThreadOf(step)
      if (thread === undefined) return undefined
      const machine = machines.get(thread) ?? buildMachine(writer.rootThread(thread))
      machines.set(thread, machine)
      return machine
    },
    starved: paths.root.threads.map((thread) => thread.head).filter((head) => isStarved(paths, head)),
  }
}

function isStarved(paths: Paths, head: string): boolean {
  const { links, needed } = paths.waiting(head)
  return needed !== undefined && links < needed
}

function describeFault(fault: GraphFault): string {
  return `${fault.fault} (${fault.links.map((link) => `${link.from}.${link.exit} → ${link.to}`).join(', ')})`
}

function buildMachine(states: Record<string, StateConfig>) {
  return base.createMachine({ context: blank, initial: 'Waiting', states })
}

/**
 * Writes the states of threads, steps and closed forks. States are named after steps; the others begin with a capital, which no step's id
 * does. Every thread begins with `Waiting`, because `transition()` builds the initial snapshot anew each time, which costs (measured for a
 * parallel state of 300 regions: 392 ms instead of 0.4 ms).
 */
class StateWriter {
  readonly #paths: Paths
  readonly #steps: ReadonlyMap<string, Step>

  constructor(paths: Paths, steps: ReadonlyMap<string, Step>) {
    this.#paths = paths
    this.#steps = steps
  }

  /** Places lie one level down, because `resolveState()` looks at every state of the topmost level (measured with 5,000: 1.2 ms). */
  rootThread(thread: Thread): Record<string, StateConfig> {
    return {
      Waiting: this.#waiting(thread.head, 'Running'),
      Running: { initial: thread.head, states: this.#places(thread, '#Over') },
      Over: { id: 'Over', type: 'final' },
    }
  }

  #branch(thread: Thread): StateConfig {
    if (thread.prompt) return { initial: thread.head, states: { ...this.#places(thread, 'Over'), Over: { type: 'final' } } }
    const waiting = this.#waiting(thread.head, thread.head)
    return { initial: 'Waiting', states: { Waiting: waiting, ...this.#places(thread, 'Over'), Over: { type: 'final' } } }
  }

  #places(thread: Thread, over: string): Record<string, StateConfig> {
    const places: Record<string, StateConfig> = {}
    for (const step of thread.steps) {
      places[step] = this.#step(step, over)
      for (const way of this.#ways(step).values()) if (way.fork !== undefined) places[forkState(way.fork)] = this.#fork(way.fork, over)
    }
    return places
  }

  #waiting(head: string, begun: string): StateConfig {
    const isMeant = (args: { event: { head: string } }): boolean => args.event.head === head
    return {
      on: {
        opened: { guard: isMeant, target: begun },
        closed: { guard: isMeant, target: 'Over', actions: this.#act((memory) => missHead(this.#paths, memory, head)) },
        ruined: { guard: isMeant, target: 'Over', actions: this.#act((memory) => ruin(this.#paths, memory, head)) },
      },
    }
  }

  #step(step: string, over: string): StateConfig {
    const end = this.#act((memory) => leave(this.#paths, memory, step))
    const fail = this.#act((memory) => ruin(this.#paths, memory, step))
    const leaves = (exit?: string) => (args: { context: Memory; event: { step: string; visit: number; exit: string } }) =>
      args.event.step === step && args.event.visit === visitOf(args.context, step) && (exit === undefined || args.event.exit === exit)
    const isMeant = (args: { event: { step: string } }): boolean => args.event.step === step
    const ways = [...this.#ways(step)].map(([exit, way]) => ({
      guard: leaves(exit),
      target: way.next ?? (way.fork === undefined ? over : forkState(way.fork)),
      reenter: way.next === step,
      actions: this.#isQuiet(step, way) ? [] : this.#act((memory) => leave(this.#paths, memory, step, way)),
    }))
    return {
      entry: this.#entry(step),
      on: {
        left: [...ways, { guard: leaves(failedExit), target: over, actions: fail }, { guard: leaves(), target: over, actions: end }],
        dropped: { guard: isMeant, target: over, actions: end },
        wornOut: { guard: isMeant, target: over, actions: fail },
      },
    }
  }

  #entry(step: string): StateConfig['entry'] {
    if (step === this.#paths.trigger) return base.raise({ type: 'left', step, visit: 1, exit: 'done' })
    const counts = this.#paths.threadOf.get(step)?.head === step && this.#paths.waiting(step).needed !== undefined
    const cancels = counts && this.#steps.get(step)?.join?.cancelRest === true
    if (cancels || this.#paths.looped.has(step)) return this.#countedEntry(step, cancels)
    return give({ kind: 'begin', step, visit: 1 })
  }

  /**
   * Entry of a step that a loop may visit again, or that cancels the rest. One visit too many is a failure; the next has nowhere to go, or
   * two exhausted steps would send each other on for ever.
   */
  #countedEntry(step: string, cancels: boolean): StateConfig['entry'] {
    const most = this.#steps.get(step)?.maxVisits ?? defaultMaxVisits
    return base.enqueueActions(({ context, enqueue }) => {
      const visit = (own(context.visits, step) ?? 0) + 1
      if (this.#paths.looped.has(step)) enqueue.assign({ visits: { ...context.visits, [step]: visit } })
      if (cancels && !context.cancelling.includes(step)) enqueue.assign({ cancelling: [...context.cancelling, step] })
      enqueue(give({ kind: visit > most ? 'exhausted' : 'begin', step, visit }))
      if (visit > most + 1) enqueue.raise({ type: 'wornOut', step })
      else if (visit > most) enqueue.raise({ type: 'left', step, visit, exit: failedExit })
    })
  }

  #fork(fork: ClosedFork, over: string): StateConfig {
    return {
      ...this.#branches(fork.block),
      entry: this.#act((memory) => enterFork(this.#paths, memory, fork)),
      exit: base.assign(({ context }) => leaveFork(context, fork)),
      onDone: [
        { guard: ({ context }) => context.forks[fork.number] === 'arrived', target: fork.join },
        { guard: ({ context }) => context.forks[fork.number] === 'poisoned', target: over },
        { target: over, actions: this.#act((memory) => missJoin(this.#paths, memory, fork)) },
      ],
    }
  }

  /** A single branch needs no parallel state. */
  #branches(block: Block): StateConfig {
    const branches = block.threads.map((thread) => [thread.head, this.#branch(thread)] as const)
    const [only, ...others] = branches
    return only !== undefined && others.length === 0 ? only[1] : { type: 'parallel', states: Object.fromEntries(branches) }
  }

  /** True when leaving by the way changes nothing but the place of the token, so that most steps cost no action. */
  #isQuiet(step: string, way: Way): boolean {
    const loss = this.#paths.loss(step, way)
    return !way.closes && way.heads.length === 0 && loss.heads.size === 0 && loss.steps.length === 0
  }

  /**
   * An action that remembers what a move leaves behind, gives the skipped steps out and tells the heads about which something is certain:
   * those in the same machine by an event, one each, so that no event moves many regions (measured with 800: 8.8 s); the others by an output.
   */
  #act(consequence: (memory: Memory) => Aftermath) {
    return base.enqueueActions(({ context, enqueue }) => {
      const { memory, certain, skipped } = consequence(context)
      enqueue.assign(memory)
      for (const step of skipped) enqueue(give({ kind: 'skip', step }))
      for (const [head, outcome] of certain) {
        if (this.#paths.threadOf.get(head)?.block.fork === undefined) enqueue(give({ kind: 'tell', head, outcome }))
        else enqueue.raise({ type: outcome, head })
      }
    })
  }

  #ways(step: string): ReadonlyMap<string, Way> {
    return this.#paths.ways.get(step) ?? new Map()
  }
}

function give(output: Output) {
  return { type: 'give', params: output } as const
}

function forkState(fork: ClosedFork): string {
  return `And${fork.number}`
}
