import { arrivalsNeeded, countsArrivals } from './fork.ts'
import type { Graph, GraphLink } from './graph.ts'
import { failedExit } from './mission.ts'
import { at, NodeSet } from './nodeset.ts'
import { leadingOnlyTo } from './paths.ts'
import type { Walk, WalkMove } from './walk.ts'

/** One run, forward links only: by which exit each step is left that comes to be active. */
export interface Play {
  exits: (string | undefined)[]
  active: NodeSet
  /** How many links of each node arrive. */
  arrived: number[]
}

/** Where runs are played through without going round a loop, as often as a search for walks wants. By node number, as everything in a graph. */
export class Playground {
  readonly graph: Graph
  readonly size: number
  /** By which exits each node can be left, those that lead back left out. */
  readonly exits: readonly (readonly string[])[]
  /** Where the links into each node come from, those that lead back among them. */
  readonly sources: readonly (readonly number[])[]
  /** Whether a node counts arrivals. */
  readonly counts: readonly boolean[]
  /** Joins that cancel the rest once they have started. */
  readonly #cancelling: readonly number[]

  /** `exitsOf`: the exits of a step by its kind, `failed` left out. */
  constructor(graph: Graph, exitsOf: (step: string) => readonly string[]) {
    this.graph = graph
    this.size = graph.ids.length
    this.exits = graph.ids.map((id, node) => {
      const own = node === 0 ? ['done'] : exitsOf(id)
      // A step without exits is left all the same, to nowhere.
      const all = [...(own.length === 0 ? ['done'] : own), ...(at(graph.exits, node).has(failedExit) ? [failedExit] : [])]
      return all.filter((exit) => !this.links(node, exit).some((link) => link.back))
    })
    const sources: number[][] = graph.ids.map(() => [])
    for (const link of graph.links.flat()) at(sources, link.to).push(link.from)
    this.sources = sources
    this.counts = graph.ids.map((_, node) => countsArrivals(graph, node))
    this.#cancelling = [...graph.ids.keys()].filter((node) => this.counts[node] && graph.steps[node]?.join?.cancelRest === true)
  }

  /** The links of an exit. */
  links(node: number, exit: string): readonly GraphLink[] {
    return at(this.graph.exits, node).get(exit) ?? []
  }

  /** Forward links into a node. */
  into(node: number): readonly GraphLink[] {
    return at(this.graph.into, node)
  }

  /** True when a node is another, or can be reached from it by forward links. */
  isBehind(node: number, other: number): boolean {
    return node === other || at(this.graph.ahead, other).has(node)
  }

  /** Nodes from which some can be reached, these included, by all links; `closed` nodes are not entered, others perhaps not passed. */
  floodBack(from: Iterable<number>, closed: (node: number) => boolean, passed: (node: number) => boolean = () => true): NodeSet {
    const found = new NodeSet(this.size)
    const open = [...from]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (found.has(node) || closed(node)) continue
      found.add(node)
      if (passed(node)) open.push(...at(this.sources, node))
    }
    return found
  }

  /** Plays forward: which nodes become active when each is left by the exit chosen for it. The target is not left. */
  play(target: number, choose: (node: number) => string | undefined): Play {
    const play: Play = {
      exits: this.graph.ids.map(() => undefined),
      active: new NodeSet(this.size),
      arrived: this.graph.ids.map(() => 0),
    }
    const poisoned = new NodeSet(this.size)
    for (const node of this.graph.ids.keys()) {
      const into = this.into(node)
      const count = into.filter((link) => play.exits[link.from] === link.exit).length
      play.arrived[node] = count
      const ruined = (link: GraphLink) =>
        poisoned.has(link.from) || (play.exits[link.from] === failedExit && !at(this.graph.exits, link.from).has(failedExit))
      if (!this.counts[node] && into.some(ruined)) poisoned.add(node)
      else if (node === 0 || count >= (this.counts[node] ? arrivalsNeeded(this.graph, node) : 1)) {
        play.active.add(node)
        if (node !== target) play.exits[node] = choose(node)
      }
    }
    return play
  }

  /** What of a play has to happen before the target starts, in order. Undefined when a step of it cannot be left but backwards. */
  record(target: number, play: Play, favoured: ReadonlySet<number>): Walk | undefined {
    const moved = new NodeSet(this.size)
    const open = [target]
    const comesBy = (nodes: readonly number[]) => {
      for (const node of nodes) if (!moved.has(node)) open.push(node)
      for (const node of nodes) moved.add(node)
    }
    for (const node of open) {
      const into = this.into(node)
      const begins = play.active.has(node)
      if (begins && this.counts[node]) comesBy(this.#arrivedBy(node, play, favoured))
      else if (begins && into.length === 1) comesBy(into.map((link) => link.from))
      else {
        // All that can still come there must be over: it has arrived or gone another way.
        const before = this.floodBack(
          at(this.sources, node),
          (other) => this.isBehind(other, node),
          (other) => {
            const counted = this.counts[other] === true && play.active.has(other)
            if (counted) comesBy([other])
            return !counted
          },
        )
        for (const other of before) if (play.active.has(other)) moved.add(other)
      }
    }
    moved.remove(target)
    this.#dropCancelled(moved, target, play)
    const walk = Array.from(moved, (node) => ({ step: at(this.graph.ids, node), exit: play.exits[node] }))
    if (moved.has(target) || walk.some(({ exit }) => exit === undefined)) return undefined
    return [...walk.map(({ step, exit = 'done' }): WalkMove => ({ step, exit })), { step: at(this.graph.ids, target) }]
  }

  /**
   * Takes out of the moves what a join that cancels the rest has cancelled by then. The target is put in, as a sign, when that befalls it as
   * soon as it starts. Moves are made in the order of their numbers.
   */
  #dropCancelled(moved: NodeSet, target: number, play: Play): void {
    for (let again = this.#cancelling.length > 0; again;) {
      again = false
      const starts = (node: number) => this.#startOf(node, moved, play)
      const started = this.#cancelling.filter((join) => play.active.has(join) && starts(join) < Infinity)
      for (const last of new Set(started.map(starts))) {
        const joins = started.filter((join) => starts(join) <= last)
        const idle = leadingOnlyTo(this.graph, joins)
        for (const node of moved.copy()) {
          if (node <= last || !idle.has(node)) continue
          moved.remove(node)
          again = true
        }
        if (idle.has(target) && last <= starts(target)) return moved.add(target)
      }
    }
  }

  /** The move that starts a node, by its number; Infinity when no move does. */
  #startOf(node: number, moved: NodeSet, play: Play): number {
    const into = this.into(node)
    const arrivals = into.filter((link) => moved.has(link.from) && play.exits[link.from] === link.exit).map((link) => link.from)
    if (this.counts[node]) return arrivals.sort((one, other) => one - other)[arrivalsNeeded(this.graph, node) - 1] ?? Infinity
    if (arrivals.length === 0) return Infinity
    if (into.length === 1) return Math.max(...arrivals)
    return Math.max(...[...moved].filter((other) => at(this.graph.ahead, other).has(node)))
  }

  /** The sources by which a join that counts arrivals is started: as many as it needs, those on the way first. */
  #arrivedBy(node: number, play: Play, favoured: ReadonlySet<number>): number[] {
    const arriving = this.into(node).filter((link) => play.exits[link.from] === link.exit)
    const sources = [...new Set(arriving.map((link) => link.from))].sort(
      (one, other) => Number(favoured.has(other)) - Number(favoured.has(one)),
    )
    return sources.slice(0, arrivalsNeeded(this.graph, node))
  }
}
