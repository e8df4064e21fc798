import type { Link, Mission, Step } from './mission.ts'
import { eachExit } from './body.ts'
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
 * trigger (or the step whose body this is), and reading the nodes by number is reading them in an order in which causes come before effects.
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
 * Restricts a mission to what one trigger reaches or, started at a step, to what that one reaches in its body; its exit is `done`
 * then. Links of other triggers are left out, so are links to or from steps that do not exist or lie in another body, and the second
 * of two equal links; other checks report those.
 *
 * @throws RangeError when the mission has no such trigger or step.
 */
export function reachableGraph(mission: Mission, start: string): Graph {
  const holder = mission.triggers.some(({ id }) => id === start) ? undefined : start
  if (holder !== undefined && !mission.steps.some(({ id }) => id === holder)) throw new RangeError(`The mission has no trigger "${start}"`)
  const steps = new Map(mission.steps.flatMap((step) => (step.within === holder ? [[step.id, step]] : [])))
  const leaving = linksBySource(mission, { start, exit: holder === undefined ? 'done' : eachExit }, steps)
  const ids = forwardOrder(start, leaving)
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

function linksBySource(
  mission: Mission,
  { start, exit }: { start: string; exit: string },
  steps: ReadonlyMap<string, Step>,
): Map<string, Link[]> {
  const seen = new Set<string>()
  const leaving = new Map<string, Link[]>()
  for (const link of mission.links) {
    const first = link.from === start && link.exit === exit
    const name = JSON.stringify([link.from, link.exit, link.to])
    if ((!first && !steps.has(link.from)) || !steps.has(link.to) || seen.has(name)) continue
    seen.add(name)
    const known = leaving.get(link.from)
    const kept = first ? { ...link, exit: 'done' } : link
    if (known === undefined) leaving.set(link.from, [kept])
    else known.push(kept)
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
