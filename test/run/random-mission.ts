import fc from 'fast-check'
import { failedExit, type Join, type Link, type Mission, type Step } from '../../src/mission/mission.ts'

/** Draws a whole number below a limit. */
export type Draw = (below: number) => number

type Ends = { from: string; exit: string }[]

/**
 * Draws a mission of up to 60 steps: runs, choices whose arms meet again or end, *ands* of every kind, joins that count and cancel the rest, loops,
 * failure exits; then a few wild links. Its trigger is `start`, its steps are `note`s without settings, left by any exit.
 *
 * With other `types` the steps are drawn from them; `flaky` ones may be tried again, and `for-each` ones hold steps. `randomWork` in random-work.ts
 * does that, with actions that a rehearsal or a server can perform; draw missions for a test of one's own with
 * `fc.property(tapes, (tape) => { const draw = tape.draws(); const mission = randomWork(draw); … })`.
 */
export function randomMission(draw: Draw, types: readonly string[] = ['note']): Mission {
  return new Sketch(draw, types).finish()
}

/** Draws written down beforehand, so that fast-check can shrink them. With the list at an end, every draw is 0. */
export class Tape {
  readonly #numbers: readonly number[]
  readonly #show: (draw: Draw) => unknown

  constructor(numbers: readonly number[], show: (draw: Draw) => unknown) {
    this.#numbers = numbers
    this.#show = show
  }

  /** Draws from the beginning. */
  draws(): Draw {
    let at = 0
    return (below) => (this.#numbers[at++] ?? 0) % below
  }

  /** In a report of fast-check stands what was drawn, not the numbers. */
  [fc.toStringMethod](): string {
    return JSON.stringify(this.#show(this.draws()))
  }
}

/** Tapes long enough for a mission of 60 steps and a run of it; `show` says what to print of one on which a test fails. */
export function tapesOf(show: (draw: Draw) => unknown): fc.Arbitrary<Tape> {
  return fc.array(fc.nat(9_999), { size: 'max', minLength: 300, maxLength: 600 }).map((numbers) => new Tape(numbers, show))
}

/** Tapes for {@link randomMission}. */
export const tapes = tapesOf((draw) => randomMission(draw))

class Sketch {
  readonly #draw: Draw
  readonly #steps: Step[] = []
  readonly #links: Link[] = []
  readonly #most: number
  /** In a tidy mission no end is left open, so that most *ands* close. */
  readonly #tidy: boolean
  readonly #types: readonly string[]
  readonly #repeats: boolean
  /** The step that holds what is being drawn. */
  #within: string | undefined

  constructor(draw: Draw, types: readonly string[]) {
    this.#draw = draw
    this.#types = types.filter((type) => type !== 'for-each')
    this.#repeats = types.includes('for-each')
    this.#tidy = draw(2) === 0
    this.#most = 3 + draw(draw(4) === 0 ? 57 : 18)
  }

  finish(): Mission {
    this.#run([{ from: 'start', exit: 'done' }], 4)
    const wild = this.#draw(4) === 0 && !this.#steps.some((step) => step.within !== undefined) ? this.#draw(5) : 0
    for (let count = 0; count < wild; count++) this.#wildLink()
    return {
      format: 1,
      name: 'Random',
      description: '',
      triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
      steps: this.#steps,
      links: this.#links,
      layout: {},
    }
  }

  #step(ends: Ends, join?: Join, kind?: string): string {
    const id = `s${this.#steps.length}`
    const type = kind ?? (this.#types.length > 1 ? this.#types[this.#draw(this.#types.length)] : this.#types[0]) ?? 'note'
    this.#steps.push({
      id,
      type,
      settings: {},
      ...(this.#within !== undefined && { within: this.#within }),
      ...(type === 'flaky' && this.#draw(2) === 0 && { retry: { times: 1 + this.#draw(3), first: '1m', factor: 2 } }),
      ...(join && { join }),
      ...(this.#draw(3) === 0 && { maxVisits: 1 + this.#draw(3) }),
    })
    this.#connect(ends, id)
    return id
  }

  #connect(ends: Ends, to: string): void {
    for (const end of ends) this.#links.push({ ...end, to })
  }

  /** Several parts one after the other; gives back where the path is still open. */
  #run(ends: Ends, depth: number): Ends {
    let open = ends
    for (let count = 1 + this.#draw(4); count > 0 && this.#steps.length < this.#most && open.length > 0; count--) {
      open = this.#part(open, depth)
    }
    return open
  }

  #part(ends: Ends, depth: number): Ends {
    const kind = depth === 0 ? 0 : this.#draw(this.#repeats ? 10 : 9)
    if (kind === 9) return this.#repeat(ends, depth - 1)
    if (kind <= 2) return [{ from: this.#step(ends, this.#draw(this.#tidy ? 40 : 8) === 0 ? this.#join() : undefined), exit: 'done' }]
    if (kind <= 4) return this.#choice(ends, depth - 1)
    if (kind <= 7) return this.#and(ends, depth - 1)
    return this.#loop(ends, depth - 1)
  }

  #choice(ends: Ends, depth: number): Ends {
    const from = this.#step(ends)
    const exits = ['done', 'yes', 'no', failedExit].slice(this.#draw(2), 2 + this.#draw(3))
    const open = exits.flatMap((exit) => (this.#draw(4) === 0 ? [{ from, exit }] : this.#run([{ from, exit }], depth)))
    return this.#thinned(open)
  }

  #and(ends: Ends, depth: number): Ends {
    const root = this.#draw(2) === 0 ? [{ from: this.#step(ends), exit: 'done' }] : ends
    const branches = Array.from({ length: 2 + this.#draw(3) }, () => this.#run(root, depth))
    const open = this.#thinned(branches.flat())
    if (!this.#tidy && this.#draw(5) === 0) return []
    const counting = this.#draw(this.#tidy ? 8 : 3) === 0 ? this.#join() : undefined
    if (this.#draw(5) > 0) return [{ from: this.#step(open, counting), exit: 'done' }]
    // Two joins that share branches: the shape of an N.
    this.#step(
      open.filter(() => this.#draw(3) > 0),
      counting,
    )
    return [{ from: this.#step(open.filter(() => this.#draw(3) > 0)), exit: 'done' }]
  }

  #loop(ends: Ends, depth: number): Ends {
    const first = this.#step(ends)
    const open = this.#run([{ from: first, exit: 'done' }], depth)
    const last = this.#draw(4) === 0 ? first : this.#step(open)
    this.#links.push({ from: last, exit: 'again', to: first })
    return this.#draw(5) === 0
      ? [
          { from: last, exit: 'enough' },
          { from: first, exit: failedExit },
        ]
      : [{ from: last, exit: 'enough' }]
  }

  /** A step that holds others, and goes on when it has done them for every item. */
  #repeat(ends: Ends, depth: number): Ends {
    const holder = this.#step(ends, undefined, 'for-each')
    const around = this.#within
    this.#within = holder
    this.#run([{ from: holder, exit: 'each' }], depth)
    this.#within = around
    return [{ from: holder, exit: 'done' }]
  }

  #thinned(ends: Ends): Ends {
    return this.#tidy ? ends : ends.filter(() => this.#draw(6) > 0)
  }

  #join(): Join {
    const cancelRest = this.#draw(2) === 0
    return this.#draw(2) === 0 ? { wait: 'any', cancelRest } : { wait: 'atLeast', count: 1 + this.#draw(3), cancelRest }
  }

  #wildLink(): void {
    const [one, other] = [this.#draw(this.#steps.length), this.#draw(this.#steps.length)]
    const [from, to] = this.#draw(6) === 0 ? [one, other] : [Math.min(one, other), Math.max(one, other)]
    const exit = ['done', 'yes', 'no', failedExit][this.#draw(4)] ?? 'done'
    if (from !== to || this.#draw(3) === 0) this.#links.push({ from: `s${from}`, exit, to: `s${to}` })
  }
}
