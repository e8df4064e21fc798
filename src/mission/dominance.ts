import type { GraphLink } from './graph.ts'
import { at, flood } from './nodeset.ts'

/** A group of steps that loops without one step through which all of them are entered, and the links that close it. */
export interface Tangle {
  nodes: number[]
  links: GraphLink[]
}

/**
 * Post-dominators: for each node the nearest one through which every way leads that comes to an end (the number of nodes stands for the
 * end itself). One pass from the last node to the first suffices, since ways that lead back into a loop say nothing about how it ends.
 */
export function readInevitable(links: readonly (readonly GraphLink[])[]): (number | undefined)[] {
  const before: number[][] = links.map(() => [])
  for (const link of links.flat()) at(before, link.to).push(link.from)
  const inevitable: (number | undefined)[] = links.map(() => undefined)
  for (let node = links.length - 1; node >= 0; node--) {
    const onward = at(links, node).filter((link) => !link.back)
    const ends = onward.length === 0 && !at(links, node).some((link) => hasWayOut(link, links, before))
    inevitable[node] = ends
      ? links.length
      : meetingOf(
          inevitable,
          onward.map((link) => link.to),
        )
  }
  return inevitable
}

/** Whether the loop that a link closes can be left other than by ending. */
function hasWayOut({ from, to }: GraphLink, links: readonly (readonly GraphLink[])[], before: readonly (readonly number[])[]): boolean {
  const body = new Set([to, from])
  for (const node of body) if (node !== to) for (const source of at(before, node)) body.add(source)
  return [...body].some((node) => at(links, node).some((link) => !link.back && !body.has(link.to)))
}

/** Where ways from several nodes surely meet, the nodes themselves included. Nodes from which everything leads back have no say. */
export function meetingOf(inevitable: readonly (number | undefined)[], nodes: readonly number[]): number | undefined {
  const end = inevitable.length
  const ending = nodes.filter((node) => node === end || inevitable[node] !== undefined)
  if (ending.length === 0) return undefined
  return ending.reduce((first, second) => {
    let [a, b] = [first, second]
    while (a !== b) {
      if (a < b) a = inevitable[a] ?? end
      else b = inevitable[b] ?? end
    }
    return a
  })
}

/**
 * A loop is orderly when its first step is the only way in: the target of every link that leads backwards dominates the source.
 * Dominators after Cooper, Harvey and Kennedy, “A Simple, Fast Dominance Algorithm” (2001); node numbers are the reverse
 * postorder that it asks for.
 */
export function findTangles(size: number, links: readonly GraphLink[]): Tangle[] {
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
  for (let changed = true; changed;) {
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
