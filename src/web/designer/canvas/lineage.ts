import type { Puzzle, Strand } from './arrange.ts'

/** Under which box each box stands, and which lines lead back up. */
export interface Lineage {
  /** All boxes, causes before effects. */
  order: string[]
  /** The last box that every way to a box goes through; undefined where there is none: such boxes stand on top. */
  above: ReadonlyMap<string, string | undefined>
  /** Lines that close a loop. */
  backwards: ReadonlySet<string>
  /** The lines down into each box. */
  entering: ReadonlyMap<string, readonly Strand[]>
}

/**
 * Finds out what stands under what: a depth-first walk in the order of the puzzle tells loops from ways down, and each box then
 * stands under its immediate dominator (Cooper, Harvey & Kennedy, “A Simple, Fast Dominance Algorithm”, 2001; one pass, because lines
 * that close loops do not count). So branches stand under the card that they leave, and so does the card in which they meet
 * again. Without recursion: missions may be thousands of steps deep.
 */
export function findLineage(puzzle: Puzzle): Lineage {
  const { order, backwards } = walkDown(puzzle)
  const entering = new Map<string, Strand[]>(puzzle.boxes.map((box) => [box.id, []]))
  for (const strand of puzzle.strands) if (!backwards.has(strand.id)) entering.get(strand.to)?.push(strand)
  const within = new Map(puzzle.boxes.map((box) => [box.id, box.within]))
  const place = new Map(order.map((id, at) => [id, at]))
  const above = new Map<string, string | undefined>()
  const placeOf = (id: string | undefined) => (id === undefined ? -1 : (place.get(id) ?? -1))
  const common = (one: string | undefined, other: string | undefined): string | undefined => {
    let [low, high] = [one, other]
    while (low !== high) {
      if (placeOf(low) > placeOf(high)) low = above.get(low ?? '')
      else high = above.get(high ?? '')
    }
    return low
  }
  for (const id of order) {
    const [first, ...others] = (entering.get(id) ?? []).map((strand) => strand.from)
    if (first !== undefined) {
      above.set(id, others.reduce<string | undefined>(common, first))
      continue
    }
    // What nothing leads to inside a frame hangs below the card that holds it; two cards that hold each other do not.
    const holder = within.get(id)
    above.set(id, placeOf(holder) < placeOf(id) ? holder : undefined)
  }
  return { order, above, backwards, entering }
}

function walkDown(puzzle: Puzzle): { order: string[]; backwards: Set<string> } {
  const leaving = new Map(puzzle.boxes.map((box): [string, Strand[]] => [box.id, []]))
  for (const strand of puzzle.strands) leaving.get(strand.from)?.push(strand)
  const entered = new Set(puzzle.strands.map((strand) => strand.to))
  for (const { id, within } of puzzle.boxes)
    if (within !== undefined && !entered.has(id)) leaving.get(within)?.push({ id: '', from: within, to: id, labelWidth: 0, labelHeight: 0 })
  const backwards = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  // What stands on top comes first, from left to right; then what only loops lead to.
  for (const box of [...puzzle.boxes.filter(({ id }) => !entered.has(id)).toReversed(), ...puzzle.boxes]) {
    if (state.has(box.id)) continue
    const walk = [{ id: box.id, left: [...(leaving.get(box.id) ?? [])] }]
    state.set(box.id, 'open')
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      // The last first: reversed in the end, what stands first comes first.
      const strand = top.left.pop()
      if (!strand) {
        state.set(top.id, 'done')
        finished.push(top.id)
        walk.pop()
      } else if (state.get(strand.to) === 'open') backwards.add(strand.id)
      else if (!state.has(strand.to)) {
        state.set(strand.to, 'open')
        walk.push({ id: strand.to, left: [...(leaving.get(strand.to) ?? [])] })
      }
    }
  }
  return { order: finished.reverse(), backwards }
}
