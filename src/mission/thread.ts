import { arrivalsNeeded, type Closure, closeFork } from './fork.ts'
import type { Graph, GraphLink } from './graph.ts'
import { at, NodeSet } from './nodeset.ts'

/** All steps that one token walks through: straight runs, the arms of a choice and their merge, loops, closed forks and their joins. */
export interface Thread {
  head: string
  /** True when the head starts with its block, having nothing to wait for: a branch of a closed fork, the trigger. */
  prompt: boolean
  /** In forward order. The first thread of the root block begins with the trigger. */
  steps: string[]
  block: Block
}

/** Threads that may run side by side: the whole mission (the root block), or what lies between an *and* and the join that closes it. */
export interface Block {
  threads: Thread[]
  /** The forks that close in one of these threads. */
  forks: ClosedFork[]
  /** The fork whose branches these are; none for the root block. */
  fork?: ClosedFork
  /** True when a loop may enter the block again. */
  looped: boolean
}

/** An *and* whose branches all come back to one `all` join. It is one place in the thread of the step it leaves. */
export interface ClosedFork {
  /** Unique in the mission, counted from 0. */
  number: number
  from: string
  exit: string
  /** Where the thread goes on. */
  join: string
  targets: readonly string[]
  /** True when one of the targets is the join itself, which is an arrival there. */
  direct: boolean
  thread: Thread
  block: Block
}

/** What becomes of a token that leaves a step by an exit. With all parts empty, its path ends there. */
export interface Way {
  /** It goes on in the same thread. */
  next?: string
  /** It becomes the branches of a closed fork. */
  fork?: ClosedFork
  /** It arrives at the heads of other threads, and its own thread is over. */
  heads: readonly string[]
  /** It arrives at the join that closes the block, and its thread is over. */
  closes: boolean
}

/** The end of a path. */
export const noWay: Way = { heads: [], closes: false }

/** What keeps links from being run: a link back that leaves or enters an *and* block, or that is one of several of its exit. */
export interface WrongLinks {
  fault: 'jump' | 'backFork'
  links: readonly GraphLink[]
}

/** The nesting of a graph. Lists are by node number. */
export interface Nesting {
  root: Block
  threads: Thread[]
  ways: Map<string, Way>[]
  /** What the token at a node can still reach before its thread is over: steps of the thread, and all that is inside closed forks. */
  reach: NodeSet[]
  /** The bodies of the closed forks, by their number. */
  bodies: NodeSet[]
  /** Nodes that a loop may visit again. */
  looped: NodeSet
  wrong: WrongLinks[]
}

/** An *and* that holds more levels of *ands* than this closes only if a loop goes round it: every level costs at every event. */
const mostLevels = 5

/** Finds the threads and closed forks of a graph. */
export function nestGraph(graph: Graph): Nesting {
  const size = graph.ids.length
  const nesting: Nesting = {
    root: { threads: [], forks: [], looped: false },
    threads: [],
    ways: [],
    reach: [],
    bodies: [],
    looped: new NodeSet(size),
    wrong: [],
  }
  new BlockReader(graph, nesting, nesting.root, new NodeSet(size, graph.ids.keys()), Infinity).read()
  markLoops(graph, nesting, nesting.root)
  return nesting
}

function markLoops(graph: Graph, nesting: Nesting, block: Block): void {
  for (const step of block.threads.flatMap((thread) => thread.steps)) {
    const node = graph.number.get(step) ?? 0
    if (block.looped || at(nesting.reach, node).has(node)) nesting.looped.add(node)
  }
  for (const fork of block.forks) {
    fork.block.looped = block.looped || reachFrom(graph, nesting, fork.join).has(graph.number.get(fork.from) ?? 0)
    markLoops(graph, nesting, fork.block)
  }
}

/** Reads one block: which of its forks close, which threads run in it, where every exit leads. */
class BlockReader {
  readonly #graph: Graph
  readonly #nesting: Nesting
  readonly #block: Block
  readonly #nodes: NodeSet
  /** The block's own nodes, those inside its closed forks left out; forward order. */
  readonly #own: number[] = []
  /** How many levels of *ands* may close inside this block. */
  readonly #levels: number
  #tooDeep = false
  readonly #forks = new Map<readonly GraphLink[], ClosedFork>()
  readonly #continued = new Map<number, Thread>()

  constructor(graph: Graph, nesting: Nesting, block: Block, nodes: NodeSet, levels: number) {
    this.#levels = levels
    this.#graph = graph
    this.#nesting = nesting
    this.#block = block
    this.#nodes = nodes
  }

  /** False when it gave up, because the block holds more levels of *ands* than it may. */
  read(): boolean {
    const inner = new NodeSet(this.#graph.ids.length)
    for (const node of this.#nodes) {
      if (inner.has(node)) continue
      this.#own.push(node)
      const thread = this.#join(node)
      for (const links of at(this.#graph.exits, node).values()) {
        const forward = links.length > 1 ? links.filter((link) => !link.back) : []
        const closure = closeFork(this.#graph, forward, this.#nodes)
        if (closure !== undefined && this.#close(thread, node, links, closure)) inner.addAll(closure.body)
      }
      if (this.#tooDeep) return false
    }
    for (const node of this.#own) {
      this.#nesting.ways[node] = new Map(Array.from(at(this.#graph.exits, node), ([exit, links]) => [exit, this.#way(node, links)]))
      // Both may have been filled by a block that was given up.
      this.#nesting.reach[node] = new NodeSet(this.#graph.ids.length)
    }
    this.#spread()
    return true
  }

  /** Puts a node into the thread from which alone it can be reached, or into one of its own. */
  #join(node: number): Thread {
    const known = this.#continued.get(node) ?? this.#sharedThread(node)
    const thread = known ?? { head: at(this.#graph.ids, node), prompt: this.#isPrompt(node), steps: [], block: this.#block }
    if (known === undefined) this.#block.threads.push(thread)
    thread.steps.push(at(this.#graph.ids, node))
    this.#nesting.threads[node] = thread
    return thread
  }

  /** The one thread from which all links into the node come, each the only link of its exit: arms of a choice, never two tokens. */
  #sharedThread(node: number): Thread | undefined {
    const into = at(this.#graph.into, node)
    const [first] = into
    if (first === undefined || arrivalsNeeded(this.#graph, node) > 1) return undefined
    const thread = this.#nesting.threads[first.from]
    return into.every((link) => this.#nesting.threads[link.from] === thread && this.#isThen(link)) ? thread : undefined
  }

  #isPrompt(node: number): boolean {
    const into = at(this.#graph.into, node)
    if (into.length === 0) return true
    return (
      this.#block.fork !== undefined && into.length === 1 && !this.#nodes.has(at(into, 0).from) && arrivalsNeeded(this.#graph, node) === 1
    )
  }

  #isThen(link: GraphLink): boolean {
    return at(this.#graph.exits, link.from).get(link.exit)?.length === 1
  }

  /**
   * Makes an *and* that closes one place in the thread. Not if no loop goes round it, and there are joins inside or many levels: then its branches
   * fare better as threads of the root block, each with a machine of its own (measured for 100 joins inside: 0.1 instead of 1.8 ms an event).
   */
  #close(thread: Thread, node: number, links: readonly GraphLink[], closure: Closure): boolean {
    this.#tooDeep = this.#levels === 0
    if (this.#tooDeep) return false
    const join = at(this.#graph.ids, closure.join)
    const targets = links.map((link) => at(this.#graph.ids, link.to))
    const block: Block = { threads: [], forks: [], looped: false }
    const { exit } = at(links, 0)
    const number = this.#nesting.bodies.push(closure.body) - 1
    block.fork = { number, from: at(this.#graph.ids, node), exit, join, targets, direct: targets.includes(join), thread, block }
    const isRoot = this.#block.fork === undefined
    const looped = isRoot && this.#isLooped(node, closure.join)
    const wrongs = this.#nesting.wrong.length
    const levels = isRoot && !looped ? mostLevels : this.#levels - 1
    const whole = new BlockReader(this.#graph, this.#nesting, block, closure.body, levels).read()
    if (isRoot && !looped && !(whole && isPrompt(block))) {
      this.#nesting.wrong.length = wrongs
      return false
    }
    this.#tooDeep = !whole
    this.#block.forks.push(block.fork)
    this.#forks.set(links, block.fork)
    this.#continued.set(closure.join, thread)
    return true
  }

  /** True when a link leads back from the join or beyond to the *and* or before it. */
  #isLooped(node: number, join: number): boolean {
    return this.#graph.backLinks.some(
      ({ from, to }) => (to === node || at(this.#graph.ahead, to).has(node)) && (from === join || at(this.#graph.ahead, join).has(from)),
    )
  }

  #way(node: number, links: readonly GraphLink[]): Way {
    const fork = this.#forks.get(links)
    const target = at(links, 0).to
    const back = links.some((link) => link.back)
    if (links.length === 1 && this.#nesting.threads[target] === this.#nesting.threads[node]) {
      return { ...noWay, next: at(this.#graph.ids, target) }
    }
    if (back) this.#nesting.wrong.push({ fault: links.length > 1 ? 'backFork' : 'jump', links })
    if (back) return noWay
    if (fork !== undefined) return { ...noWay, fork }
    const inside = links.filter((link) => this.#nodes.has(link.to))
    return { heads: inside.map((link) => at(this.#graph.ids, link.to)), closes: inside.length < links.length }
  }

  /** Works out what the block's nodes reach, from the last to the first; because of loops, until nothing is added. */
  #spread(): void {
    for (let changed = true; changed;) {
      changed = false
      for (const node of this.#own.toReversed()) {
        for (const way of at(this.#nesting.ways, node).values()) {
          if (at(this.#nesting.reach, node).addAll(reachByWay(this.#graph, this.#nesting, way))) changed = true
        }
      }
    }
  }
}

/** True when no head in a block, or in the blocks inside it, has to wait. */
function isPrompt(block: Block): boolean {
  return block.threads.every((thread) => thread.prompt) && block.forks.every((fork) => isPrompt(fork.block))
}

/** All that a token can still reach in its thread once it has left by a way, the next step included. */
export function reachByWay(graph: Graph, nesting: Nesting, way: Way): NodeSet {
  if (way.fork === undefined) return reachFrom(graph, nesting, way.next)
  const reached = reachFrom(graph, nesting, way.fork.join)
  reached.addAll(at(nesting.bodies, way.fork.number))
  return reached
}

/** A step and all that its token can reach from there; nothing without a step. */
export function reachFrom(graph: Graph, nesting: Nesting, step: string | undefined): NodeSet {
  const reached = new NodeSet(graph.ids.length)
  const node = step === undefined ? undefined : graph.number.get(step)
  if (node === undefined) return reached
  reached.add(node)
  reached.addAll(at(nesting.reach, node))
  return reached
}
