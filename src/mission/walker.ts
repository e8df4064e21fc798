import { arrivalsNeeded } from './fork.ts'
import type { Graph, GraphLink } from './graph.ts'
import { failedExit } from './mission.ts'
import { at, NodeSet } from './nodeset.ts'
import { type Play, Playground } from './playground.ts'
import type { Walk } from './walk.ts'

/** What must not have happened when a walk arrives: that a step was left by one of the exits; without exits: by any except `failed`. */
export interface Avoided {
  step: string
  exits?: readonly string[] | undefined
}

/** How many of a join's links can arrive in one run: the most, and the fewest above none that are too few to start it. */
export interface Arrivals {
  most: { count: number; walk: Walk }
  tooFew?: { count: number; walk: Walk }
}

/** What a search heeds. */
interface Aim {
  target: number
  avoided?: { node: number; gives(exit: string): boolean }
  /** True for links to what leads to the avoided whichever exit is taken. */
  leads(link: GraphLink): boolean
  /** Nodes that may fail without keeping the target from starting. */
  mayFail: NodeSet
}

/** More ways through a mission than this are not tried one by one. */
const mostPlays = 2_000

/** Finds walks through the part of a mission that one trigger reaches. Loops are not gone round: whatever can happen, can happen on the first pass. */
export class Walker {
  /** The trigger from which all its walks start. */
  readonly trigger: string
  readonly #ground: Playground

  /** `exitsOf`: the exits of a step by its kind, `failed` left out. */
  constructor(graph: Graph, exitsOf: (step: string) => readonly string[]) {
    this.trigger = at(graph.ids, 0)
    this.#ground = new Playground(graph, exitsOf)
  }

  /** A short walk that starts a step, on which something has not happened if so wished; undefined when none is found. */
  to(step: string, avoided?: Avoided): Walk | undefined {
    const target = this.#ground.graph.number.get(step)
    if (target === undefined) return undefined
    const node = avoided && this.#ground.graph.number.get(avoided.step)
    if (!avoided || node === undefined) return this.#search({ target, leads: () => false, mayFail: new NodeSet(this.#ground.size) }, true)
    const { exits } = avoided
    const gives = (exit: string) => (exits ? exits.includes(exit) : exit !== failedExit)
    const mayFail = this.#harmless([target])
    const aim = { target, avoided: { node, gives }, mayFail }
    // Joins that count arrivals may be kept from starting, too; if that is too much to ask, they are let be.
    const strict = { ...aim, leads: this.#findLeading(node, gives, mayFail, true) }
    const lax = { ...aim, leads: this.#findLeading(node, gives, mayFail, false) }
    return this.#search(strict, true) ?? this.#search(lax, true) ?? this.#search(lax, false) ?? this.#search(strict, false)
  }

  /** How many links of a join can arrive; undefined when there are too many ways to tell. */
  arrivals(step: string): Arrivals | undefined {
    const join = this.#ground.graph.number.get(step)
    if (join === undefined) return undefined
    const gate = this.#gateOf(join)
    // A run that does not come to the gate brings nothing to the join, so which way it takes there does not matter: one is enough.
    const way = gate === 0 ? undefined : this.to(at(this.#ground.graph.ids, gate))
    const fixed = new Map<number, string>()
    for (const { step: passed, exit } of way ?? []) if (exit !== undefined) fixed.set(this.#ground.graph.number.get(passed) ?? 0, exit)
    return this.#arrivals(join, way ? gate : 0, fixed)
  }

  /** The last node before a node that every way to it goes through (Cooper, Harvey and Kennedy, as in dominance.ts). */
  #gateOf(node: number): number {
    const gates = [0]
    for (let one = 1; one <= node; one++) {
      const sources = this.#ground.into(one).map((link) => link.from)
      gates[one] = sources.reduce((first, second) => {
        let [a, b] = [first, second]
        while (a !== b) {
          if (a > b) a = at(gates, a)
          else b = at(gates, b)
        }
        return a
      }, sources[0] ?? 0)
    }
    return at(gates, node)
  }

  #arrivals(join: number, gate: number, way: ReadonlyMap<number, string>): Arrivals | undefined {
    const before = this.#ground.floodBack(at(this.#ground.sources, join), (node) => this.#ground.isBehind(node, join))
    before.add(join)
    const open: ReadonlyMap<number, string>[] = [way]
    let found: Arrivals | undefined
    let plays = 0
    for (let fixed = open.pop(); fixed !== undefined; fixed = open.pop()) {
      if (++plays > mostPlays) return undefined
      let undecided: number | undefined
      const play = this.#ground.play(join, (node) => {
        const known = fixed.get(node)
        const options = known === undefined ? this.#distinct(node, before) : []
        if (options.length > 1 && this.#ground.isBehind(node, gate)) undecided ??= node
        return known ?? options[0]
      })
      if (undecided === undefined) found = this.#tally(found, join, play)
      else for (const exit of this.#distinct(undecided, before)) open.push(new Map([...fixed, [undecided, exit]]))
    }
    return found
  }

  #tally(found: Arrivals | undefined, join: number, play: Play): Arrivals | undefined {
    const count = at(play.arrived, join)
    // Where the join does not start, the walk ends with what was done in vain.
    const walk = this.#ground.record(join, play, new Set())?.slice(0, -1)
    if (walk === undefined) return found
    const most = found === undefined || count > found.most.count ? { count, walk } : found.most
    // That somebody fails is nothing to warn of before.
    const scarce = count > 0 && count < arrivalsNeeded(this.#ground.graph, join) && walk.every(({ exit }) => exit !== failedExit)
    const tooFew = scarce && (found?.tooFew === undefined || walk.length < found.tooFew.walk.length) ? { count, walk } : found?.tooFew
    return tooFew ? { most, tooFew } : { most }
  }

  /** The exits of a node as far as they differ in what they may bring to certain nodes; failing is the last of those that are alike. */
  #distinct(node: number, towards: NodeSet): string[] {
    const options = new Map<string, string>()
    for (const exit of at(this.#ground.exits, node).toReversed()) {
      const links = this.#ground.links(node, exit).filter((link) => towards.has(link.to))
      options.set(links.map((link) => link.to).join(), exit)
    }
    return [...options.values()].reverse()
  }

  /** The nodes that may fail without keeping any of these from starting: those that come there, if at all, through joins that count arrivals. */
  #harmless(nodes: readonly number[]): NodeSet {
    const harmless = new NodeSet(this.#ground.size, this.#ground.graph.ids.keys())
    const open = [...nodes]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!harmless.has(node)) continue
      harmless.remove(node)
      if (!this.#ground.counts[node]) open.push(...at(this.#ground.sources, node))
    }
    harmless.remove(0)
    return harmless
  }

  #findLeading(avoided: number, gives: (exit: string) => boolean, mayFail: NodeSet, throughCounts: boolean): (link: GraphLink) => boolean {
    const forced = new NodeSet(this.#ground.size)
    const leads = (link: GraphLink) => forced.has(link.to) && (throughCounts || !this.#ground.counts[link.to])
    for (let node = this.#ground.size - 1; node >= 0; node--) {
      if (mayFail.has(node)) continue
      const options = at(this.#ground.exits, node)
      // What only leads back leads to no end without the avoided either.
      const isForced = node === avoided ? options.every(gives) : options.every((exit) => this.#ground.links(node, exit).some(leads))
      if (isForced) forced.add(node)
    }
    return leads
  }

  /** Looks for a way to the target, `wary` of exits that also start what leads to the avoided, then plays all that runs beside it. */
  #search(aim: Aim, wary: boolean): Walk | undefined {
    const { target, avoided } = aim
    const fixed = new Map<number, string>()
    const open = (node: number, exit: string, links: readonly GraphLink[]) =>
      !(avoided?.node === node && avoided.gives(exit)) && !(wary && links.some((link) => aim.leads(link) && link.to !== target))
    if (!this.#lead(target, fixed, open)) return undefined
    const favoured = new Set([...fixed.keys(), target])
    const mayFail = this.#harmless([...favoured])
    const tried = new Set<GraphLink>()
    for (;;) {
      const play = this.#ground.play(target, (node) => fixed.get(node) ?? this.#choose(node, aim, mayFail))
      if (play.active.has(target)) {
        const walk = this.#ground.record(target, play, favoured)
        const given =
          avoided &&
          walk?.some(({ step, exit }) => this.#ground.graph.number.get(step) === avoided.node && exit !== undefined && avoided.gives(exit))
        return given ? undefined : walk
      }
      // A join on the way has too few arrivals: another of its links is led to.
      const short = [...favoured].find((node) => this.#ground.counts[node] && !play.active.has(node))
      const more =
        short === undefined ? undefined : this.#ground.into(short).find((link) => !tried.has(link) && play.exits[link.from] !== link.exit)
      if (more === undefined) return undefined
      tried.add(more)
      if (this.#lead(more.from, fixed, open) && (fixed.get(more.from) ?? more.exit) === more.exit) fixed.set(more.from, more.exit)
    }
  }

  /** Fixes the exits of the shortest way to a node; breadth first. False when there is none. */
  #lead(target: number, fixed: Map<number, string>, open: (node: number, exit: string, links: readonly GraphLink[]) => boolean): boolean {
    const from = new Map<number, GraphLink | undefined>([[0, undefined]])
    for (const [node] of from) {
      if (from.has(target)) break
      const known = fixed.get(node)
      for (const exit of known === undefined ? at(this.#ground.exits, node) : [known]) {
        const links = this.#ground.links(node, exit)
        if (open(node, exit, links)) for (const link of links) if (!from.has(link.to)) from.set(link.to, link)
      }
    }
    if (!from.has(target)) return false
    for (let link = from.get(target); link !== undefined; link = from.get(link.from)) fixed.set(link.from, link.exit)
    return true
  }

  /** The exit by which a step is left that the way does not lead through. */
  #choose(node: number, { avoided, leads }: Aim, mayFail: NodeSet): string | undefined {
    const options = at(this.#ground.exits, node)
    const kind = node === avoided?.node ? options.filter((exit) => !avoided.gives(exit)) : options
    const harmless = kind.find((exit) => !this.#ground.links(node, exit).some(leads))
    if (harmless !== undefined) return harmless
    return mayFail.has(node) && avoided !== undefined && !at(this.#ground.graph.exits, node).has(failedExit) ? failedExit : options[0]
  }
}
