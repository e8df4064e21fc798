import { defaultMaxVisits, failedExit, type Link, type Mission, type Step } from '../../src/mission/mission.ts'
import type { Decision, RunEvent } from '../../src/run/advance.ts'

/**
 * The rules of a mission played out literally, as a check on the machine: tokens on steps, a mark on every link that was taken, and after
 * every move the question asked anew, by walking the whole graph, who can still come where. Slow, and shares no thought with `paths.ts`.
 */
export class TokenGame {
  readonly #links: Link[]
  readonly #leaving: Leaving
  readonly #entering: Leaving
  readonly #counting = new Map<string, boolean>()
  readonly #back = new Set<Link>()
  readonly #steps: Map<string, Step>
  readonly #nodes: string[]
  readonly #behind = new Map<string, Set<string>>()
  readonly #trigger: string
  readonly #active = new Map<string, number>()
  readonly #arrived = new Set<Link>()
  readonly #poisoned = new Set<Link>()
  /** Counting joins that have started or never will. */
  readonly #over = new Set<string>()
  readonly #visits = new Map<string, number>()
  readonly #skipped = new Set<string>()
  /** Steps that lie behind a failure and therefore are not reported as skipped. */
  readonly #tainted = new Set<string>()
  readonly #cancelling = new Set<string>()
  #failed = false
  #ended = false
  #decisions: Decision[] = []

  constructor(mission: Mission, trigger: string) {
    this.#trigger = trigger
    this.#steps = new Map(mission.steps.map((step) => [step.id, step]))
    const seen = new Set<string>()
    const links = mission.links.filter((link) => {
      const name = `${link.from} ${link.exit} ${link.to}`
      const known = link.from === trigger ? link.exit === 'done' : this.#steps.has(link.from)
      const fresh = known && this.#steps.has(link.to) && !seen.has(name)
      seen.add(name)
      return fresh
    })
    const reached = walk(
      [trigger],
      Map.groupBy(links, (link) => link.from),
      () => true,
    )
    this.#links = links.filter((link) => reached.has(link.from))
    this.#leaving = Map.groupBy(this.#links, (link) => link.from)
    this.#nodes = [...reached]
    for (const link of this.#links) {
      const without = walk([trigger], this.#leaving, (way) => way.to !== link.to)
      if (link.from === link.to || !without.has(link.from)) this.#back.add(link)
    }
    this.#entering = Map.groupBy(
      this.#links.filter((link) => !this.#back.has(link)),
      (link) => link.to,
    )
    for (const node of this.#nodes)
      this.#behind.set(
        node,
        walk([node], this.#leaving, (link) => !this.#back.has(link)),
      )
  }

  /** True when a loop remains that has more than one way in. */
  get tangled(): boolean {
    return this.#links.some((link) => !this.#back.has(link) && this.#behind.get(link.to)?.has(link.from) === true)
  }

  get active(): { step: string; visit: number }[] {
    return [...this.#active].map(([step, visit]) => ({ step, visit }))
  }

  /** Joins that some have arrived at and that never started, so far as that is certain. */
  get starved(): string[] {
    return this.#nodes.filter((node) => {
      const arrived = this.#into(node).filter((link) => this.#arrived.has(link)).length
      if (arrived === 0) return false
      return this.#counts(node) ? this.#over.has(node) && arrived < this.#needed(node) : this.#ended
    })
  }

  /** The exits of a step that have links. */
  exits(step: string): string[] {
    return [...new Set((this.#leaving.get(step) ?? []).map((link) => link.exit))]
  }

  begin(): Decision[] {
    return this.#play(() => this.#leave(this.#trigger, 'done'))
  }

  advance(event: RunEvent): Decision[] {
    if (this.#ended) return []
    if (event.kind === 'cancel') {
      const stopped: Decision[] = this.active.map(({ step, visit }) => ({ kind: 'cancel', step, visit }))
      this.#ended = true
      this.#active.clear()
      return [...stopped, { kind: 'end', status: 'cancelled' }]
    }
    if (this.#active.get(event.step) !== event.visit) return []
    const fails = event.exit === failedExit && !this.exits(event.step).includes(failedExit)
    return this.#play(() => (fails ? this.#fail(event.step) : this.#leave(event.step, event.exit)))
  }

  #play(move: () => void): Decision[] {
    this.#decisions = []
    move()
    while (this.#startOne()) this.#cancelIdle()
    for (const node of this.#nodes) {
      if (node === this.#trigger || this.#visits.has(node) || this.#skipped.has(node) || this.#tainted.has(node) || this.#canStart(node))
        continue
      this.#skip(node)
    }
    if (this.#active.size === 0) {
      this.#ended = true
      this.#decisions.push({ kind: 'end', status: this.#failed ? 'failed' : 'completed' })
    }
    return this.#decisions
  }

  #leave(step: string, exit: string): void {
    this.#active.delete(step)
    for (const link of this.#links) {
      if (link.from !== step || link.exit !== exit) continue
      if (this.#back.has(link)) this.#start(link.to)
      else this.#arrived.add(link)
    }
  }

  #start(step: string): void {
    const visit = (this.#visits.get(step) ?? 0) + 1
    const most = this.#steps.get(step)?.maxVisits ?? defaultMaxVisits
    this.#visits.set(step, visit)
    if (visit > most) {
      this.#decisions.push({ kind: 'exhausted', step, visit })
      if (visit === most + 1 && this.exits(step).includes(failedExit)) this.#leave(step, failedExit)
      else this.#fail(step)
      return
    }
    this.#active.set(step, visit)
    this.#decisions.push({ kind: 'begin', step, visit })
    if (this.#counts(step) && this.#steps.get(step)?.join?.cancelRest === true) this.#cancelling.add(step)
    this.#cancelIdle()
  }

  #cancelIdle(): void {
    for (const [step, visit] of this.#active) {
      if (this.#cancelling.size === 0 || !this.#leadsOnlyToCancelling(step)) continue
      this.#active.delete(step)
      const begun = this.#decisions.findIndex((decision) => decision.kind === 'begin' && decision.step === step)
      if (begun === -1) this.#decisions.push({ kind: 'cancel', step, visit })
      else {
        this.#decisions.splice(begun, 1)
        this.#skip(step)
      }
    }
  }

  #leadsOnlyToCancelling(step: string): boolean {
    const arrives = (link: Link): boolean => this.#cancelling.has(link.to) && !this.#back.has(link)
    const onward = (link: Link): boolean => !this.#cancelling.has(link.to)
    const reached = walk([step], this.#leaving, onward)
    if (this.#links.some((link) => reached.has(link.from) && this.#cancelling.has(link.to) && this.#back.has(link))) return false
    return [...reached].every((node) => {
      const beyond = walk([node], this.#leaving, onward)
      return this.#links.some((link) => beyond.has(link.from) && arrives(link))
    })
  }

  #skip(step: string): void {
    this.#skipped.add(step)
    this.#decisions.push({ kind: 'skip', step })
  }

  /** Whatever lies behind the failure and could have been come by until now, but can no longer, is poisoned. */
  #fail(step: string): void {
    this.#active.set(step, this.#visits.get(step) ?? 1)
    const behind = walk([step], this.#leaving, (link) => this.#back.has(link) || !this.#counts(link.to))
    const lost = this.#links.filter((link) => behind.has(link.from) && !this.#arrived.has(link) && this.#canCome(link))
    this.#active.delete(step)
    this.#failed = true
    for (const node of behind) if (node !== step) this.#tainted.add(node)
    for (let link = lost.find((lost) => !this.#canCome(lost)); link !== undefined; link = lost.find((lost) => !this.#canCome(lost))) {
      this.#poisoned.add(link)
      lost.splice(lost.indexOf(link), 1)
    }
  }

  /** Starts, or closes for good, the first join for which everything is known. */
  #startOne(): boolean {
    for (const node of this.#nodes) {
      const into = this.#into(node)
      const arrived = into.filter((link) => this.#arrived.has(link))
      const counts = this.#counts(node)
      if (counts ? this.#over.has(node) : arrived.length === 0) continue
      const coming = into.filter((link) => !this.#arrived.has(link) && this.#canCome(link))
      if (counts) {
        const needed = this.#needed(node)
        if (arrived.length < needed && arrived.length + coming.length >= needed) continue
        this.#over.add(node)
        if (arrived.length >= needed) this.#start(node)
        return true
      }
      if (coming.length > 0 || into.some((link) => this.#poisoned.has(link))) continue
      for (const link of arrived) this.#arrived.delete(link)
      this.#start(node)
      return true
    }
    return false
  }

  #into(node: string): readonly Link[] {
    return this.#entering.get(node) ?? []
  }

  #needed(node: string): number {
    const join = this.#steps.get(node)?.join
    return join?.wait === 'atLeast' ? (join.count ?? 1) : 1
  }

  /** True for joins that count arrivals. Where all links come out of one loop with the join, they are arms that never meet: no join. */
  #counts(node: string): boolean {
    const counts = this.#counting.get(node) ?? this.#reallyCounts(node)
    this.#counting.set(node, counts)
    return counts
  }

  #reallyCounts(node: string): boolean {
    const join = this.#steps.get(node)?.join
    if (join === undefined || join.wait === 'all') return false
    if (this.#needed(node) > 1) return true
    const into = this.#into(node)
    return into.length > 1 && !into.some((link) => walk([node], this.#leaving, () => true).has(link.from))
  }

  #passable(link: Link): boolean {
    if (this.#poisoned.has(link)) return false
    if (this.#back.has(link)) return true
    return this.#counts(link.to) ? !this.#over.has(link.to) : !this.#into(link.to).some((other) => this.#poisoned.has(other))
  }

  /** Whether a token can still come by a link before it passes the link's target or what lies behind that: in this pass of a loop. */
  #canCome(link: Link): boolean {
    const behind = this.#back.has(link) ? new Set<string>() : this.#behind.get(link.to)
    const starts = this.#tokens().filter((step) => behind?.has(step) !== true)
    return walk(starts, this.#leaving, (way) => this.#passable(way) && behind?.has(way.to) !== true).has(link.from)
  }

  /** Whether a token is there or can still come there, however often it goes round. */
  #canStart(node: string): boolean {
    return walk(this.#tokens(), this.#leaving, (way) => this.#passable(way)).has(node)
  }

  /** Where tokens are: on steps that are under way, and before joins that may still start. */
  #tokens(): string[] {
    return [...this.#active.keys(), ...[...this.#arrived].filter((link) => this.#passable(link)).map((link) => link.to)]
  }
}

type Leaving = ReadonlyMap<string, readonly Link[]>

/** All nodes that can be reached from some by links that are open, the starts included. */
function walk(starts: readonly string[], leaving: Leaving, open: (link: Link) => boolean): Set<string> {
  const found = new Set(starts)
  for (const node of found) for (const link of leaving.get(node) ?? []) if (!found.has(link.to) && open(link)) found.add(link.to)
  return found
}
