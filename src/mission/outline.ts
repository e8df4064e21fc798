import { eachExit } from './body.ts'
import { type Graph, reachableGraph } from './graph.ts'
import type { Kinds } from './kinds.ts'
import { failedExit, type Join, type Link, type Mission, type Step } from './mission.ts'
import { at } from './nodeset.ts'
import { type GoingOn, type Onward, type Target, tellOnward } from './onward.ts'
import { analyse } from './paths.ts'

/** How a step comes after what was told before it. */
export type Lead =
  | { is: 'trigger'; more: boolean }
  | { is: 'first' }
  | { is: 'then' }
  /** Where the arms of a choice meet again. */
  | { is: 'after' }
  /** Where branches that ran at the same time meet; `join` if the step does not wait for all of them. */
  | { is: 'joined'; join: Join | undefined }
  /** The first step of what follows one of several exits. */
  | { is: 'arm'; exit: string }
  /** The first step of one of several branches that start at the same time, counted from 0; after one of several exits. */
  | { is: 'branch'; index: number; exit?: string }
  /** The first step of what is done with each item of a list; counted from 0 when several begin at the same time. */
  | { is: 'each'; index?: number }
  /** What follows when all items are done. */
  | { is: 'through' }
  /** Nothing leads there. */
  | { is: 'adrift' }

/** What is told at the end of a step's sentence: that it goes on somewhere else, that its branch ends, or that an exit leads nowhere. */
export type Ending = GoingOn | { is: 'end' } | { is: 'nothing'; exit: string }

/** Steps told one after the other, and the item from which they branch off; none for the main line. */
export interface Chain {
  of: Item | undefined
  /** Which of the branches and arms of that item. */
  index: number
  depth: number
  items: Item[]
}

/** One trigger or step in the order of telling. */
export interface Item {
  id: string
  chain: Chain
  lead: Lead
  /** Set where a step waits for others than those that it is told after: for all that lead there, or for so many of them. */
  waits?: 'all' | number
  endings: Ending[]
}

/**
 * Brings a mission into the order in which it is told: each trigger and step once, what follows one exit or one branch indented under
 * the step it leaves, and what all of them come to after it.
 */
export function outline(mission: Mission, kinds: Kinds): Item[] {
  return new Teller(mission, kinds).tell()
}

/** What is nested deeper than this is told later, on the main line: nobody can follow it, and neither can the call stack. */
const deepest = 40

class Teller {
  readonly #mission: Mission
  readonly #kinds: Kinds
  readonly #told = new Map<string, Item>()
  readonly #main: Chain = { of: undefined, index: 0, depth: 0, items: [] }
  readonly #later: string[] = []
  /** Where the branches of an item meet again, if its own links there are not told. */
  readonly #implied = new Map<Item, string>()
  readonly #referred = new Map<Item, Onward[]>()
  #unnumbered = 0
  readonly #steps: ReadonlyMap<string, Step>
  readonly #leaving: ReadonlyMap<string, readonly Link[]>

  constructor(mission: Mission, kinds: Kinds) {
    this.#mission = mission
    this.#kinds = kinds
    this.#steps = new Map(mission.steps.map((step) => [step.id, step]))
    this.#leaving = Map.groupBy(mission.links, (link) => link.from)
  }

  tell(): Item[] {
    const { triggers, steps } = this.#mission
    const alike = Map.groupBy(triggers, ({ id }) => JSON.stringify(this.#targets(id).map(({ to }) => to)))
    for (const group of alike.values()) {
      const items = group.map(({ id }, index) => this.#add(id, this.#main, { is: 'trigger', more: index > 0 }))
      for (const last of items.slice(-1)) {
        const graph = reachableGraph(this.#mission, last.id)
        this.#goThrough(last, graph, undefined)
        this.#tellLater(graph)
      }
    }
    // What nothing leads to is told from its own beginnings; what goes round in a circle, from anywhere.
    const led = new Set(this.#mission.links.filter((link) => !this.#told.has(link.from)).map((link) => link.to))
    for (const { id } of steps) if (!this.#told.has(id) && !led.has(id)) this.#tellAdrift(id)
    for (const { id } of steps) if (!this.#told.has(id)) this.#tellAdrift(id)
    for (const [item, referred] of this.#referred)
      item.endings.push(
        ...tellOnward(referred, this.#targets(item.id), { implied: this.#implied.get(item), named: item.lead.is !== 'trigger' }),
      )
    this.#tellWaiting()
    return [...this.#told.values()]
  }

  #tellLater(graph: Graph): void {
    for (let id = this.#later.shift(); id !== undefined; id = this.#later.shift()) {
      if (!this.#told.has(id)) this.#line(id, { is: 'first' }, this.#main, graph, undefined)
    }
  }

  #tellAdrift(id: string): void {
    // Seen as if the step were started by a trigger of its own.
    const start = '\n'
    const graph = reachableGraph(
      {
        ...this.#mission,
        triggers: [{ id: start, type: '', settings: {} }],
        links: [...this.#mission.links, { from: start, exit: 'done', to: id }],
      },
      start,
    )
    this.#line(id, { is: 'adrift' }, this.#main, graph, undefined)
    this.#tellLater(graph)
  }

  #add(id: string, chain: Chain, lead: Lead): Item {
    const item: Item = { id, chain, lead, endings: [] }
    chain.items.push(item)
    this.#told.set(id, item)
    return item
  }

  /** Tells a step and what follows it, up to the step that is told next by whoever asked. */
  #line(id: string, lead: Lead, chain: Chain, graph: Graph, until: string | undefined): void {
    this.#goThrough(this.#add(id, chain, lead), graph, until)
  }

  #goThrough(item: Item, graph: Graph, until: string | undefined): void {
    for (let next = this.#follow(item, graph, until); next;) next = this.#follow(this.#add(next.id, item.chain, next.lead), graph, until)
  }

  /** Tells what branches off after an item, and gives what comes next in its own chain. */
  #follow(item: Item, graph: Graph, until: string | undefined): { id: string; lead: Lead } | undefined {
    const held = this.#tellHeld(item)
    const targets = this.#targets(item.id)
    for (const exit of this.#openExits(item.id, targets)) item.endings.push({ is: 'nothing', exit })
    if (targets.length === 0 && until !== undefined && this.#exitsOf(item.id).length > 0) item.endings.push({ is: 'end' })
    const [only] = targets
    const isTrigger = item.lead.is === 'trigger'
    if (only && targets.length === 1) {
      const plain = only.exit === 'done' || this.#exitsOf(item.id).length <= 1
      return this.#goOn(
        item,
        graph,
        only,
        isTrigger ? { is: 'first' } : held > 0 && plain ? { is: 'through' } : plain ? { is: 'then' } : { is: 'arm', exit: only.exit },
        until,
      )
    }
    const main = targets.find((target) => target.exit === 'done' && target.branch === undefined)
    const meeting = main ? undefined : this.#meeting(targets, graph, until)
    const stop = main?.to ?? meeting
    const join = meeting === undefined ? undefined : this.#steps.get(meeting)?.join
    const waitsForAll = join === undefined || join.wait === 'all'
    let branches = held
    // That the step itself leads on to where its branches meet, goes without saying.
    const implied = waitsForAll ? meeting : undefined
    if (implied !== undefined) this.#implied.set(item, implied)
    for (const target of targets) {
      const beside = targets.filter(({ exit, to }) => exit === target.exit && to !== implied)
      if (target === main || (target.branch !== undefined && target.to === implied && beside.length > 0)) continue
      const lead: Lead = isTrigger && beside.length === 1 ? { is: 'first' } : leadOf(target, beside)
      if (this.#told.has(target.to) || target.to === stop || target.to === until) {
        this.#refer(item, graph, target)
        continue
      }
      if (item.chain.depth === deepest) {
        this.#refer(item, graph, target)
        this.#later.push(target.to)
        continue
      }
      // Triggers have no number, so their branches share one row of letters.
      const index = isTrigger ? this.#unnumbered++ : branches++
      this.#line(target.to, lead, { of: item, index, depth: item.chain.depth + 1, items: [] }, graph, stop)
    }
    if (main) return this.#goOn(item, graph, main, { is: isTrigger ? 'first' : held > 0 ? 'through' : 'then' }, until)
    if (meeting === undefined || meeting === until || this.#told.has(meeting)) return undefined
    const together = targets.some((target) => target.branch !== undefined)
    return { id: meeting, lead: together ? { is: 'joined', join: waitsForAll ? undefined : join } : { is: 'after' } }
  }

  /** Tells what a step does with each item of its list, indented under it. Gives how many branches that took. */
  #tellHeld(item: Item): number {
    if (item.chain.depth === deepest) return 0
    const first = this.#entries(item.id).filter((id) => !this.#told.has(id))
    const [only] = first
    if (only === undefined) return 0
    const graph = reachableGraph(this.#mission, item.id)
    for (const [index, id] of first.entries()) {
      const lead: Lead = first.length > 1 ? { is: 'each', index } : { is: 'each' }
      this.#line(id, lead, { of: item, index, depth: item.chain.depth + 1, items: [] }, graph, undefined)
    }
    return first.length
  }

  /** The steps with which a step's body begins. */
  #entries(id: string): string[] {
    const inside = (this.#leaving.get(id) ?? []).filter(({ exit, to }) => exit === eachExit && this.#steps.get(to)?.within === id)
    return [...new Set(inside.map(({ to }) => to))]
  }

  /** What comes next in a chain, unless it was told already or is told by whoever asked. */
  #goOn(item: Item, graph: Graph, target: Target, lead: Lead, until: string | undefined): { id: string; lead: Lead } | undefined {
    if (target.to === until) return undefined
    if (!this.#told.has(target.to)) return { id: target.to, lead }
    this.#refer(item, graph, target)
    return undefined
  }

  /** Remembers that an item goes on with a step that is told elsewhere. */
  #refer(item: Item, graph: Graph, target: Target): void {
    const [from, node] = [graph.number.get(item.id), graph.number.get(target.to)]
    const back = target.to === item.id || (from !== undefined && node !== undefined && at(graph.ahead, node).has(from))
    this.#referred.set(item, [...(this.#referred.get(item) ?? []), { ...target, back }])
  }

  /** Finds the steps that others lead to which run at the same time and are told elsewhere. */
  #tellWaiting(): void {
    const referred = new Set([...this.#referred.values()].flat().flatMap(({ to, back }) => (back ? [] : [to])))
    const joins = [...referred]
      .flatMap((id) => this.#told.get(id) ?? [])
      .filter(({ lead }) => lead.is !== 'joined' && lead.is !== 'trigger')
    if (joins.length === 0) return
    for (const paths of this.#mission.triggers.map(({ id }) => analyse(this.#mission, id))) {
      for (const item of joins) {
        // Where the arms of a choice meet, nobody is waited for: that goes on in the same thread.
        if (paths.threadOf.get(item.id)?.head !== item.id) continue
        const sources = this.#mission.links.flatMap(({ from, to }) => (to === item.id ? (paths.threadOf.get(from) ?? []) : []))
        if (new Set(sources).size > 1) item.waits = paths.waiting(item.id).needed ?? 'all'
      }
    }
  }

  /** The first step that can be reached by two of the targets, itself among them perhaps. */
  #meeting(targets: readonly Target[], graph: Graph, until: string | undefined): string | undefined {
    const nodes = [...new Set(targets.map(({ to }) => to))].map((id) => graph.number.get(id) ?? 0)
    for (const [node, id] of graph.ids.entries()) {
      if (this.#told.has(id) && id !== until) continue
      let count = 0
      for (const from of nodes) if (from === node || at(graph.ahead, from).has(node)) count++
      if (count > 1) return id
    }
    return undefined
  }

  /** Where the links of a trigger or step lead, its body left out, in the order of its exits, `failed` last. */
  #targets(id: string): Target[] {
    const entries = new Set(this.#entries(id))
    const links = (this.#leaving.get(id) ?? []).filter(({ exit, to }) => this.#steps.has(to) && !(exit === eachExit && entries.has(to)))
    const byExit = Map.groupBy(links, (link) => link.exit)
    const order = [...new Set([...this.#exitsOf(id), ...[...byExit.keys()].filter((exit) => exit !== failedExit), failedExit])]
    return order.flatMap((exit) => {
      const to = [...new Set((byExit.get(exit) ?? []).map((link) => link.to))]
      return to.map((one, branch) => (to.length > 1 ? { exit, branch, to: one } : { exit, to: one }))
    })
  }

  #exitsOf(id: string): string[] {
    const step = this.#steps.get(id)
    const kind = step && this.#kinds.step(step.type)
    const exits = kind?.exits(step?.settings ?? {}).map((exit) => exit.name) ?? []
    return kind?.holds ? exits.filter((exit) => exit !== eachExit) : exits
  }

  /** Exits that lead nowhere while others of the step lead somewhere. */
  #openExits(id: string, targets: readonly Target[]): string[] {
    if (targets.every(({ exit }) => exit === failedExit)) return []
    return this.#exitsOf(id).filter((exit) => !targets.some((target) => target.exit === exit))
  }
}

/** How the first step after an exit is led to; `beside` are the targets of the same exit, itself among them. */
function leadOf({ exit, branch, to }: Target, beside: readonly Target[]): Lead {
  if (branch !== undefined && beside.length > 1)
    return { is: 'branch', index: beside.findIndex((other) => other.to === to), ...(exit === 'done' ? {} : { exit }) }
  return branch !== undefined && exit === 'done' ? { is: 'then' } : { is: 'arm', exit }
}
