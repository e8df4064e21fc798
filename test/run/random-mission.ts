import { failedExit, type Join, type Link, type Mission, type Step } from '../../src/mission/mission.ts'

/** Draws a whole number below a limit. */
export type Draw = (below: number) => number

type Ends = { from: string; exit: string }[]

/** Draws a mission of some tens of steps: runs, choices whose arms meet again or end, *ands* of every kind, loops, failure exits; then a few wild links. */
export function randomMission(draw: Draw): Mission {
  return new Sketch(draw).finish()
}

class Sketch {
  readonly #draw: Draw
  readonly #steps: Step[] = []
  readonly #links: Link[] = []
  readonly #most: number
  /** In a tidy mission no end is left open, so that most *ands* close. */
  readonly #tidy: boolean

  constructor(draw: Draw) {
    this.#draw = draw
    this.#tidy = draw(2) === 0
    this.#most = 3 + draw(draw(4) === 0 ? 57 : 18)
  }

  finish(): Mission {
    this.#run([{ from: 'start', exit: 'done' }], 4)
    const wild = this.#draw(4) === 0 ? this.#draw(5) : 0
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

  #step(ends: Ends, join?: Join): string {
    const id = `s${this.#steps.length}`
    this.#steps.push({
      id,
      type: 'note',
      settings: {},
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
    const kind = depth === 0 ? 0 : this.#draw(9)
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
