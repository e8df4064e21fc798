import type { Loss, Paths } from './paths.ts'
import type { ClosedFork, Thread, Way } from './thread.ts'

/** How many links into a head have been resolved: arrived, dead, poisoned. */
export type Arrivals = readonly [arrived: number, dead: number, poisoned: number]

/** What a run remembers beside the places of its tokens. Plain JSON; holds nothing of what steps put out. */
export interface Memory {
  failed: boolean
  /** Heads for which some links have been resolved, but not all. */
  heads: Record<string, Arrivals>
  /** By the number of a closed fork that a token is in: somebody has arrived at its join, or nobody may go on from there. */
  forks: Record<string, 'arrived' | 'poisoned'>
  /** Only of steps that a loop may visit again. */
  visits: Record<string, number>
  /** Joins that have started and cancel the rest. */
  cancelling: string[]
}

/** What becomes of a head that waits, once that is certain: it starts, it is skipped, or it must not start because a step before it failed. */
export type Outcome = 'opened' | 'closed' | 'ruined'

/** What a move leaves behind: the memory afterwards, what has become certain about which heads, the steps that are skipped. */
export interface Aftermath {
  memory: Memory
  certain: Map<string, Outcome>
  skipped: string[]
}

/** The memory of a run that has not begun. */
export const blank: Memory = { failed: false, heads: {}, forks: {}, visits: {}, cancelling: [] }

/** Which visit of a step is under way, or was the last. */
export function visitOf(memory: Memory, step: string): number {
  return own(memory.visits, step) ?? 1
}

/** What a record holds under a name. A step may be called `constructor`, which every object seems to have. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** A token leaves a step by a way, or ends there. Links that it can no longer take are dead, steps that it can no longer reach skipped. */
export function leave(paths: Paths, memory: Memory, step: string, way?: Way): Aftermath {
  const { fork } = threadOf(paths, step).block
  const after = start(memory)
  if (way?.closes === true && fork !== undefined) after.memory.forks = arriveAt(memory, fork)
  for (const head of way?.heads ?? []) resolve(paths, after, head, [1, 0, 0])
  miss(paths, after, threadOf(paths, step), paths.loss(step, way))
  return after
}

/** A head that can no longer start: it is skipped, and what it led to is dead. */
export function missHead(paths: Paths, memory: Memory, head: string): Aftermath {
  const after = start(memory)
  const { steps, heads } = paths.loss(head)
  miss(paths, after, threadOf(paths, head), { steps: [head, ...steps], heads })
  return after
}

/** None of a closed fork's branches arrived at its join. */
export function missJoin(paths: Paths, memory: Memory, fork: ClosedFork): Aftermath {
  const after = start(memory)
  miss(paths, after, fork.thread, paths.lossOfFork(fork))
  return after
}

/**
 * A step fails with nowhere to go, or a join waits for one that did: nothing that could come of it starts, out to the root block. A join
 * that counts arrivals does without; what only it could have started is dead, not poisoned.
 */
export function ruin(paths: Paths, memory: Memory, step: string): Aftermath {
  const after = start({ ...memory, failed: true })
  ruinThread(paths, after, step)
  for (let { fork } = threadOf(paths, step).block; fork !== undefined; fork = fork.thread.block.fork) {
    if (after.memory.forks[fork.number] === 'poisoned') break
    after.memory.forks = { ...after.memory.forks, [fork.number]: 'poisoned' }
    ruinThread(paths, after, fork.join)
  }
  return after
}

/** A token enters a closed fork: targets that have others to wait for have an arrival. */
export function enterFork(paths: Paths, memory: Memory, fork: ClosedFork): Aftermath {
  const after = start(memory)
  if (fork.direct) after.memory.forks = arriveAt(memory, fork)
  for (const { head, prompt } of fork.block.threads) {
    if (!prompt && fork.targets.includes(head)) resolve(paths, after, head, [1, 0, 0])
  }
  return after
}

/** A token leaves a closed fork, which a loop then finds as new. */
export function leaveFork(memory: Memory, fork: ClosedFork): Memory {
  const forks = { ...memory.forks }
  delete forks[fork.number]
  return { ...memory, forks }
}

/** What is certain about a head for which so many links have been resolved; nothing while it has to wait. */
export function outcomeOf(paths: Paths, head: string, [arrived, dead, poisoned]: Arrivals): Outcome | undefined {
  const { links, needed } = paths.waiting(head)
  if (needed !== undefined) return arrived >= needed ? 'opened' : links - dead - poisoned < needed ? 'closed' : undefined
  if (poisoned > 0) return 'ruined'
  if (arrived + dead < links) return undefined
  return arrived > 0 ? 'opened' : 'closed'
}

function start(memory: Memory): Aftermath {
  return { memory: { ...memory, heads: { ...memory.heads } }, certain: new Map(), skipped: [] }
}

function miss(paths: Paths, after: Aftermath, thread: Thread, loss: Loss): void {
  for (const [head, links] of loss.heads) resolve(paths, after, head, [0, links, 0])
  // Whatever lies in a loop is skipped, if at all, when the thread that loops leaves it.
  if (!thread.block.looped) after.skipped.push(...loss.steps.filter((step) => own(after.memory.visits, step) === undefined))
}

function ruinThread(paths: Paths, after: Aftermath, step: string): void {
  const { poisoned, dead } = paths.ruin(step)
  for (const [head, links] of poisoned) resolve(paths, after, head, [0, 0, links])
  miss(paths, after, threadOf(paths, step), dead)
}

/** Counts links into a head. What is certain about it is told once; when all its links are resolved, it is forgotten. */
function resolve(paths: Paths, after: Aftermath, head: string, [arrived, dead, poisoned]: Arrivals): void {
  const { heads } = after.memory
  const before = own(heads, head) ?? [0, 0, 0]
  const now: Arrivals = [before[0] + arrived, before[1] + dead, before[2] + poisoned]
  if (now[0] + now[1] + now[2] === paths.waiting(head).links) delete heads[head]
  else heads[head] = now
  const outcome = outcomeOf(paths, head, now)
  if (outcome !== undefined && outcomeOf(paths, head, before) === undefined) after.certain.set(head, outcome)
}

function arriveAt(memory: Memory, fork: ClosedFork): Memory['forks'] {
  return { ...memory.forks, [fork.number]: memory.forks[fork.number] ?? 'arrived' }
}

function threadOf(paths: Paths, step: string): Thread {
  const thread = paths.threadOf.get(step)
  if (thread === undefined) throw new RangeError(`No thread leads through "${step}"`)
  return thread
}
