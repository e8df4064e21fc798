import type { Link, Mission, Step } from './mission.ts'
import { findTangles, readInevitable, type Tangle } from './dominance.ts'
import { at, NodeSet } from './nodeset.ts'

/** A link between numbered nodes; `back` when it returns to a node through which every way to its source leads. */
export interface GraphLink {
  from: number
  exit: string
  to: number
  back: boolean
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
  /** All of them by node. */
  links: readonly (readonly GraphLink[])[]
  backLinks: readonly GraphLink[]
  /** Forward links into each node. */
  into: readonly (readonly GraphLink[])[]
  /** What can be reached from each node by forward links, the node itself left out. */
  ahead: readonly NodeSet[]
  /**
   * The nearest node through which every way from a node leads that comes to an end; the number of nodes when there is none. Undefined
   * where links only lead back.
   */
  inevitable: readonly (number | undefined)[]
  tangles: readonly Tangle[]
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
  const links = exits.map((byExit) => [...byExit.values()].flat())
  const all = links.flat()
  const into: GraphLink[][] = ids.map(() => [])
  for (const link of all) if (!link.back) at(into, link.to).push(link)
  return {
    ids,
    number,
    steps: ids.map((id) => steps.get(id)),
    exits,
    links,
    backLinks: all.filter((link) => link.back),
    into,
    ahead: reachAhead(links),
    inevitable: readInevitable(links),
    tangles: findTangles(ids.length, all),
  }
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

function reachAhead(links: readonly (readonly GraphLink[])[]): NodeSet[] {
  const ahead = links.map(() => new NodeSet(links.length))
  for (let node = links.length - 1; node >= 0; node--) {
    const reached = at(ahead, node)
    for (const link of at(links, node)) {
      if (link.back) continue
      reached.add(link.to)
      reached.addAll(at(ahead, link.to))
    }
  }
  return ahead
}
