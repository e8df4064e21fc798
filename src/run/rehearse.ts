import type { Action, Answer } from '../catalogue/define.ts'
import type { Person } from '../catalogue/services.ts'
import { readForm, type Field, type FieldValue } from '../mission/form.ts'
import { milliseconds } from '../mission/duration.ts'
import { compile } from '../mission/machine.ts'
import type { Mission } from '../mission/mission.ts'
import { addressAsk, askedData, drawAsk, postAsk, redrawAsk, settleAsk, type Ask } from './ask.ts'
import { climb } from './climb.ts'
import type { Entry, KeptEntry } from './journal.ts'
import { troubled } from './perform.ts'
import { pretendWorld, type Done, type Said } from './pretend.ts'
import { dueRungs, dueVisits, nextDue, startRun, type Happening, type Visit } from './progress.ts'
import { performVisit, runVisit, takeTurn, toHappening, visitKey, type RunImage } from './turn.ts'

/** How a simulated person behaves: the first line that fits a question is followed. */
export interface Behaviour {
  /** Name, e-mail address or id. */
  who: string
  /** Only at this step; at every step when absent. */
  step?: string
  /** How long it takes, such as `2h`; an hour when absent. `never`: does not answer. */
  after?: string
  /** Label or id of the button; the first one when absent. */
  press?: string
  /** Values for the button's form; made up by kind when absent. */
  values?: Record<string, FieldValue>
}

/** What a rehearsal is told. */
export interface RehearsalScript {
  mission: Mission
  trigger: string
  data: Record<string, unknown>
  people: readonly Person[]
  channels?: readonly { name: string; members?: readonly string[] }[]
  behaviours: readonly Behaviour[]
  /** What a called web address answers; 200 with an empty record when absent. */
  answers?: (call: { method: string; url: string }) => { status: number; body: unknown } | undefined
  /** When it begins, on the simulated clock. */
  start: Date
  language: string
  actions: ReadonlyMap<string, Action>
}

/** What came of it: the journal with simulated times, and everything that would have been said and done. */
export interface Rehearsal {
  status: 'completed' | 'failed' | 'cancelled' | 'unfinished'
  entries: KeptEntry[]
  said: Said[]
  done: Done[]
  /** Milliseconds of simulated time from start to end. */
  elapsed: number
}

/** How many things may happen before a rehearsal is given up; a mission that passes its check ends long before. */
const mostMoments = 20_000

/** Runs a mission on a simulated clock with simulated people: the same engine and actions, a pretend world. */
export async function rehearse(script: RehearsalScript): Promise<Rehearsal> {
  return new Stage(script).play()
}

interface PlannedAnswer {
  at: number
  order: number
  ask: string
  person: Person
  press?: string
  values?: Record<string, FieldValue>
}

/** One rehearsal being played. */
class Stage {
  readonly #script: RehearsalScript
  readonly #image: RunImage
  readonly #first: ReturnType<typeof startRun>
  readonly #world: ReturnType<typeof pretendWorld>
  readonly #asks = new Map<string, { ask: Ask; answers: Answer[] }>()
  readonly #entries: KeptEntry[] = []
  #planned: PlannedAnswer[] = []
  #order = 0
  #now: number

  constructor(script: RehearsalScript) {
    this.#script = script
    this.#now = script.start.getTime()
    const compiled = compile(script.mission, script.trigger)
    this.#first = startRun(compiled, script.trigger, script.data)
    this.#world = pretendWorld({
      people: script.people,
      ...(script.channels ? { channels: script.channels } : {}),
      ...(script.answers ? { answers: script.answers } : {}),
      now: () => new Date(this.#now),
    })
    this.#image = {
      id: 'rehearsal',
      mission: script.mission,
      compiled,
      state: this.#first.state,
      trigger: script.data,
      outputs: {},
      started: script.start,
      workspace: { name: 'Rehearsal' },
    }
  }

  async play(): Promise<Rehearsal> {
    let status = await this.#turn([], this.#first)
    for (let moment = 0; status === undefined && moment < mostMoments; moment++) {
      const due = nextDue(this.#image.state)?.getTime() ?? Infinity
      const answer = this.#planned.toSorted((one, other) => one.at - other.at || one.order - other.order)[0]
      if (answer && answer.at < due) {
        this.#now = Math.max(this.#now, answer.at)
        this.#planned = this.#planned.filter((planned) => planned !== answer)
        status = await this.#turn(await this.#takeAnswer(answer))
      } else if (due < Infinity) {
        this.#now = Math.max(this.#now, due)
        status = await this.#turn(await this.#takeDue())
      } else break
    }
    return {
      status: status ?? 'unfinished',
      entries: this.#entries,
      said: this.#world.said,
      done: this.#world.done,
      elapsed: this.#now - this.#script.start.getTime(),
    }
  }

  /** Takes a turn and everything it begins, until the run only waits or is over. */
  async #turn(happenings: Happening[], first?: ReturnType<typeof startRun>): Promise<Rehearsal['status'] | undefined> {
    const turn = await takeTurn(this.#image, first, happenings, this.#worldOfTurn())
    this.#note(turn.entries)
    for (const { ask } of turn.dropped) {
      const dropped = ask ? this.#asks.get(ask) : undefined
      if (dropped) await this.#end(dropped, 'cancelled')
    }
    if (turn.ended) return turn.ended
    let status: Rehearsal['status'] | undefined
    for (const visit of turn.perform) status ??= await this.#turn(await this.#perform(visit))
    return status
  }

  #worldOfTurn() {
    return { actions: this.#script.actions, services: this.#world.services }
  }

  #note(entries: readonly Entry[]): void {
    const at = new Date(this.#now).toISOString()
    for (const entry of entries) this.#entries.push({ ...entry, number: this.#entries.length + 1, at })
  }

  async #perform(visit: Visit): Promise<Happening[]> {
    const step = this.#image.mission.steps.find((candidate) => candidate.id === visit.step)
    const action = step && this.#script.actions.get(step.type)
    if (!step || !action?.asking) return [await performVisit(this.#image, visit, this.#worldOfTurn())]
    const performed = await runVisit(this.#image, visit, this.#worldOfTurn())
    if (performed.kind === 'trouble' || !('ask' in performed.outcome)) return [toHappening(visit, performed)]
    try {
      const key = visitKey(this.#image.id, visit)
      const opened = await addressAsk(
        performed.outcome.ask,
        { id: key, step: visit.step, visit: visit.visit, type: action.type, settings: performed.settings },
        this.#world.services,
      )
      const ask = { ...opened, messages: await postAsk(action, opened, this.#world.services, key, this.#script.language) }
      this.#asks.set(ask.id, { ask, answers: [] })
      this.#plan(action, ask, ask.asked)
      const at = { step: visit.step, visit: visit.visit }
      const [next] = ask.ladder?.rungs ?? []
      return [
        { kind: 'asks', ...at, asked: askedData(ask), ...(next ? { next: next.at } : {}) },
        { kind: 'posted', ...at },
      ]
    } catch (error) {
      return [{ ...troubled(error), kind: 'troubled', step: visit.step, visit: visit.visit }]
    }
  }

  /** When each of the people who were asked will answer, and what. */
  #plan(action: Action, ask: Ask, people: readonly Person[]): void {
    for (const person of people) {
      const behaviour = this.#script.behaviours.find(
        ({ who, step }) =>
          [person.id, person.name, person.email].some((name) => name.toLowerCase() === who.toLowerCase()) && (!step || step === ask.step),
      )
      if (behaviour?.after === 'never') continue
      const shown = drawAsk(action, ask, [], person.language).buttons ?? []
      const button = behaviour?.press
        ? shown.find(({ id, label }) => id === behaviour.press || label.toLowerCase() === behaviour.press?.toLowerCase())
        : shown[0]
      this.#planned.push({
        at: this.#now + milliseconds(behaviour?.after ?? '1h'),
        order: this.#order++,
        ask: ask.id,
        person,
        ...(button ? { press: button.id } : {}),
        ...(behaviour?.values ? { values: behaviour.values } : {}),
      })
    }
  }

  async #takeAnswer(planned: PlannedAnswer): Promise<Happening[]> {
    const found = this.#asks.get(planned.ask)
    const visit = this.#image.state.open.find((open) => open.ask === planned.ask)
    const action = found && this.#script.actions.get(found.ask.type)
    if (!found || !visit || !action?.asking) return []
    const { ask, answers } = found
    const button = drawAsk(action, ask, answers, planned.person.language).buttons?.find(({ id }) => id === planned.press)
    if (!button) return []
    const fields = button.form?.fields ?? []
    const read = readForm(fields, planned.values ?? madeUp(fields))
    const values = 'values' in read ? read.values : {}
    const before = answers.find(({ person }) => person.id === planned.person.id)
    const value = action.asking.combine?.(before, { button: button.id, values }) ?? { picked: [button.id], values }
    found.answers = [
      ...answers.filter((answer) => answer !== before),
      { person: planned.person, ...value, at: new Date(this.#now).toISOString() },
    ]
    const anonymous = action.asking.anonymous?.(ask.settings) ?? false
    const happenings: Happening[] = [
      {
        kind: 'answered',
        step: ask.step,
        visit: ask.visit,
        answer: { ...(anonymous ? {} : { person: { id: planned.person.id, name: planned.person.name } }), ...value },
      },
    ]
    const outcome = settleAsk(action, ask, found.answers, this.#script.language, false)
    if (!outcome) {
      await redrawAsk(action, ask, found.answers, this.#world.services, this.#script.language)
      return happenings
    }
    await this.#end(found, 'answered')
    return [...happenings, { kind: 'left', step: ask.step, visit: ask.visit, ...outcome, settings: ask.settings }]
  }

  async #end(found: { ask: Ask; answers: Answer[] }, over: 'answered' | 'timeout' | 'cancelled'): Promise<void> {
    found.ask = { ...found.ask, over }
    const action = this.#script.actions.get(found.ask.type)
    if (action) await redrawAsk(action, found.ask, found.answers, this.#world.services, this.#script.language)
  }

  async #takeDue(): Promise<Happening[]> {
    const happenings: Happening[] = []
    for (const visit of dueVisits(this.#image.state, new Date(this.#now))) {
      const at = { step: visit.step, visit: visit.visit }
      if (visit.phase === 'waiting') happenings.push({ kind: 'left', ...at, exit: visit.exit ?? 'done', data: visit.data ?? {} })
      else if (visit.phase === 'retrying') happenings.push(...(await this.#perform(visit)))
      else {
        const found = visit.ask ? this.#asks.get(visit.ask) : undefined
        const action = found && this.#script.actions.get(found.ask.type)
        const outcome = found && action ? settleAsk(action, found.ask, found.answers, this.#script.language, true) : undefined
        if (!found || !outcome) continue
        await this.#end(found, 'timeout')
        happenings.push({ kind: 'left', ...at, ...outcome, settings: found.ask.settings })
      }
    }
    for (const visit of dueRungs(this.#image.state, new Date(this.#now))) happenings.push(...(await this.#climb(visit)))
    return happenings
  }

  async #climb(visit: Visit): Promise<Happening[]> {
    const found = visit.ask ? this.#asks.get(visit.ask) : undefined
    const action = found && this.#script.actions.get(found.ask.type)
    if (!found || !action) return []
    const before = found.ask.asked
    const { rungs, messages, entries, asked, standIns } = await climb({
      action,
      ask: found.ask,
      answers: found.answers,
      services: this.#world.services,
      key: visitKey(this.#image.id, visit),
      language: this.#script.language,
      keep: async () => {},
    })
    found.ask = {
      ...found.ask,
      asked,
      standIns,
      messages: [...found.ask.messages, ...messages],
      ...(found.ask.ladder ? { ladder: { ...found.ask.ladder, rungs } } : {}),
    }
    this.#plan(
      action,
      found.ask,
      asked.filter((person) => !before.includes(person)),
    )
    const [next] = rungs
    return [{ kind: 'climbed', step: visit.step, visit: visit.visit, entries, ...(next ? { next: next.at } : {}) }]
  }
}

/** Plausible values for a form that nobody scripted. */
function madeUp(fields: readonly Field[]): Record<string, FieldValue> {
  return Object.fromEntries(fields.map((field) => [field.id, madeUpValue(field)]))
}

function madeUpValue(field: Field): FieldValue {
  const { kind, choices } = field
  if (kind === 'number') return 1
  if (kind === 'email') return 'someone@example.com'
  if (kind === 'date') return '2030-01-01'
  if (kind === 'yesno') return true
  if (kind === 'choice') return choices?.[0] ?? ''
  if (kind === 'choices') return choices?.slice(0, 1) ?? []
  return field.label
}
