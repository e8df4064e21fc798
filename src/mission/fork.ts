import { meetingOf } from './dominance.ts'
import type { Graph, GraphLink } from './graph.ts'
import { at, NodeSet } from './nodeset.ts'

/** What lies between an *and* and the join that closes it. */
export interface Closure {
  body: NodeSet
  join: number
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
 * Finds the `all` join that closes an *and* inside the block whose nodes are given: where all branches surely meet, with nobody entering in
 * between from elsewhere and nobody staying behind. If the nearest such step does not close it, none further on does: what is
 * wrong with the one lies between the *and* and the other. Undefined for an *and* whose branches stay side by side with what they meet.
 */
export function closeFork(graph: Graph, links: readonly GraphLink[], within: NodeSet): Closure | undefined {
  const targets = links.map((link) => link.to)
  const join = meetingOf(graph.inevitable, targets)
  if (join === undefined || !within.has(join)) return undefined
  const body = new NodeSet(graph.ids.length, targets)
  for (const target of targets) body.addAll(at(graph.ahead, target))
  body.removeAll(at(graph.ahead, join))
  body.remove(join)
  const isEntered = (node: number): boolean => at(graph.into, node).every((link) => body.has(link.from) || links.includes(link))
  if (countsArrivals(graph, join) || !isEntered(join)) return undefined
  for (const node of body) {
    if (countsArrivals(graph, node) || !isEntered(node)) return undefined
    // Possible where what lies past the join leads back in a loop that goes round all of this.
    if (at(graph.links, node).some((link) => !link.back && link.to !== join && !body.has(link.to))) return undefined
  }
  return { body, join }
}
