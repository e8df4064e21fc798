/** What part of the slots one mission may take while others wait for theirs or might come. */
const share = 0.75

interface Waiting {
  mission: string
  start: () => void
}

/**
 * How many steps this process performs at the same time. Missions take turns, and none takes all: ten thousand runs of one mission, all of them
 * calling something slow, leave slots for another's single run.
 */
export class Slots {
  readonly #most: number
  readonly #mostOfOne: number
  readonly #taken = new Map<string, number>()
  /** By mission, in the order in which they are served next. */
  readonly #queues = new Map<string, Waiting[]>()
  #active = 0

  constructor(most: number) {
    this.#most = most
    this.#mostOfOne = Math.max(1, Math.floor(most * share))
  }

  /** How many steps are being performed. */
  get active(): number {
    return this.#active
  }

  /** Performs something for a mission as soon as there is a slot. */
  async use<Result>(mission: string, perform: () => Promise<Result>): Promise<Result> {
    if (this.#free(mission)) this.#take(mission)
    else await this.#wait(mission)
    try {
      return await perform()
    } finally {
      this.#give(mission)
    }
  }

  #free(mission: string): boolean {
    return this.#active < this.#most && (this.#taken.get(mission) ?? 0) < this.#mostOfOne
  }

  #take(mission: string): void {
    this.#active++
    this.#taken.set(mission, (this.#taken.get(mission) ?? 0) + 1)
  }

  #wait(mission: string): Promise<void> {
    return new Promise((start) => {
      const queue = this.#queues.get(mission)
      if (queue) queue.push({ mission, start })
      else this.#queues.set(mission, [{ mission, start }])
    })
  }

  #give(mission: string): void {
    this.#active--
    const left = (this.#taken.get(mission) ?? 1) - 1
    if (left === 0) this.#taken.delete(mission)
    else this.#taken.set(mission, left)
    for (const [next, queue] of this.#queues) {
      if (!this.#free(next)) continue
      const first = queue.shift()
      this.#queues.delete(next)
      if (queue.length > 0) this.#queues.set(next, queue)
      if (!first) continue
      this.#take(next)
      first.start()
      return
    }
  }
}
