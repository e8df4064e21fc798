import { at, type Graph, type GraphLink } from './graph.ts'
import { NodeSet } from './nodeset.ts'

/** What lies between an *and* and the join that closes it; without a join, all that the *and* leads to. */
export interface Closure {
  body: NodeSet
  join: number | undefined
}

/**
 * True for a step that counts arrivals (`any`, at least N) instead of waiting for all that may still come, and has more than one
 * link to count, or asks for more arrivals than one.
 */
export function countsArrivals(graph: Graph, node: number): boolean {
  const join = graph.steps[node]?.join
  if (join === undefined || join.wait === 'all') return false
  return at(graph.into, node).length > 1 || arrivalsNeeded(graph, node) > 1
}

/** How many arrivals start a step that counts them. */
export function arrivalsNeeded(graph: Graph, node: number): number {
  const join = graph.steps[node]?.join
  return join?.wait === 'atLeast' ? (join.count ?? 1) : 1
}

/**
 * Finds how an *and* closes inside the block whose nodes are given: at the first `all` join such that whoever is between the two can
 * still reach it, nobody enters in between from elsewhere and nobody leaves past it; or at no join, when all that the branches
 * lead to is theirs alone. Undefined for an *and* that does neither: its branches stay side by side with what they meet.
 */
export function closeFork(graph: Graph, links: readonly GraphLink[], within: NodeSet): Closure | undefined {
  const targets = links.map((link) => link.to)
  if (!targets.every((target) => within.has(target))) return undefined
  const reached = new NodeSet(graph.ids.length, targets)
  for (const target of targets) reached.addAll(at(graph.ahead, target))
  const outside = reached.copy()
  outside.removeAll(within)
  reached.keepAll(within)
  for (const join of reached) {
    if (countsArrivals(graph, join) || !targets.every((target) => target === join || at(graph.ahead, target).has(join))) continue
    const body = reached.copy()
    body.removeAll(at(graph.ahead, join))
    body.remove(join)
    if (closesAt(graph, links, body, join)) return { body, join }
  }
  const owned = (node: number): boolean => !mayStarve(graph, node) && entersOnlyFrom(graph, links, reached, node)
  return outside.isEmpty() && [...reached].every(owned) ? { body: reached, join: undefined } : undefined
}

function closesAt(graph: Graph, links: readonly GraphLink[], body: NodeSet, join: number): boolean {
  if (!entersOnlyFrom(graph, links, body, join)) return false
  for (const node of body) {
    if (countsArrivals(graph, node) || !entersOnlyFrom(graph, links, body, node)) return false
    for (const link of leaving(graph, node)) if (!link.back && link.to !== join && !body.has(link.to)) return false
  }
  return allReach(graph, body, join)
}

/** True when every forward link into the node comes from the body or from the *and* itself. */
function entersOnlyFrom(graph: Graph, links: readonly GraphLink[], body: NodeSet, node: number): boolean {
  return at(graph.into, node).every((link) => body.has(link.from) || links.includes(link))
}

/** A join that can never have enough arrivals is over from the start, so no block that is entered later may hold it. */
function mayStarve(graph: Graph, node: number): boolean {
  return countsArrivals(graph, node) && at(graph.into, node).length < arrivalsNeeded(graph, node)
}

/** True when every node of the body has a way to the join, loops inside the body included. */
function allReach(graph: Graph, body: NodeSet, join: number): boolean {
  const open = new Set(body)
  const before = new Map<number, number[]>()
  for (const node of body) {
    for (const link of leaving(graph, node)) before.set(link.to, [...(before.get(link.to) ?? []), node])
  }
  const walk = [join]
  for (let node = walk.pop(); node !== undefined; node = walk.pop()) {
    for (const source of before.get(node) ?? []) if (open.delete(source)) walk.push(source)
  }
  return open.size === 0
}

function* leaving(graph: Graph, node: number): Generator<GraphLink> {
  for (const links of at(graph.exits, node).values()) yield* links
}
