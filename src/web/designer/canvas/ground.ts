import type { Area } from './arrange.ts'

/** Height of the rows in which taken areas are kept, so that only those nearby are looked at: about that of a card with its lines. */
const row = 200
/** Through so many rows a line may lead before it is kept apart and looked at for every place. */
const mostRows = 100
/** Beyond so many rows from the origin everything counts as one row: further out, a number and the next one are the same. */
const outermost = 1e9

interface Taken extends Area {
  owner: string
}

/** Which areas of the canvas are taken, and by whom. */
export class Ground {
  readonly #rows = new Map<number, Taken[]>()
  readonly #long: Taken[] = []

  take(area: Area, owner: string): void {
    const taken = { ...area, owner }
    const rows = rowsOf(area)
    if (!rows) {
      this.#long.push(taken)
      return
    }
    for (const at of rows) {
      const kept = this.#rows.get(at)
      if (kept) kept.push(taken)
      else this.#rows.set(at, [taken])
    }
  }

  /** How much of an area others than its owner have taken, in square units of the canvas. */
  covered(area: Area, owner: string): number {
    let sum = 0
    for (const taken of this.#long) if (taken.owner !== owner) sum += shared(area, taken)
    const first = rowOf(area.y)
    for (let at = first; at <= rowOf(area.y + area.height); at++)
      for (const taken of this.#rows.get(at) ?? [])
        // What reaches over several rows counts in the first that both have.
        if (taken.owner !== owner && at === Math.max(first, rowOf(taken.y))) sum += shared(area, taken)
    return sum
  }
}

function shared(one: Area, other: Area): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width > 0 && height > 0 ? width * height : 0
}

const rowOf = (y: number) => Math.max(-outermost, Math.min(outermost, Math.floor(y / row)))

/** The rows that an area reaches over; undefined when they are too many to keep it in each. */
function rowsOf({ y, height }: Area): number[] | undefined {
  const [first, last] = [rowOf(y), rowOf(y + height)]
  const count = last - first + 1
  return count <= mostRows ? Array.from({ length: count }, (_, at) => first + at) : undefined
}
