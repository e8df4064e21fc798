import type { Logger } from 'pino'
import type { Action, Answer, AskRequest } from '../../catalogue/define.ts'
import type { Services } from '../../catalogue/services.ts'
import { addressAsk, askedData, isAnonymous, postAsk, redrawAsk, settleAsk, type Ask, type AskOver } from '../../run/ask.ts'
import { climb } from '../../run/climb.ts'
import { keepable } from '../../run/given.ts'
import { troubled } from '../../run/perform.ts'
import type { Visit } from '../../run/progress.ts'
import type { RunImage } from '../../run/turn.ts'
import { askLater, closeAsk, endAsk, insertAsk, keepAskMessages, keepClimb, loadAsk } from '../store/asks.ts'
import type { OpenArrival } from '../store/inbox.ts'
import type { KeptRun } from '../store/runs.ts'
import type { Sql } from '../store/transaction.ts'
import type { Gathered, Gathering } from './gathering.ts'

/** The questions of one run that is being driven: they are opened, sent, answered, settled and brought up to date. */
export class Questions {
  readonly #context: { reads: Sql; log: Logger; actions: ReadonlyMap<string, Action> }
  readonly #run: KeptRun
  readonly #image: RunImage
  readonly #services: Services
  readonly #gathering: Gathering

  constructor(
    context: { reads: Sql; log: Logger; actions: ReadonlyMap<string, Action> },
    run: KeptRun,
    image: RunImage,
    services: Services,
    gathering: Gathering,
  ) {
    this.#context = context
    this.#run = run
    this.#image = image
    this.#services = services
    this.#gathering = gathering
  }

  /** Finds out whom a visit asks. The question is kept by the next commit, and sent after it. */
  async open(visit: Visit, type: string, request: AskRequest, settings: Record<string, unknown>): Promise<void> {
    const ask = await addressAsk(request, { id: crypto.randomUUID(), step: visit.step, visit: visit.visit, type, settings }, this.#services)
    this.#gathering.next.opened.push(ask)
    const [first] = ask.ladder?.rungs ?? []
    const next = first ? { next: first.at } : {}
    this.#gathering.next.happenings.push({ kind: 'asks', step: visit.step, visit: visit.visit, asked: askedData(ask), ...next })
  }

  /** Puts an answer into the journal; without a name where the question promises that. */
  async noteAnswer(arrival: OpenArrival): Promise<string> {
    const answer = arrival.data as { ask: string; person: string; picked: string[]; values: Answer['values'] }
    const loaded = await loadAsk(this.#context.reads, answer.ask)
    if (!loaded) return answer.ask
    const { ask, answers } = loaded
    const person = answers.find((one) => one.person.id === answer.person)?.person
    const anonymous = this.#isSecret(ask)
    this.#gathering.next.happenings.push({
      kind: 'answered',
      step: ask.step,
      visit: ask.visit,
      answer: {
        ...(person && !anonymous ? { person: { id: person.id, name: person.name } } : {}),
        picked: answer.picked,
        values: answer.values,
      },
    })
    return ask.id
  }

  /** Whether the journal must not say who answers; an action that cannot tell may have promised it. */
  #isSecret(ask: Ask): boolean {
    try {
      return isAnonymous(this.#actionOf(ask), ask)
    } catch {
      return true
    }
  }

  #actionOf(ask: Ask): Action {
    const action = this.#context.actions.get(ask.type)
    if (!action) throw new Error(`There is no action “${ask.type}”.`)
    return action
  }

  /** Looks whether a question is over; if not, its messages are to show the newest answers. `timeUp`: its time limit has passed. */
  settle(loaded: { ask: Ask; answers: Answer[] }, timeUp: boolean): void {
    const { ask, answers } = loaded
    const visit = this.#image.state.open.find((open) => open.ask === ask.id)
    if (!visit) return
    // What came in time counts, however late it is looked at.
    const enough = this.#settled(ask, answers, false)
    const outcome = enough ?? (timeUp ? this.#settled(ask, answers, true) : undefined)
    if (outcome && 'kind' in outcome) {
      this.#gathering.next.happenings.push({ ...outcome, kind: 'troubled', step: ask.step, visit: ask.visit, settings: ask.settings })
      return
    }
    if (!outcome) {
      this.#gathering.next.changed.push({ ask, answers })
      return
    }
    const over: AskOver = enough ? 'answered' : 'timeout'
    this.#gathering.next.ended.push({ ask: { ...ask, over }, answers, over })
    this.#gathering.next.happenings.push({ kind: 'left', step: ask.step, visit: ask.visit, ...outcome, settings: ask.settings })
  }

  /** The outcome if the question is over; the trouble if its action cannot say: the step fails by it, or every answer would stop the run anew. */
  #settled(ask: Ask, answers: Answer[], timeUp: boolean) {
    try {
      const outcome = settleAsk(this.#actionOf(ask), ask, answers, this.#run.workspace.language, timeUp)
      return outcome && { ...outcome, data: keepable(outcome.data) }
    } catch (error) {
      return troubled(error)
    }
  }

  /** Sends a kept question to everybody it is for. */
  async post(visit: Visit, key: string): Promise<void> {
    const loaded = visit.ask ? await loadAsk(this.#context.reads, visit.ask) : undefined
    if (!loaded) throw new Error('The question is not there.')
    const messages = await postAsk(this.#actionOf(loaded.ask), loaded.ask, this.#services, key, this.#run.workspace.language)
    this.#gathering.next.posted.push({ id: loaded.ask.id, messages })
    this.#gathering.next.happenings.push({ kind: 'posted', step: visit.step, visit: visit.visit })
    await this.#drawAgain(loaded, messages)
  }

  /** Answers that came while messages were being sent could not be shown in them yet. */
  async #drawAgain(before: { ask: Ask; answers: Answer[] }, sent: Ask['messages']): Promise<void> {
    const now = sent.length === 0 ? undefined : await loadAsk(this.#context.reads, before.ask.id)
    if (!now || JSON.stringify([now.answers, now.ask.over]) === JSON.stringify([before.answers, before.ask.over])) return
    this.#gathering.next.changed.push({ ask: { ...now.ask, messages: [...now.ask.messages, ...sent] }, answers: now.answers })
  }

  /** Reminds those who have not answered, or asks others instead of them. */
  async climb(visit: Visit, key: string): Promise<void> {
    const loaded = visit.ask ? await loadAsk(this.#context.reads, visit.ask) : undefined
    if (!loaded) throw new Error('The question is not there.')
    const { ask, answers } = loaded
    const { rungs, messages, entries } = await climb({
      action: this.#actionOf(ask),
      ask,
      answers,
      services: this.#services,
      key,
      language: this.#run.workspace.language,
      keep: (later) => askLater(this.#context.reads, ask.id, later),
    })
    const [next] = rungs
    this.#gathering.next.climbed.push({ id: ask.id, rungs, messages })
    this.#gathering.next.happenings.push({
      kind: 'climbed',
      step: visit.step,
      visit: visit.visit,
      entries,
      ...(next ? { next: next.at } : {}),
    })
    await this.#drawAgain(loaded, messages)
  }

  /** Visits that are no longer needed take their questions with them. */
  async drop(visits: readonly Visit[], gathered: Gathered): Promise<void> {
    for (const visit of visits) {
      const loaded = visit.ask ? await loadAsk(this.#context.reads, visit.ask) : undefined
      if (loaded) gathered.ended.push({ ask: { ...loaded.ask, over: 'cancelled' }, answers: loaded.answers, over: 'cancelled' })
    }
  }

  /** Writes what has changed about the run's questions, in the transaction of its commit. */
  async write(sql: Sql, { opened, posted, climbed, ended }: Gathered): Promise<void> {
    for (const ask of opened) await insertAsk(sql, this.#run.workspaceId, this.#run.id, ask)
    for (const { id, messages } of posted) await keepAskMessages(sql, id, messages)
    for (const { id, ...climb } of climbed) await keepClimb(sql, id, climb)
    for (const { ask, over } of ended) await endAsk(sql, ask.id, over)
  }

  /** Brings messages up to date. What fails here harms nothing: presses are checked at the door, and a sweep draws them later. */
  async redraw({ ended, changed }: Gathered): Promise<void> {
    const over = new Set(ended.map(({ ask }) => ask.id))
    const language = this.#run.workspace.language
    const newest = new Map(changed.filter(({ ask }) => !over.has(ask.id)).map((one) => [one.ask.id, one]))
    await Promise.all([
      ...ended.map(async ({ ask, answers }) => {
        await redrawAsk(this.#actionOf(ask), ask, answers, this.#services, language)
        await closeAsk(this.#context.reads, ask.id, ask.messages.length)
      }),
      ...[...newest.values()].map(({ ask, answers }) => redrawAsk(this.#actionOf(ask), ask, answers, this.#services, language)),
    ]).catch((error: unknown) => {
      this.#context.log.warn(
        { run: this.#run.id, reason: error instanceof Error ? error.message : 'unknown' },
        'a message could not be brought up to date',
      )
    })
  }
}
