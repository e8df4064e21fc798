import type { Link, Mission, Step } from './mission.ts'
import { NodeSet } from './nodeset.ts'

/** A link between numbered nodes; `back` when it returns to a node through which every way to its source leads. */
export interface GraphLink {
  from: number
  exit: string
  to: number
  back: boolean
}

/** A group of steps that loops without one step through which all of them are entered, and the links that close it. */
export interface Tangle {
  nodes: number[]
  links: GraphLink[]
}

/**
 * The part of a mission that one trigger reaches, numbered so that every forward link leads to a higher number: node 0 is the
 * trigger, and reading the nodes by number is reading them in an order in which causes come before effects.
 */
export interface Graph {
  ids: readonly string[]
  number: ReadonlyMap<string, number>
  /** The steps by number; the trigger has none. */
  steps: readonly (Step | undefined)[]
  /** By number, then exit name: the links that leave there, in the order of the document, back links among them. */
  exits: readonly ReadonlyMap<string, readonly GraphLink[]>[]
  /** Forward links into each node. */
  into: readonly (readonly GraphLink[])[]
  /** What can be reached from each node by forward links, the node itself left out. */
  ahead: readonly NodeSet[]
  tangles: readonly Tangle[]
}

/** An element of a list by node number. @throws RangeError when there is none, which only a number of another graph can cause. */
export function at<Element>(list: readonly Element[], node: number): Element {
  const found = list[node]
  if (found === undefined) throw new RangeError(`No node ${node} among ${list.length}`)
  return found
}

/**
 * Restricts a mission to what one trigger reaches. Links of other triggers are left out, so are links to or from steps that do
 * not exist and the second of two equal links; other checks report those.
 *
 * @throws RangeError when the mission has no such trigger.
 */
export function reachableGraph(mission: Mission, triggerId: string): Graph {
  if (!mission.triggers.some((trigger) => trigger.id === triggerId)) throw new RangeError(`The mission has no trigger "${triggerId}"`)
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const leaving = linksBySource(mission, triggerId, steps)
  const ids = forwardOrder(triggerId, leaving)
  const number = new Map(ids.map((id, at) => [id, at]))
  const numberOf = (id: string): number => number.get(id) ?? 0
  const exits = ids.map((id) => {
    const byExit = new Map<string, GraphLink[]>()
    for (const link of leaving.get(id) ?? []) {
      const [from, to] = [numberOf(link.from), numberOf(link.to)]
      const numbered = { from, exit: link.exit, to, back: to <= from }
      byExit.set(link.exit, [...(byExit.get(link.exit) ?? []), numbered])
    }
    return byExit
  })
  const all = exits.flatMap((byExit) => [...byExit.values()].flat())
  const into: GraphLink[][] = ids.map(() => [])
  for (const link of all) if (!link.back) at(into, link.to).push(link)
  return { ids, number, steps: ids.map((id) => steps.get(id)), exits, into, ahead: reachAhead(exits), tangles: findTangles(ids.length, all) }
}

function linksBySource(mission: Mission, triggerId: string, steps: ReadonlyMap<string, Step>): Map<string, Link[]> {
  const seen = new Set<string>()
  const leaving = new Map<string, Link[]>()
  for (const link of mission.links) {
    const fromTrigger = link.from === triggerId && link.exit === 'done'
    const name = JSON.stringify([link.from, link.exit, link.to])
    if ((!fromTrigger && !steps.has(link.from)) || !steps.has(link.to) || seen.has(name)) continue
    seen.add(name)
    const known = leaving.get(link.from)
    if (known === undefined) leaving.set(link.from, [link])
    else known.push(link)
  }
  return leaving
}

/**
 * Reverse postorder of a depth-first walk: an order in which only links that close a loop lead backwards. Targets are walked
 * last link first, so that the order follows the document where the graph leaves a choice. Without recursion, since a mission
 * may be one row of 5,000 steps.
 */
function forwardOrder(start: string, leaving: ReadonlyMap<string, readonly Link[]>): string[] {
  const targets = (id: string): string[] => (leaving.get(id) ?? []).map((link) => link.to)
  const seen = new Set([start])
  const order: string[] = []
  const walk = [{ id: start, left: targets(start) }]
  for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
    const next = top.left.pop()
    if (next === undefined) {
      order.push(top.id)
      walk.pop()
    } else if (!seen.has(next)) {
      seen.add(next)
      walk.push({ id: next, left: targets(next) })
    }
  }
  return order.reverse()
}

function reachAhead(exits: readonly ReadonlyMap<string, readonly GraphLink[]>[]): NodeSet[] {
  const ahead = exits.map(() => new NodeSet(exits.length))
  for (let node = exits.length - 1; node >= 0; node--) {
    const reached = at(ahead, node)
    for (const link of [...at(exits, node).values()].flat()) {
      if (link.back) continue
      reached.add(link.to)
      reached.addAll(at(ahead, link.to))
    }
  }
  return ahead
}

/**
 * A loop is orderly when its first step is the only way in: the target of every link that leads backwards dominates the source.
 * Dominators after Cooper, Harvey and Kennedy, “A Simple, Fast Dominance Algorithm” (2001); node numbers are the reverse
 * postorder that it asks for.
 */
function findTangles(size: number, links: readonly GraphLink[]): Tangle[] {
  const backwards = links.filter((link) => link.back)
  if (backwards.length === 0) return []
  const before: number[][] = Array.from({ length: size }, () => [])
  for (const link of links) at(before, link.to).push(link.from)
  const dominator: (number | undefined)[] = [0]
  const up = (node: number): number => dominator[node] ?? 0
  const meet = (first: number, second: number): number => {
    let [a, b] = [first, second]
    while (a !== b) {
      if (a > b) a = up(a)
      else b = up(b)
    }
    return a
  }
  for (let changed = true; changed; ) {
    changed = false
    for (let node = 1; node < size; node++) {
      const known = at(before, node).filter((source) => dominator[source] !== undefined)
      const found = known.reduce(meet)
      if (dominator[node] === found) continue
      dominator[node] = found
      changed = true
    }
  }
  const dominates = (node: number, other: number): boolean => {
    let at = other
    while (at > node) at = up(at)
    return at === node
  }
  const wild = backwards.filter((link) => !dominates(link.to, link.from))
  return gather(size, wild, links, before)
}

/** Gathers wild links by the loops they close: each tangle once, with all its nodes. */
function gather(size: number, wild: readonly GraphLink[], links: readonly GraphLink[], before: readonly (readonly number[])[]): Tangle[] {
  const after: number[][] = Array.from({ length: size }, () => [])
  for (const link of links) at(after, link.from).push(link.to)
  const tangles: Tangle[] = []
  for (const link of wild) {
    const known = tangles.find((tangle) => tangle.nodes.includes(link.to))
    if (known !== undefined) {
      known.links.push(link)
      continue
    }
    const loop = flood(size, link.to, after)
    loop.keepAll(flood(size, link.to, before))
    tangles.push({ nodes: [...loop], links: [link] })
  }
  return tangles
}

/** All nodes that can be reached from one, itself included, along the neighbours given. */
export function flood(size: number, start: number, neighbours: readonly (readonly number[])[]): NodeSet {
  const found = new NodeSet(size, [start])
  const open = [start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of at(neighbours, node)) {
      if (found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  }
  return found
}
