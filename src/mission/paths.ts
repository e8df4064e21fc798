import { arrivalsNeeded, countsArrivals } from './fork.ts'
import { type Graph, type GraphLink, reachableGraph } from './graph.ts'
import type { Mission } from './mission.ts'
import { at, flood, NodeSet } from './nodeset.ts'
import {
  type Block,
  type ClosedFork,
  nestGraph,
  type Nesting,
  reachByWay,
  reachFrom,
  type Thread,
  type Way,
  type WrongLinks,
} from './thread.ts'

export type { Block, ClosedFork, Thread, Way } from './thread.ts'

/** An *and* may start this many branches. Wider ones cost seconds per event (measured); they are what *for each* is for. */
export const widestFork = 50

/** A link, as a fault names it. */
export interface PathLink {
  from: string
  exit: string
  to: string
}

/**
 * What makes a graph impossible to run, as data for whoever words it:
 * `tangled` – a loop with several ways in; `jump` – a link back that leaves or enters an *and* block; `backFork` – an exit that
 * goes back and elsewhere at the same time; `wide` – an *and* of more than {@link widestFork} branches.
 */
export interface GraphFault {
  fault: 'tangled' | 'jump' | 'backFork' | 'wide'
  steps: string[]
  links: PathLink[]
}

/** What a join waits for: `needed` arrivals of so many links, or, without a number, all that may still come. */
export interface Waiting {
  links: number
  needed?: number
}

/** What can no longer happen because a token has gone another way. */
export interface Loss {
  /** Steps, those inside closed forks included, that the token can no longer reach; they may have been visited before, in a loop. */
  steps: string[]
  /** Heads of other threads of the same block, with the number of links by which the token can no longer arrive there. */
  heads: Map<string, number>
}

/** What can no longer happen because a step has failed: the links that this poisons, by head, and what dies with them. */
export interface Ruin {
  poisoned: Map<string, number>
  /** What only a join that counts arrivals could have brought about. */
  dead: Loss
}

/** How the part of a mission that one trigger reaches nests. */
export interface Paths {
  trigger: string
  /** The steps that are reached, causes before effects. */
  steps: readonly string[]
  root: Block
  /** The thread of every step, and of the trigger. */
  threadOf: ReadonlyMap<string, Thread>
  /** By step (or trigger) and exit: where each exit that has links leads. */
  ways: ReadonlyMap<string, ReadonlyMap<string, Way>>
  /** Steps that a loop may visit again. */
  looped: ReadonlySet<string>
  backLinks: readonly PathLink[]
  faults: readonly GraphFault[]
  /** The thread of the root block in which a step lies, however deep; undefined for a step that is not reached. */
  rootThreadOf(step: string): Thread | undefined
  /** What a token loses that leaves a step by a way; without one: by ending there. The step itself is not among the steps lost. */
  loss(step: string, way?: Way): Loss
  /** What is lost when none of a closed fork's branches arrives at its join. */
  lossOfFork(fork: ClosedFork): Loss
  /** What a thread loses when one of its steps fails with nowhere to go, or will never start because another did. */
  ruin(step: string): Ruin
  /** What the head of a thread waits for. */
  waiting(head: string): Waiting
  /** The steps from which every way leads on to one of these joins: what they do, they do for these joins alone. */
  leadingOnlyTo(joins: readonly string[]): ReadonlySet<string>
}

/**
 * Finds how the part of a mission that one trigger reaches nests: which steps share a token (threads), which forks close, which
 * links go back, which joins wait for what, and what is out of reach once a token has taken an exit. Pure; tells what is wrong with
 * the graph as data. With faults, the rest is what could still be made out.
 *
 * @throws RangeError when the mission has no such trigger.
 */
export function analyse(mission: Mission, triggerId: string): Paths {
  const graph = reachableGraph(mission, triggerId)
  const nesting = nestGraph(graph)
  const names = (nodes: Iterable<number>): string[] => Array.from(nodes, (node) => at(graph.ids, node))
  const numberOf = (id: string): number => graph.number.get(id) ?? 0
  const threadOf = new Map(graph.ids.map((id, node) => [id, at(nesting.threads, node)]))
  // Asked after every event of a run in which such joins have started; there are few of them in a mission.
  const leading = new Map<string, Set<string>>()
  return {
    trigger: triggerId,
    steps: graph.ids.slice(1),
    root: nesting.root,
    threadOf,
    ways: new Map(graph.ids.map((id, node) => [id, at(nesting.ways, node)])),
    looped: new Set(names(nesting.looped)),
    backLinks: nameLinks(graph, graph.backLinks),
    faults: findFaults(graph, nesting.wrong),
    rootThreadOf(step) {
      let thread = threadOf.get(step)
      while (thread?.block.fork !== undefined) thread = thread.block.fork.thread
      return thread
    },
    loss: (step, way) => lostAt(graph, nesting, numberOf(step), way),
    lossOfFork: (fork) => readLoss(graph, nesting, numberOf(fork.from), reachFrom(graph, nesting, fork.join)),
    ruin: (step) => readRuin(graph, nesting, numberOf(step)),
    waiting: (head) => readWaiting(graph, numberOf(head)),
    leadingOnlyTo(joins) {
      const key = joins.toSorted().join(' ')
      const known = leading.get(key) ?? new Set(names(leadingOnlyTo(graph, joins.map(numberOf))))
      leading.set(key, known)
      return known
    },
  }
}

/** What the token at a node loses by a way: what it could reach, the node itself included, and now cannot. */
function lostAt(graph: Graph, nesting: Nesting, node: number, way: Way | undefined): Loss {
  const lost = at(nesting.reach, node).copy()
  lost.add(node)
  if (way !== undefined) lost.removeAll(reachByWay(graph, nesting, way))
  const loss = readLoss(graph, nesting, node, lost, way)
  loss.steps = loss.steps.filter((step) => step !== graph.ids[node])
  return loss
}

/** Names what is lost to a thread: all steps, but links to heads only where they leave the thread itself, not a block inside it. */
function readLoss(graph: Graph, nesting: Nesting, node: number, lost: NodeSet, taken?: Way): Loss {
  const loss: Loss = { steps: [], heads: new Map() }
  for (const other of lost) {
    loss.steps.push(at(graph.ids, other))
    if (nesting.threads[other] !== nesting.threads[node]) continue
    for (const way of at(nesting.ways, other).values()) {
      if (way === taken) continue
      for (const head of way.heads) loss.heads.set(head, (loss.heads.get(head) ?? 0) + 1)
    }
  }
  return loss
}

function readRuin(graph: Graph, nesting: Nesting, node: number): Ruin {
  const lost = at(nesting.reach, node).copy()
  lost.add(node)
  const ruined = ruinedFrom(graph, nesting, node, lost)
  lost.removeAll(ruined)
  return { poisoned: readLoss(graph, nesting, node, ruined).heads, dead: readLoss(graph, nesting, node, lost) }
}

/** What follows from a node, up to the joins that count arrivals. Those whose links come round in a loop with them have nothing to count. */
function ruinedFrom(graph: Graph, nesting: Nesting, start: number, within: NodeSet): NodeSet {
  const counts = (node: number): boolean =>
    countsArrivals(graph, node) && !at(graph.into, node).some((link) => at(nesting.reach, node).has(link.from))
  const after = graph.ids.map((_, node) => {
    if (!within.has(node)) return []
    return at(graph.links, node)
      .filter((link) => within.has(link.to) && (link.back || !counts(link.to)))
      .map((link) => link.to)
  })
  return flood(graph.ids.length, start, after)
}

function readWaiting(graph: Graph, head: number): Waiting {
  const waiting: Waiting = { links: at(graph.into, head).length }
  if (countsArrivals(graph, head)) waiting.needed = arrivalsNeeded(graph, head)
  return waiting
}

function nameLinks(graph: Graph, links: readonly GraphLink[]): PathLink[] {
  return links.map((link) => ({ from: at(graph.ids, link.from), exit: link.exit, to: at(graph.ids, link.to) }))
}

function findFaults(graph: Graph, wrong: readonly WrongLinks[]): GraphFault[] {
  const fault = (kind: GraphFault['fault'], nodes: Iterable<number>, links: readonly GraphLink[]): GraphFault => ({
    fault: kind,
    steps: Array.from(new Set(nodes), (node) => at(graph.ids, node)),
    links: nameLinks(graph, links),
  })
  const tangled = new Set(graph.tangles.flatMap((tangle) => tangle.links))
  return [
    ...graph.tangles.map((tangle) => fault('tangled', tangle.nodes, tangle.links)),
    ...wrong
      .filter(({ links }) => !links.some((link) => tangled.has(link)))
      .map(({ fault: kind, links }) =>
        fault(
          kind,
          links.flatMap((link) => [link.from, link.to]),
          links,
        ),
      ),
    ...graph.exits
      .flatMap((byExit) => [...byExit.values()])
      .filter((links) => links.length > widestFork)
      .map((links) =>
        fault(
          'wide',
          links.map((link) => link.from),
          links,
        ),
      ),
  ]
}

/**
 * A step leads only to the joins when every step it can lead to, before it comes to one of them, can still come to one. A link back to
 * a join is no arrival: it is the join's own loop.
 */
export function leadingOnlyTo(graph: Graph, joins: readonly number[]): NodeSet {
  const size = graph.ids.length
  const ends = new Set(joins)
  const before: number[][] = graph.ids.map(() => [])
  const beforeEnd: number[] = []
  const elsewhere = new Set<number>()
  for (const link of graph.links.flat()) {
    if (!ends.has(link.to)) at(before, link.to).push(link.from)
    else if (link.back) elsewhere.add(link.from)
    else beforeEnd.push(link.from)
  }
  const flow = (starts: Iterable<number>): NodeSet => flood(size + 1, size, [...before, [...starts]])
  const arriving = flow(beforeEnd)
  for (const node of graph.ids.keys()) if (!arriving.has(node)) elsewhere.add(node)
  const straying = flow(elsewhere)
  arriving.removeAll(straying)
  return new NodeSet(
    size,
    [...arriving].filter((node) => node < size),
  )
}
