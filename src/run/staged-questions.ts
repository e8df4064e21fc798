import type { Action, Answer, AskRequest } from '../catalogue/define.ts'
import type { Person, Services } from '../catalogue/services.ts'
import { milliseconds } from '../mission/duration.ts'
import { readForm, type Field, type FieldValue } from '../mission/form.ts'
import { addressAsk, askedData, drawAsk, postAsk, redrawAsk, settleAsk, type Ask } from './ask.ts'
import { climb } from './climb.ts'
import type { Happening, Visit } from './progress.ts'
import type { RehearsalScript, Theatre } from './rehearse.ts'
import { visitKey, type RunImage } from './turn.ts'

/** What somebody will answer, and when: milliseconds on the simulated clock. */
export interface PlannedAnswer {
  at: number
  order: number
  ask: string
  person: Person
  press?: string
  values?: Record<string, FieldValue>
}

/** The questions of one run of a rehearsal, and who will answer them when. */
export class StagedQuestions {
  readonly #theatre: Theatre
  readonly #image: RunImage
  readonly #asks = new Map<string, { ask: Ask; answers: Answer[] }>()
  #planned: PlannedAnswer[] = []

  constructor(theatre: Theatre, image: RunImage) {
    this.#theatre = theatre
    this.#image = image
  }

  get #script(): RehearsalScript {
    return this.#theatre.script
  }

  get #services(): Services {
    return this.#theatre.world.services
  }

  /** What is answered next. */
  nextAnswer(): PlannedAnswer | undefined {
    return this.#planned.reduce<PlannedAnswer | undefined>(
      (first, one) => (first === undefined || one.at < first.at || (one.at === first.at && one.order < first.order) ? one : first),
      undefined,
    )
  }

  /** Asks people. @throws Trouble when nobody is meant, or they cannot be reached. */
  async open(visit: Visit, action: Action, request: AskRequest, settings: Record<string, unknown>): Promise<Happening[]> {
    const key = visitKey(this.#image.id, visit)
    const at = { step: visit.step, visit: visit.visit }
    const opened = await addressAsk(request, { id: key, ...at, type: action.type, settings }, this.#services)
    const ask = { ...opened, messages: await postAsk(action, opened, this.#services, key, this.#script.language) }
    this.#asks.set(ask.id, { ask, answers: [] })
    this.#plan(action, ask, ask.asked)
    const [next] = ask.ladder?.rungs ?? []
    return [
      { kind: 'asks', ...at, asked: askedData(ask), ...(next ? { next: next.at } : {}) },
      { kind: 'posted', ...at },
    ]
  }

  /** Visits that are no longer needed take their questions with them. */
  async drop(visits: readonly Visit[]): Promise<void> {
    for (const { ask } of visits) {
      const dropped = ask ? this.#asks.get(ask) : undefined
      if (dropped) await this.#end(dropped, 'cancelled')
    }
  }

  /** A question's time limit has passed. */
  async timeUp(visit: Visit): Promise<Happening[]> {
    const found = visit.ask ? this.#asks.get(visit.ask) : undefined
    const action = found && this.#script.actions.get(found.ask.type)
    const outcome = found && action ? settleAsk(action, found.ask, found.answers, this.#script.language, true) : undefined
    if (!found || !outcome) return []
    await this.#end(found, 'timeout')
    return [{ kind: 'left', step: visit.step, visit: visit.visit, ...outcome, settings: found.ask.settings }]
  }

  /** When each of the people who were asked will answer, and what. */
  #plan(action: Action, ask: Ask, people: readonly Person[]): void {
    const later = new Map(
      (ask.ladder?.rungs ?? []).flatMap((rung) => (rung.what === 'ask' ? rung.people.map((id) => [id, Date.parse(rung.at)] as const) : [])),
    )
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
        at: (later.get(person.id) ?? this.#theatre.now) + milliseconds(behaviour?.after ?? '1h'),
        order: this.#theatre.takeNumber(),
        ask: ask.id,
        person,
        ...(button ? { press: button.id } : {}),
        ...(behaviour?.values ? { values: behaviour.values } : {}),
      })
    }
  }

  /** Somebody answers as planned. */
  async take(planned: PlannedAnswer): Promise<Happening[]> {
    this.#planned = this.#planned.filter((other) => other !== planned)
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
      { person: planned.person, ...value, at: new Date(this.#theatre.now).toISOString() },
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
      await redrawAsk(action, ask, found.answers, this.#services, this.#script.language)
      return happenings
    }
    await this.#end(found, 'answered')
    return [...happenings, { kind: 'left', step: ask.step, visit: ask.visit, ...outcome, settings: ask.settings }]
  }

  async #end(found: { ask: Ask; answers: Answer[] }, over: 'answered' | 'timeout' | 'cancelled'): Promise<void> {
    found.ask = { ...found.ask, over }
    const action = this.#script.actions.get(found.ask.type)
    if (action) await redrawAsk(action, found.ask, found.answers, this.#services, this.#script.language)
  }

  /** Reminds those who have not answered, or asks others instead of them. */
  async climb(visit: Visit): Promise<Happening[]> {
    const found = visit.ask ? this.#asks.get(visit.ask) : undefined
    const action = found && this.#script.actions.get(found.ask.type)
    if (!found || !action) return []
    const before = found.ask.asked
    const { rungs, messages, entries, asked, standIns } = await climb({
      action,
      ask: found.ask,
      answers: found.answers,
      services: this.#services,
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
