import type { Area } from './arrange.ts'

/** Height of the rows in which taken areas are kept, so that only those nearby are looked at: about that of a card with its lines. */
const row = 200

interface Taken extends Area {
  owner: string
}

/** Which areas of the canvas are taken, and by whom. */
export class Ground {
  readonly #rows = new Map<number, Taken[]>()

  take(area: Area, owner: string): void {
    const taken = { ...area, owner }
    for (let at = rowOf(area.y); at <= rowOf(area.y + area.height); at++) {
      const kept = this.#rows.get(at)
      if (kept) kept.push(taken)
      else this.#rows.set(at, [taken])
    }
  }

  /** How much of an area others than its owner have taken, in square units of the canvas. */
  covered(area: Area, owner: string): number {
    let sum = 0
    for (let at = rowOf(area.y); at <= rowOf(area.y + area.height); at++)
      for (const taken of this.#rows.get(at) ?? []) {
        // What reaches over several rows counts in the first that both have.
        if (taken.owner === owner || at !== Math.max(rowOf(area.y), rowOf(taken.y))) continue
        const width = Math.min(area.x + area.width, taken.x + taken.width) - Math.max(area.x, taken.x)
        const height = Math.min(area.y + area.height, taken.y + taken.height) - Math.max(area.y, taken.y)
        if (width > 0 && height > 0) sum += width * height
      }
    return sum
  }
}

const rowOf = (y: number) => Math.floor(y / row)
