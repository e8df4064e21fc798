/**
 * A set of small whole numbers, one bit each. Reachability of a mission of 1,000 steps is 1,000 such sets of 125 bytes,
 * and the questions asked of it (union, difference, overlap) cost 32 machine words each.
 */
export class NodeSet {
  readonly #words: Uint32Array

  constructor(size: number, nodes: Iterable<number> = []) {
    this.#words = new Uint32Array((size + 31) >>> 5)
    for (const node of nodes) this.add(node)
  }

  has(node: number): boolean {
    return ((this.#words[node >>> 5] ?? 0) & (1 << (node & 31))) !== 0
  }

  add(node: number): void {
    this.#words[node >>> 5] = (this.#words[node >>> 5] ?? 0) | (1 << (node & 31))
  }

  remove(node: number): void {
    this.#words[node >>> 5] = (this.#words[node >>> 5] ?? 0) & ~(1 << (node & 31))
  }

  isEmpty(): boolean {
    return this.#words.every((word) => word === 0)
  }

  /** Adds all members of the other set; true when that changed anything. */
  addAll(other: NodeSet): boolean {
    let changed = false
    for (let at = 0; at < this.#words.length; at++) {
      const before = this.#words[at] ?? 0
      const after = before | (other.#words[at] ?? 0)
      if (after >>> 0 === before) continue
      this.#words[at] = after
      changed = true
    }
    return changed
  }

  removeAll(other: NodeSet): void {
    for (let at = 0; at < this.#words.length; at++) this.#words[at] = (this.#words[at] ?? 0) & ~(other.#words[at] ?? 0)
  }

  keepAll(other: NodeSet): void {
    for (let at = 0; at < this.#words.length; at++) this.#words[at] = (this.#words[at] ?? 0) & (other.#words[at] ?? 0)
  }

  copy(): NodeSet {
    const copy = new NodeSet(this.#words.length << 5)
    copy.#words.set(this.#words)
    return copy
  }

  /** The members, smallest first. */
  *[Symbol.iterator](): Generator<number> {
    for (let at = 0; at < this.#words.length; at++) {
      let word = this.#words[at] ?? 0
      while (word !== 0) {
        const lowest = 31 - Math.clz32(word & -word)
        yield (at << 5) + lowest
        word &= word - 1
      }
    }
  }
}

/** An element of a list by node number. @throws RangeError when there is none, which only a number of another graph can cause. */
export function at<Element>(list: readonly Element[], node: number): Element {
  const found = list[node]
  if (found === undefined) throw new RangeError(`No node ${node} among ${list.length}`)
  return found
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
