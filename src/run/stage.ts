import type { Action, ChildRun, RunsRequest } from '../catalogue/define.ts'
import { emptyMission, type Mission } from '../mission/mission.ts'
import { dataAbove, outcomeOf, startMore, triggerOfCall, type CalledData, type Start } from './children.ts'
import type { Entry, KeptEntry } from './journal.ts'
import { troubled } from './perform.ts'
import { dueRungs, dueVisits, isToSettle, nextDue, startRun, type Happening, type Visit } from './progress.ts'
import type { RehearsedChild, Rehearsal, RehearsalScript, Theatre } from './rehearse.ts'
import { StagedQuestions } from './staged-questions.ts'
import { performVisit, runVisit, takeTurn, toCalls, toHappening, visitKey, type RunImage } from './turn.ts'

/** How a run of a rehearsal begins; `line` as on the server: what started its first ancestor, and what an item's steps see. */
interface Beginning {
  id: string
  mission: Mission
  trigger: string
  data: Record<string, unknown>
  depth: number
  line: Pick<RunImage, 'trigger' | 'above'>
  parent?: { stage: Stage; start: Start }
}

/** One run of a rehearsal. */
export class Stage {
  readonly #theatre: Theatre
  readonly #script: RehearsalScript
  readonly #world: Theatre['world']
  readonly #beginning: Beginning
  readonly #image: RunImage
  readonly #first: ReturnType<typeof startRun>
  readonly #questions: StagedQuestions
  readonly #children: Stage[] = []
  readonly #called = new Map<string, { data: CalledData; outputs: RunImage['outputs'] }>()
  readonly entries: KeptEntry[] = []
  status: Exclude<Rehearsal['status'], 'unfinished'> | undefined
  /** When it ended, in milliseconds. */
  ended: number | undefined

  constructor(theatre: Theatre, beginning: Beginning) {
    const { id, mission, trigger, data, depth, line } = beginning
    this.#theatre = theatre
    this.#script = theatre.script
    this.#world = theatre.world
    this.#beginning = beginning
    const compiled = theatre.compiled(mission, trigger)
    this.#first = startRun(compiled, trigger, data)
    this.#image = {
      id,
      mission,
      compiled,
      state: this.#first.state,
      ...line,
      depth,
      outputs: {},
      started: new Date(theatre.now),
      workspace: { name: 'Rehearsal' },
    }
    this.#questions = new StagedQuestions(theatre, this.#image)
  }

  get #now(): number {
    return this.#theatre.now
  }

  async begin(): Promise<void> {
    await this.#turn([], this.#first)
  }

  /** When something happens next by itself or by somebody's answer; undefined when nothing will. */
  get next(): number | undefined {
    if (this.status) return undefined
    const due = nextDue(this.#image.state)?.getTime() ?? Infinity
    const next = Math.min(due, this.#questions.nextAnswer()?.at ?? Infinity)
    return next === Infinity ? undefined : next
  }

  async goOn(): Promise<void> {
    if (this.status) return
    const answer = this.#questions.nextAnswer()
    if (answer && answer.at < (nextDue(this.#image.state)?.getTime() ?? Infinity)) await this.#turn(await this.#questions.take(answer))
    else await this.#turn(await this.#takeDue())
  }

  /** Takes a turn and everything it begins, until the run only waits or is over. */
  async #turn(happenings: Happening[], first?: ReturnType<typeof startRun>): Promise<void> {
    if (this.status) return
    const turn = await takeTurn(this.#image, first, happenings, this.#worldOfTurn())
    this.#note(turn.entries)
    await this.#questions.drop(turn.dropped)
    this.#tend(turn.dropped, turn.ended)
    for (const visit of turn.perform) await this.#turn(await this.#perform(visit))
  }

  /** Sees to the runs that this one starts: which begin, which are no longer needed, and whether the step that started them is over. */
  #tend(dropped: readonly Visit[], ended: Stage['status']): void {
    const { state, starts } = startMore(this.#image.state)
    this.#image.state = state
    for (const start of starts) this.#theatre.soon(() => this.#start(start))
    for (const child of this.#children) {
      const needless = ended === 'cancelled' || dropped.some((visit) => visit.children && child.isOf(visit))
      if (needless) this.#theatre.soon(() => child.cancel())
    }
    for (const visit of state.open) if (isToSettle(visit)) this.#theatre.soon(() => this.#leave(visit))
    if (!ended) return
    this.status = ended
    this.ended = this.#now
    const { parent } = this.#beginning
    if (parent) this.#theatre.soon(() => parent.stage.#takeEnd(parent.start, this.#beginning.id, ended))
  }

  /** What the rehearsal tells of it, if another run started it. */
  get child(): RehearsedChild | undefined {
    const { parent, id } = this.#beginning
    return parent && { id, parent: parent.stage.#image.id, ...parent.start, status: this.status ?? 'unfinished', entries: this.entries }
  }

  isOf(visit: Pick<Visit, 'step' | 'visit'>): boolean {
    const start = this.#beginning.parent?.start
    return start?.step === visit.step && start.visit === visit.visit
  }

  async cancel(): Promise<void> {
    await this.#turn([{ kind: 'cancelled' }])
  }

  async #takeEnd({ step, visit, position }: Start, run: string, status: NonNullable<Stage['status']>): Promise<void> {
    await this.#turn([{ kind: 'returned', step, visit, returned: { run, position, status } }])
  }

  async #start(start: Start): Promise<void> {
    const called = this.#called.get(visitKey(this.#image.id, start))
    if (!called || this.status) return
    const { data, outputs } = called
    const base = {
      id: `${visitKey(this.#image.id, start)}/${start.position}`,
      depth: (this.#image.depth ?? 0) + 1,
      parent: { stage: this, start },
    }
    const { trigger, above, mission } = this.#image
    const list = this.#actionOf(start.step)?.holds?.list ?? ''
    const items = data.settings[list]
    const given = { item: Array.isArray(items) ? items[start.position - 1] : null, position: start.position, count: data.count }
    const { mission: other } = data
    const child = new Stage(
      this.#theatre,
      other
        ? { ...base, mission: this.#missionOf(other.id), trigger: other.trigger, data: other.data, line: { trigger: other.data } }
        : {
            ...base,
            mission,
            trigger: start.step,
            data: given,
            line: { trigger, above: dataAbove(start.step, given, { ...(above ? { above } : {}), outputs }) },
          },
    )
    this.#children.push(child)
    this.#theatre.open(child)
  }

  #missionOf(id: string): Mission {
    return this.#script.missions?.get(id) ?? { ...emptyMission(id), triggers: [{ id: 'start', type: '', settings: {} }] }
  }

  #actionOf(id: string): Action | undefined {
    const step = this.#image.mission.steps.find((candidate) => candidate.id === id)
    return step && this.#script.actions.get(step.type)
  }

  /** What a request for other runs comes to. */
  #toCalls(visit: Visit, request: RunsRequest, settings: Record<string, unknown>): Happening {
    if ('items' in request) return toCalls(visit, request, settings)
    const { missions, triggers } = this.#script
    const mission = missions?.get(request.mission)
    if (!mission || !triggers)
      return toCalls(visit, request, settings, { id: request.mission, name: request.mission, version: '', trigger: 'start', data: {} })
    const caller = { id: this.#image.id, name: this.#image.mission.name }
    const called = triggerOfCall(mission, triggers, caller, request.values)
    return toCalls(visit, request, settings, { id: request.mission, name: mission.name, version: '', ...called })
  }

  async #leave(visit: Visit): Promise<void> {
    const open = this.#image.state.open.find((one) => one.step === visit.step && one.visit === visit.visit)
    if (open && isToSettle(open)) await this.#turn([this.#settle(open, false)])
  }

  /** How a visit is left whose runs are no longer waited for. */
  #settle(visit: Visit, timeUp: boolean): Happening {
    const at = { step: visit.step, visit: visit.visit }
    try {
      const called = this.#called.get(visitKey(this.#image.id, visit))
      const calling = this.#actionOf(visit.step)?.calling
      if (!called || !calling) throw new Error('This step started no runs.')
      const children = this.#children.filter((child) => child.isOf(visit)).map((child) => child.#asChild())
      return { kind: 'left', ...at, ...calling.settle({ settings: called.data.settings, children, timeUp }) }
    } catch (error) {
      return { ...troubled(error), kind: 'troubled', ...at }
    }
  }

  #asChild(): ChildRun {
    const { id, mission, outputs } = this.#image
    const position = this.#beginning.parent?.start.position ?? 1
    return { run: id, position, status: this.status ?? 'running', outcome: outcomeOf(mission, outputs), steps: outputs }
  }

  #worldOfTurn() {
    return { actions: this.#script.actions, services: this.#world.services }
  }

  #note(entries: readonly Entry[]): void {
    const at = new Date(this.#now).toISOString()
    for (const entry of entries) {
      this.entries.push({ ...entry, number: this.entries.length + 1, at })
      if (entry.what === 'called') this.#called.set(visitKey(this.#image.id, entry), { data: entry.data, outputs: this.#image.outputs })
    }
  }

  async #perform(visit: Visit): Promise<Happening[]> {
    const action = this.#actionOf(visit.step)
    if (!action?.asking && !action?.calling) return [await performVisit(this.#image, visit, this.#worldOfTurn())]
    const performed = await runVisit(this.#image, visit, this.#worldOfTurn())
    if (performed.kind === 'trouble') return [toHappening(visit, performed)]
    try {
      if ('runs' in performed.outcome) return [this.#toCalls(visit, performed.outcome.runs, performed.settings)]
      if (!('ask' in performed.outcome)) return [toHappening(visit, performed)]
      return await this.#questions.open(visit, action, performed.outcome.ask, performed.settings)
    } catch (error) {
      return [{ ...troubled(error), kind: 'troubled', step: visit.step, visit: visit.visit }]
    }
  }

  async #takeDue(): Promise<Happening[]> {
    const happenings: Happening[] = []
    for (const visit of dueVisits(this.#image.state, new Date(this.#now))) {
      const at = { step: visit.step, visit: visit.visit }
      if (visit.phase === 'waiting') happenings.push({ kind: 'left', ...at, exit: visit.exit ?? 'done', data: visit.data ?? {} })
      else if (visit.phase === 'retrying') happenings.push(...(await this.#perform(visit)))
      else if (visit.phase === 'calling') happenings.push(this.#settle(visit, true))
      else happenings.push(...(await this.#questions.timeUp(visit)))
    }
    for (const visit of dueRungs(this.#image.state, new Date(this.#now))) happenings.push(...(await this.#questions.climb(visit)))
    return happenings
  }
}
