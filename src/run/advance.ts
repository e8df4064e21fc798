import { type StateValue, transition } from 'xstate'
import type { CompiledMission, Decision, Move, Output, ThreadMachine } from '../mission/machine.ts'
import { blank, type Memory, own, visitOf } from '../mission/memory.ts'

export type { Decision } from '../mission/machine.ts'

/** What a run is told: a step was left by an exit, or everything is cancelled. */
export type RunEvent = { kind: 'left'; step: string; visit: number; exit: string } | { kind: 'cancel' }

/** A run's place in its mission, as plain JSON. */
export interface Frozen {
  /** Which compiler made the machines that this fits. */
  compiler: string
  /** Where each thread is that is under way, by its head. Threads that wait or are over are not there. */
  value: Record<string, StateValue>
  context: Memory
  status: 'active' | 'done'
}

/** A run's place after an event, and what to do because of it. */
export interface Advance {
  frozen: Frozen
  decisions: Decision[]
}

/** Starts a run: the trigger's links are followed. */
export function begin(compiled: CompiledMission): Advance {
  const frozen: Frozen = { compiler: compiled.compiler, value: {}, context: blank, status: 'active' }
  const turn = new Turn(compiled, frozen)
  turn.move(compiled.trigger, { type: 'opened', head: compiled.trigger })
  for (const head of compiled.starved) turn.move(head, { type: 'closed', head })
  return turn.finish()
}

/**
 * Moves a run on. Pure: the same run and event always give the same. An event that is late, doubled or not for this run gives the very same
 * frozen object back and no decisions, so that there is nothing to write.
 *
 * @throws RangeError when the frozen run does not fit the mission; see {@link thaw}.
 */
export function advance(compiled: CompiledMission, frozen: Frozen, event: RunEvent): Advance {
  checkCompiler(compiled, frozen)
  if (frozen.status === 'done') return { frozen, decisions: [] }
  if (event.kind === 'cancel') {
    const stopped = activeSteps(frozen.value).map((step) => cancelled(frozen.context, step))
    return { frozen: { ...frozen, value: {}, status: 'done' }, decisions: [...stopped, { kind: 'end', status: 'cancelled' }] }
  }
  const turn = new Turn(compiled, frozen)
  const moved = turn.move(event.step, { type: 'left', step: event.step, visit: event.visit, exit: event.exit })
  return moved ? turn.finish() : { frozen, decisions: [] }
}

/**
 * Thaws a frozen run: the snapshot of every thread that is under way, by its head.
 *
 * @throws RangeError when another compiler made it, or it belongs to another mission: XState would fill a missing region silently, and the
 * run would wait for ever.
 */
export function thaw(compiled: CompiledMission, frozen: Frozen): Map<string, ThreadSnapshot> {
  checkCompiler(compiled, frozen)
  return new Map(
    Object.entries(frozen.value).map(([head, value]) => {
      const machine = compiled.paths.rootThreadOf(head)?.head === head ? compiled.machineOf(head) : undefined
      if (machine === undefined) throw unfit(head)
      return [head, thawThread(machine, head, value, frozen.context)]
    }),
  )
}

/** Where a thread is, as XState sees it. */
export type ThreadSnapshot = ReturnType<ThreadMachine['resolveState']>

function checkCompiler(compiled: CompiledMission, frozen: Frozen): void {
  if (frozen.compiler === compiled.compiler) return
  throw new RangeError(`This run was frozen by compiler ${frozen.compiler}; for compiler ${compiled.compiler}, refold it from its journal`)
}

function unfit(head: string): RangeError {
  return new RangeError(`This run was frozen from another version of its mission: its place in the thread of "${head}" does not exist here`)
}

/**
 * The newest snapshot of a thread by the memory it came with, as long as that memory is in use. Making a snapshot from its value costs as much as the
 * transition itself, and within a turn each is needed again at once (measured: ten steps in one turn take a third less).
 */
const fresh = new WeakMap<Memory, { machine: ThreadMachine; snapshot: ThreadSnapshot }>()

function thawThread(machine: ThreadMachine, head: string, place: StateValue | undefined, context: Memory): ThreadSnapshot {
  const value = place === undefined ? 'Waiting' : { Running: place }
  const known = fresh.get(context)
  if (known?.machine === machine && sameValue(known.snapshot.value, value)) return known.snapshot
  const snapshot = resolve(machine, value, context)
  if (snapshot === undefined || !sameValue(snapshot.value, value)) throw unfit(head)
  return snapshot
}

function resolve(machine: ThreadMachine, value: StateValue, context: Memory): ThreadSnapshot | undefined {
  try {
    return machine.resolveState({ value, context })
  } catch {
    return undefined
  }
}

type Told = Extract<Output, { kind: 'tell' }>

/** Everything that follows from one event: machines are moved, tell each other what has become certain, until all is quiet. */
class Turn {
  readonly #compiled: CompiledMission
  readonly #value: Record<string, StateValue>
  #memory: Memory
  #decisions: Decision[] = []

  constructor(compiled: CompiledMission, frozen: Frozen) {
    this.#compiled = compiled
    this.#value = { ...frozen.value }
    this.#memory = frozen.context
  }

  /** Moves the thread of a step, then those that it tells something. False when nothing came of it. */
  move(step: string, move: Move): boolean {
    const told = this.#moveThread(step, move)
    if (told === undefined) return false
    for (const { head, outcome } of told) told.push(...(this.#moveThread(head, { type: outcome, head }) ?? []))
    return true
  }

  finish(): Advance {
    for (let step = this.#idleStep(); step !== undefined; step = this.#idleStep()) this.#drop(step)
    const done = Object.keys(this.#value).length === 0
    if (done) this.#decisions.push({ kind: 'end', status: this.#memory.failed ? 'failed' : 'completed' })
    const frozen: Frozen = {
      compiler: this.#compiled.compiler,
      value: this.#value,
      context: this.#memory,
      status: done ? 'done' : 'active',
    }
    return { frozen, decisions: this.#decisions }
  }

  #moveThread(step: string, move: Move): Told[] | undefined {
    const head = this.#compiled.paths.rootThreadOf(step)?.head
    const machine = this.#compiled.machineOf(step)
    if (head === undefined || machine === undefined) return undefined
    const value = own(this.#value, head)
    if (value === undefined && move.type === 'left') return undefined
    const before = thawThread(machine, head, value, this.#memory)
    const [after, actions] = transition(machine, before, move)
    if (after === before) return undefined
    this.#memory = after.context
    fresh.set(after.context, { machine, snapshot: after })
    if (after.status === 'active') this.#value[head] = placeOf(after.value)
    else delete this.#value[head]
    const told: Told[] = []
    for (const action of actions) {
      // XState lists events that a machine raised for itself, too.
      if (action.type !== 'give') continue
      if (action.params.kind === 'tell') told.push(action.params)
      else this.#decisions.push(action.params)
    }
    return told
  }

  /** A step that works only for joins that have started and cancel the rest. */
  #idleStep(): string | undefined {
    const { cancelling } = this.#memory
    if (cancelling.length === 0) return undefined
    const idle = this.#compiled.paths.leadingOnlyTo(cancelling)
    return activeSteps(this.#value).find((step) => idle.has(step))
  }

  /** Drops a step. That may start a join that also works for nobody, which is then dropped in turn. What began in this very turn never was: it is skipped. */
  #drop(step: string): void {
    const dropped = cancelled(this.#memory, step)
    const begun = this.#decisions.findIndex((decision) => decision.kind === 'begin' && decision.step === step)
    if (begun === -1) this.#decisions.push(dropped)
    else this.#decisions[begun] = { kind: 'skip', step }
    this.move(step, { type: 'dropped', step })
  }
}

/** Where the token of a thread is that is under way: a step, or the branches of a closed fork. */
function placeOf(value: StateValue): StateValue {
  const place = typeof value === 'string' ? undefined : value['Running']
  if (place === undefined) throw new TypeError(`A thread that is under way cannot be ${JSON.stringify(value)}`)
  return place
}

/** The steps that are under way: the leaves of a state's value that are not named with a capital. */
export function activeSteps(value: StateValue): string[] {
  if (typeof value === 'string') return /^[A-Z]/.test(value) ? [] : [value]
  return Object.values(value).flatMap((part) => (part === undefined ? [] : activeSteps(part)))
}

function cancelled(memory: Memory, step: string): Extract<Decision, { kind: 'cancel' }> {
  return { kind: 'cancel', step, visit: visitOf(memory, step) }
}

function sameValue(one: StateValue | undefined, other: StateValue | undefined): boolean {
  if (one === undefined || other === undefined || typeof one === 'string' || typeof other === 'string') return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => sameValue(one[key], other[key]))
}
