import type { Loss, Paths } from './paths.ts'
import type { ClosedFork, Thread, Way } from './thread.ts'

/** How many links into a head have been resolved: arrived, dead, poisoned. */
export type Arrivals = readonly [arrived: number, dead: number, poisoned: number]

/** What the machine remembers beside its state. Plain JSON; holds nothing of what steps put out. */
export interface Memory {
  failed: boolean
  /** By the head of a thread that has to wait. */
  heads: Record<string, Arrivals>
  /** By the number of a closed fork: somebody has arrived at its join, or nobody may go on from there. */
  forks: Record<string, 'arrived' | 'poisoned'>
  /** Only of steps that a loop may visit again. */
  visits: Record<string, number>
  /** Joins that have started and cancel the rest. */
  cancelling: string[]
}

/** What a move leaves behind: the memory afterwards, the heads for which a link was resolved, the steps that are skipped. */
export interface Aftermath {
  memory: Memory
  resolved: string[]
  skipped: string[]
}

/** The memory of a run that has not begun. */
export const blank: Memory = { failed: false, heads: {}, forks: {}, visits: {}, cancelling: [] }

/** Which visit of a step is under way, or was the last. */
export function visitOf(memory: Memory, step: string): number {
  return memory.visits[step] ?? 1
}

/** A token leaves a step by a way, or ends there. Links that it can no longer take are dead, steps that it can no longer reach skipped. */
export function leave(paths: Paths, memory: Memory, step: string, way?: Way): Aftermath {
  const loss = paths.loss(step, way)
  const heads = resolve(memory.heads, new Map((way?.heads ?? []).map((head) => [head, 1])), 0)
  const fork = threadOf(paths, step).block.fork
  const arrived = way?.closes === true && fork !== undefined
  const after = arrived ? { ...memory, heads, forks: arriveAt(memory.forks, fork) } : { ...memory, heads }
  return miss(after, threadOf(paths, step), loss, way?.heads)
}

/** A head that nobody can start any more, or a closed fork at whose join nobody arrived: what it led to is dead and skipped. */
export function missHead(paths: Paths, memory: Memory, head: string): Aftermath {
  const loss = paths.loss(head)
  return miss(memory, threadOf(paths, head), { steps: [head, ...loss.steps], heads: loss.heads })
}

/** None of a closed fork's branches arrived at its join. */
export function missJoin(paths: Paths, memory: Memory, fork: ClosedFork): Aftermath {
  return miss(memory, fork.thread, paths.lossOfFork(fork))
}

function miss(memory: Memory, thread: Thread, loss: Loss, arrived: readonly string[] = []): Aftermath {
  return {
    memory: { ...memory, heads: resolve(memory.heads, loss.heads, 1) },
    resolved: [...new Set([...arrived, ...loss.heads.keys()])],
    // Whatever lies in a loop is skipped, if at all, when the thread that loops leaves it.
    skipped: thread.block.looped ? [] : loss.steps.filter((step) => memory.visits[step] === undefined),
  }
}

/**
 * A step fails with nowhere to go, or a join waits for one that did: nothing that could come of it starts, out to where an *and* never
 * closes. A join that counts arrivals does without; what only it could have started is dead, not poisoned.
 */
export function poison(paths: Paths, memory: Memory, step: string): Aftermath {
  let after = ruin(paths, { ...memory, failed: true }, step)
  for (let fork = threadOf(paths, step).block.fork; fork?.join !== undefined; fork = fork.thread.block.fork) {
    if (after.memory.forks[fork.number] === 'poisoned') break
    const forks = { ...after.memory.forks, [fork.number]: 'poisoned' as const }
    const outer = ruin(paths, { ...after.memory, forks }, fork.join)
    after = { memory: outer.memory, resolved: [...after.resolved, ...outer.resolved], skipped: [...after.skipped, ...outer.skipped] }
  }
  return after
}

function ruin(paths: Paths, memory: Memory, step: string): Aftermath {
  const { poisoned, dead } = paths.ruin(step)
  const after = miss(memory, threadOf(paths, step), dead, [...poisoned.keys()])
  return { ...after, memory: { ...after.memory, heads: resolve(after.memory.heads, poisoned, 2) } }
}

/** A token enters a closed fork: the targets that have others to wait for have an arrival. */
export function enterFork(memory: Memory, fork: ClosedFork): Aftermath {
  const resolved = waitingHeads(fork).filter((head) => fork.targets.includes(head))
  const heads = resolve(memory.heads, new Map(resolved.map((head) => [head, 1])), 0)
  return { memory: { ...memory, heads, forks: fork.direct ? arriveAt(memory.forks, fork) : memory.forks }, resolved, skipped: [] }
}

/** A token leaves a closed fork: what was remembered of its branches is forgotten, so that a loop finds it as new. */
export function leaveFork(memory: Memory, fork: ClosedFork): Memory {
  const heads = { ...memory.heads }
  for (const head of waitingHeads(fork)) delete heads[head]
  const forks = { ...memory.forks }
  delete forks[fork.number]
  return { ...memory, heads, forks }
}

function waitingHeads(fork: ClosedFork): string[] {
  return fork.block.threads.filter((thread) => !thread.prompt).map((thread) => thread.head)
}

/** What a waiting head does now. */
export function verdict(paths: Paths, memory: Memory, head: string): 'wait' | 'begin' | 'skip' | 'poison' {
  const { links, needed } = paths.waiting(head)
  const [arrived, dead, poisoned] = memory.heads[head] ?? [0, 0, 0]
  if (needed !== undefined) return arrived >= needed ? 'begin' : links - dead - poisoned < needed ? 'skip' : 'wait'
  if (poisoned > 0) return 'poison'
  if (arrived + dead < links) return 'wait'
  return arrived > 0 ? 'begin' : 'skip'
}

function resolve(heads: Memory['heads'], links: ReadonlyMap<string, number>, as: 0 | 1 | 2): Memory['heads'] {
  if (links.size === 0) return heads
  const after = { ...heads }
  for (const [head, count] of links) {
    const [arrived, dead, poisoned] = after[head] ?? [0, 0, 0]
    after[head] = as === 0 ? [arrived + count, dead, poisoned] : as === 1 ? [arrived, dead + count, poisoned] : [arrived, dead, poisoned + count]
  }
  return after
}

function arriveAt(forks: Memory['forks'], fork: ClosedFork): Memory['forks'] {
  return { ...forks, [fork.number]: forks[fork.number] ?? 'arrived' }
}

function threadOf(paths: Paths, step: string): Thread {
  const thread = paths.threadOf.get(step)
  if (thread === undefined) throw new RangeError(`No thread leads through "${step}"`)
  return thread
}
