import { initialTransition, type StateValue, transition } from 'xstate'
import type { CompiledMission, Decision, Move } from '../mission/machine.ts'
import { type Memory, visitOf } from '../mission/memory.ts'

export type { Decision } from '../mission/machine.ts'

/** What the machine is told: a step was left by an exit, or the whole run is cancelled. */
export type RunEvent = { kind: 'left'; step: string; visit: number; exit: string } | { kind: 'cancel' }

/** A run's place in its mission, as plain JSON. */
export interface Frozen {
  /** Which compiler made the machine that this fits. */
  compiler: string
  value: StateValue
  context: Memory
  status: 'active' | 'done'
}

/** A run's place after a move, and what to do because of it. */
export interface Step {
  frozen: Frozen
  decisions: Decision[]
}

/** Starts a run: the trigger's links are followed. */
export function begin(compiled: CompiledMission): Step {
  const [created] = initialTransition(compiled.machine)
  const [snapshot, actions] = transition(compiled.machine, created, { type: 'start' })
  return settle(compiled, snapshot, readDecisions(actions))
}

/**
 * Moves a run on. Pure: the same run and event always give the same. An event that is late, doubled or not for this run gives the very same
 * frozen object back and no decisions, so that there is nothing to write.
 *
 * @throws RangeError when the frozen run does not fit the mission; see {@link thaw}.
 */
export function advance(compiled: CompiledMission, frozen: Frozen, event: RunEvent): Step {
  if (frozen.status === 'done') return { frozen, decisions: [] }
  const before = thaw(compiled, frozen)
  const move: Move = event.kind === 'cancel' ? { type: 'cancel' } : { type: 'left', step: event.step, visit: event.visit, exit: event.exit }
  const [snapshot, actions] = transition(compiled.machine, before, move)
  if (snapshot === before) return { frozen, decisions: [] }
  const stopped = event.kind === 'cancel' ? activeSteps(frozen.value).map((step) => cancelled(before, step)) : []
  return settle(compiled, snapshot, [...stopped, ...readDecisions(actions)])
}

/**
 * The machine's snapshot of a frozen run.
 *
 * @throws RangeError when another compiler made it or it belongs to another mission: XState would fill a missing region silently,
 * and the run would wait for ever.
 */
export function thaw(compiled: CompiledMission, frozen: Frozen): Snapshot {
  if (frozen.compiler !== compiled.compiler) {
    throw new RangeError(`This run was frozen by compiler ${frozen.compiler}; compiler ${compiled.compiler} has to refold it from its journal`)
  }
  const { value, context, status } = frozen
  const snapshot = resolve(compiled, { value, context, status })
  if (snapshot === undefined || !sameValue(snapshot.value, value)) throw new RangeError('This run does not fit its mission: it was frozen from another version')
  return snapshot
}

type Snapshot = ReturnType<CompiledMission['machine']['resolveState']>
type Actions = ReturnType<typeof transition<CompiledMission['machine']>>[1]

function resolve(compiled: CompiledMission, config: Pick<Frozen, 'value' | 'context' | 'status'>): Snapshot | undefined {
  try {
    return compiled.machine.resolveState(config)
  } catch {
    return undefined
  }
}

function freeze(compiled: CompiledMission, snapshot: Snapshot): Frozen {
  return { compiler: compiled.compiler, value: snapshot.value, context: snapshot.context, status: snapshot.status === 'active' ? 'active' : 'done' }
}

/**
 * Drops the steps that work only for joins that have started and cancel the rest. Dropping one may start a join that also works only
 * for those, which is then dropped in turn. What began and was dropped in the same move never was: it is skipped.
 */
function settle(compiled: CompiledMission, moved: Snapshot, decisions: Decision[]): Step {
  let snapshot = moved
  let all = decisions
  for (let idle = idleStep(compiled, snapshot); idle !== undefined; idle = idleStep(compiled, snapshot)) {
    const dropped = cancelled(snapshot, idle)
    const [after, actions] = transition(compiled.machine, snapshot, { type: 'dropped', step: idle })
    snapshot = after
    all = [...drop(all, dropped), ...readDecisions(actions)]
  }
  return { frozen: freeze(compiled, snapshot), decisions: all }
}

function idleStep(compiled: CompiledMission, snapshot: Snapshot): string | undefined {
  const { cancelling } = snapshot.context
  if (cancelling.length === 0 || snapshot.status !== 'active') return undefined
  const idle = compiled.paths.leadingOnlyTo(cancelling)
  return activeSteps(snapshot.value).find((step) => idle.has(step))
}

function drop(decisions: readonly Decision[], dropped: Extract<Decision, { kind: 'cancel' }>): Decision[] {
  const begun = decisions.findIndex((decision) => decision.kind === 'begin' && decision.step === dropped.step)
  if (begun === -1) return [...decisions, dropped]
  return dropped.visit > 1 ? decisions.toSpliced(begun, 1) : decisions.toSpliced(begun, 1, { kind: 'skip', step: dropped.step })
}

function cancelled(snapshot: Snapshot, step: string): Extract<Decision, { kind: 'cancel' }> {
  return { kind: 'cancel', step, visit: visitOf(snapshot.context, step) }
}

/** The steps that are under way: the leaves of the state's value that are named after steps, not with a capital. */
function activeSteps(value: StateValue): string[] {
  if (typeof value === 'string') return /^[A-Z]/.test(value) ? [] : [value]
  return Object.values(value).flatMap((part) => (part === undefined ? [] : activeSteps(part)))
}

function readDecisions(actions: Actions): Decision[] {
  return actions.flatMap((action) => (action.type === 'decide' ? [action.params] : []))
}

function sameValue(one: StateValue | undefined, other: StateValue | undefined): boolean {
  if (one === undefined || other === undefined || typeof one === 'string' || typeof other === 'string') return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => sameValue(one[key], other[key]))
}
