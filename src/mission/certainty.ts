import { eachExit, enclosing, holders } from './body.ts'
import { arrivalsNeeded, countsArrivals } from './fork.ts'
import { type Graph, type GraphLink, reachableGraph } from './graph.ts'
import type { Kinds } from './kinds.ts'
import { failedExit, type Mission, type Step } from './mission.ts'
import { at, flood, NodeSet } from './nodeset.ts'

/** What is known, whichever way a run takes, about what has happened before a step. */
export interface Certainty {
  /** The triggers from which there is a way to the step, in the order of the document. */
  triggersBefore: (step: string) => readonly string[]
  /** The steps from which there is a way to the step, loops included; causes before effects. The step itself only in a loop. */
  stepsBefore: (step: string) => readonly string[]
  /** True when there is a way from the earlier step to the step, loops included. */
  comesBefore: (step: string, earlier: string) => boolean
  /**
   * True when the earlier step has surely been left by one of the exits when the step starts, from whichever trigger; without
   * exits: by any exit except `failed`.
   */
  surelyLeft: (step: string, earlier: string, exits?: readonly string[]) => boolean
}

/** The exits by which a step of this mission may be left, by its kind; of an unknown kind: those that are linked. Without `failed`. */
export function exitsOf(mission: Mission, step: Step, kinds: Kinds): readonly string[] {
  const kind = kinds.step(step.type)
  if (kind) {
    const names = kind.exits(step.settings).map((exit) => exit.name)
    return kind.holds ? names.filter((name) => name !== eachExit) : names
  }
  const leaving = mission.links.filter(({ from, exit }) => from === step.id && exit !== failedExit && exit !== eachExit)
  return [...new Set(leaving.map((link) => link.exit))]
}

/** Reads a mission once, for many questions. */
export function readCertainty(mission: Mission, kinds: Kinds): Certainty {
  const order = new Map(mission.steps.map((step, index) => [step.id, index]))
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const view = (start: string) => new View(reachableGraph(mission, start), (step) => exitsOf(mission, step, kinds))
  const views = mission.triggers.map(({ id }) => view(id))
  const bodies = new Map(holders(mission).map((id) => [id, [view(id)]]))
  const reaching = (step: string) => {
    const holder = steps.get(step)?.within
    return (holder === undefined ? views : (bodies.get(holder) ?? [])).filter(({ graph }) => graph.number.has(step))
  }
  // A step in a body comes after all that its holder comes after.
  const levels = (step: string) => [step, ...enclosing(steps, step)]
  return {
    triggersBefore(step) {
      const outermost = levels(step).at(-1) ?? step
      if (steps.get(outermost)?.within !== undefined || levels(step).some((one) => reaching(one).length === 0)) return []
      return reaching(outermost).map(({ graph }) => at(graph.ids, 0))
    },
    stepsBefore: (step) =>
      levels(step)
        .toReversed()
        .flatMap((one) => {
          const seen = new Set(reaching(one).flatMap((found) => found.before(one)))
          // With one trigger the graph's own order is the better one: causes first.
          const ordered = views.length === 1 || steps.get(one)?.within !== undefined
          return ordered ? [...seen] : [...seen].sort((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
        }),
    comesBefore: (step, earlier) => levels(step).some((one) => reaching(one).some((found) => found.comesBefore(one, earlier))),
    surelyLeft: (step, earlier, exits) =>
      levels(step).some((one) => reaching(one).length > 0 && reaching(one).every((found) => found.surelyLeft(one, earlier, exits))),
  }
}

/**
 * The mission as one trigger starts it. The sets below are computed as data-flow analyses are (Kildall, 1973): one pass in
 * graph order for what lies behind, passes in reverse order until nothing changes for what lies ahead.
 */
class View {
  readonly graph: Graph
  readonly #exits: readonly (readonly string[])[]
  /** Per node: what surely happens too, now or later, when the node happens and no step fails. */
  readonly #ahead: readonly NodeSet[]
  /** Per node: what surely happens at some time when the node happens. */
  readonly #alive: NodeSet[] = []
  /** Per node: the nodes that it waits for, and that keep it from starting by failing where `failed` is not linked. */
  readonly #ruinous: NodeSet[] = []
  /** Per node: what has surely been left, other than by failing, before the node starts. */
  readonly #sure: NodeSet[] = []
  readonly #before = new Map<number, NodeSet>()
  /** Per node: where all links into it come from. */
  readonly #sources: readonly number[][]
  readonly #passed = new Map<string, NodeSet>()

  constructor(graph: Graph, exitsOfStep: (step: Step) => readonly string[]) {
    this.graph = graph
    this.#exits = graph.steps.map((step, node) => {
      if (!step) return ['done']
      const own = exitsOfStep(step)
      return at(graph.exits, node).has(failedExit) ? [...own, failedExit] : own
    })
    this.#sources = graph.ids.map(() => [])
    for (const exits of graph.exits)
      for (const links of exits.values()) for (const link of links) at(this.#sources, link.to).push(link.from)
    this.#ahead = this.#lookAhead()
    for (const node of graph.ids.keys()) {
      this.#alive.push(this.#findAlive(node))
      this.#ruinous.push(this.#findRuinous(node))
      this.#sure.push(this.#findSure(node))
    }
  }

  before(id: string): string[] {
    return Array.from(this.#findBefore(this.#numberOf(id)), (node) => at(this.graph.ids, node))
  }

  comesBefore(id: string, earlierId: string): boolean {
    const earlier = this.graph.number.get(earlierId)
    return earlier !== undefined && this.#findBefore(this.#numberOf(id)).has(earlier)
  }

  /** All steps from which a node can be reached; the trigger is none. */
  #findBefore(node: number): NodeSet {
    const known = this.#before.get(node)
    if (known) return known
    const sources = at(this.#sources, node)
    const before = new NodeSet(this.graph.ids.length, sources)
    for (const source of sources) before.addAll(flood(this.graph.ids.length, source, this.#sources))
    before.remove(0)
    this.#before.set(node, before)
    return before
  }

  surelyLeft(id: string, earlierId: string, exits?: readonly string[]): boolean {
    const earlier = this.graph.number.get(earlierId)
    if (earlier === undefined) return false
    const node = this.#numberOf(id)
    const all = at(this.#exits, earlier)
    const giving = all.filter((exit) => (exits ? exits.includes(exit) : exit !== failedExit))
    const sure = at(this.#sure, node)
    if (!sure.has(earlier)) return false
    if (giving.length === all.length) return true
    // Some other step that was surely left can only be reached by leaving through one of the exits.
    const witnesses = sure.copy()
    witnesses.add(node)
    witnesses.keepAll(this.#passing(earlier, giving))
    return !witnesses.isEmpty()
  }

  #numberOf(id: string): number {
    return this.graph.number.get(id) ?? 0
  }

  /** The nodes that every way reaches through these exits of a node. */
  #passing(earlier: number, exits: readonly string[]): NodeSet {
    const key = JSON.stringify([earlier, exits])
    const known = this.#passed.get(key)
    if (known) return known
    const passing = new NodeSet(this.graph.ids.length)
    for (const [node, into] of this.graph.into.entries()) {
      const through = (link: GraphLink) => (link.from === earlier ? exits.includes(link.exit) : passing.has(link.from))
      if (node > earlier && into.every(through)) passing.add(node)
    }
    this.#passed.set(key, passing)
    return passing
  }

  #lookAhead(): NodeSet[] {
    const size = this.graph.ids.length
    const all = new NodeSet(size, this.graph.ids.keys())
    const ahead = this.graph.ids.map(() => all.copy())
    for (let changed = true; changed;) {
      changed = false
      for (let node = size - 1; node >= 0; node--) {
        const narrowed = this.#intersect(
          at(this.#exits, node).map((exit) => this.#startedBy(at(this.graph.exits, node).get(exit) ?? [], ahead)),
        )
        narrowed.add(node)
        // These sets only ever shrink, so what the new one lacks tells whether it did.
        changed = narrowed.copy().addAll(at(ahead, node)) || changed
        ahead[node] = narrowed
      }
    }
    return ahead
  }

  #startedBy(links: readonly GraphLink[], ahead: readonly NodeSet[]): NodeSet {
    const started = new NodeSet(this.graph.ids.length)
    // A join that counts arrivals may not have enough of them, or have had them before.
    for (const link of links) if (!countsArrivals(this.graph, link.to)) started.addAll(at(ahead, link.to))
    return started
  }

  #findAlive(node: number): NodeSet {
    const ways = at(this.graph.into, node).map((link) => {
      const alive = this.#startedBy(at(this.graph.exits, link.from).get(link.exit) ?? [], this.#ahead)
      alive.addAll(at(this.#alive, link.from))
      return alive
    })
    const alive = this.#intersect(ways)
    alive.addAll(at(this.#ahead, node))
    return alive
  }

  #findRuinous(node: number): NodeSet {
    const ruinous = new NodeSet(this.graph.ids.length)
    if (countsArrivals(this.graph, node)) return ruinous
    for (const { from } of at(this.graph.into, node)) {
      ruinous.add(from)
      ruinous.addAll(at(this.#ruinous, from))
    }
    return ruinous
  }

  #findSure(node: number): NodeSet {
    // Whichever links arrived: their sources were left, and what was sure there is sure here.
    const ways = at(this.graph.into, node).map(({ from }) => {
      const way = at(this.#sure, from).copy()
      way.add(from)
      return way
    })
    const sure = this.#commonTo(ways, countsArrivals(this.graph, node) ? arrivalsNeeded(this.graph, node) : 1)
    // What happened beside the way that arrived was waited for, unless it failed, and then the node would not have started.
    const beside = at(this.#ruinous, node).copy()
    beside.keepAll(at(this.#alive, node))
    beside.removeAll(sure)
    for (const other of beside) sure.addAll(at(this.#sure, other))
    sure.addAll(beside)
    return sure
  }

  /** What is in one at least of any so many sets. */
  #commonTo(sets: readonly NodeSet[], many: number): NodeSet {
    if (many <= 1 || sets.length < many) return this.#intersect(sets)
    const common = new NodeSet(this.graph.ids.length)
    for (const node of this.graph.ids.keys()) if (sets.filter((set) => !set.has(node)).length < many) common.add(node)
    return common
  }

  #intersect(sets: readonly NodeSet[]): NodeSet {
    const [first, ...rest] = sets
    const both = first?.copy() ?? new NodeSet(this.graph.ids.length)
    for (const set of rest) both.keepAll(set)
    return both
  }
}
