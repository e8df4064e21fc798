import { parseSettings } from '../catalogue/catalogue.ts'
import type { Action, Answer, AskRequest, Asking } from '../catalogue/define.ts'
import { planRungs, type Ladder, type Rung, type StandIn } from '../catalogue/ladder.ts'
import type { Person, Services } from '../catalogue/services.ts'
import { listNames, missingOf } from '../catalogue/question.ts'
import { plain } from '../mission/value.ts'
import { say } from '../mission/words.ts'
import type { Message, MessageRef } from '../platforms/message.ts'
import type { ChannelRef } from '../platforms/platform.ts'
import type { AskedData } from './progress.ts'

/** How a question ended. */
export type AskOver = 'answered' | 'timeout' | 'cancelled'

/** One message in which a question stands. */
export interface AskMessage {
  /** When it went to one person: the id. */
  person?: string
  ref: MessageRef
  /** Why it was sent, if not as the question itself: as a reminder, or instead of others (ids). */
  why?: 'reminder' | { insteadOf: string[] }
}

/** A question that was put to people: everything needed to draw it anew and to decide whether it is over. */
export interface Ask {
  id: string
  step: string
  visit: number
  /** The asking action's type and its settings with references filled in. */
  type: string
  settings: Record<string, unknown>
  mode: AskRequest['answers']
  changeable: boolean
  asked: Person[]
  channel?: ChannelRef
  /** Everybody who can read the channel may answer. */
  anyone: boolean
  /** Where it stands; empty until it has been sent. */
  messages: AskMessage[]
  /** Who of those asked was asked later, instead of whom. */
  standIns: StandIn[]
  /** What is still to be done about those who do not answer; undefined when nothing ever was. */
  ladder?: { to?: NonNullable<Ladder['escalate']>['to']; working: boolean; rungs: Rung[] }
  /** ISO instant. */
  until?: string
  over?: AskOver
}

/** Finds out who and where is meant by a request. Throws Trouble when nobody or no such channel is. */
export async function addressAsk(
  request: AskRequest,
  visit: { id: string; step: string; visit: number; type: string; settings: Record<string, unknown> },
  services: Services,
): Promise<Ask> {
  const base = { ...visit, mode: request.answers, changeable: request.changeable, messages: [], standIns: [] }
  const plan = (asked: Person[]): Pick<Ask, 'until' | 'ladder'> => {
    const { until, rungs } = planRungs(request, asked, services.clock.now(), 'people' in request.to)
    const to = request.ladder?.escalate?.to
    return {
      ...(until ? { until: until.toISOString() } : {}),
      ...(rungs.length > 0 ? { ladder: { rungs, working: request.ladder?.working ?? false, ...(to ? { to } : {}) } } : {}),
    }
  }
  if ('people' in request.to) {
    const asked = await everybody(request.to.people, services)
    return { ...base, asked, anyone: false, ...plan(asked) }
  }
  const channel = await services.chat.findChannel(request.to.channel)
  const asked = request.only ? await everybody(request.only, services) : await services.people.inChannel(channel)
  return { ...base, asked, channel, anyone: !request.only, ...plan(asked) }
}

async function everybody(people: readonly (string | { id: string })[], services: Services): Promise<Person[]> {
  const found = await Promise.all(people.map((who) => services.people.find(who)))
  return [...new Map(found.map((person) => [person.id, person])).values()]
}

/** What the journal keeps about a question. */
export function askedData(ask: Ask): AskedData {
  return {
    ask: ask.id,
    people: ask.anyone ? [] : ask.asked.map(({ id, name }) => ({ id, name })),
    ...(ask.channel ? { channel: ask.channel } : {}),
    anyone: ask.anyone,
    ...(askedLater(ask).size > 0 ? { working: true } : {}),
    ...(ask.until ? { until: ask.until } : {}),
    settings: ask.settings,
  }
}

/** A question may wait for weeks, and the action may have been given settings meanwhile, which then mean what they mean unset. */
function settingsOf(action: Action, { settings }: Ask): Record<string, unknown> {
  return parseSettings(action.settings, settings).data ?? settings
}

/** What is thrown when a version names an asking action that no longer asks: a defect, never a person's fault. */
function askingOf(action: Action): Asking<Record<string, unknown>> {
  if (!action.asking) throw new Error(`The action “${action.type}” does not ask anybody.`)
  return action.asking
}

/**
 * The question as it should look now, to one person or (without) to a channel in the workspace's language. A message that was sent
 * for another reason than to put the question says so above it while an answer is wanted.
 */
export function drawAsk(action: Action, ask: Ask, answers: Answer[], language: string, message: Omit<AskMessage, 'ref'> = {}): Message {
  const drawn = askingOf(action).show({
    settings: settingsOf(action, ask),
    answers,
    asked: ask.asked,
    standIns: ask.standIns,
    language,
    ...(ask.until ? { until: new Date(ask.until) } : {}),
    ...(ask.over ? { over: ask.over } : {}),
  })
  const above = ask.over ? undefined : reasonLine(action, ask, answers, language, message)
  return above === undefined ? drawn : { ...drawn, text: `_${above}_\n\n${drawn.text}` }
}

/** Beyond so many, a reminder in a channel counts the people instead of naming them all. */
const mostMentions = 10

function reasonLine(
  action: Action,
  ask: Ask,
  answers: Answer[],
  language: string,
  { why, person }: Omit<AskMessage, 'ref'>,
): string | undefined {
  if (why === undefined) return undefined
  if (why !== 'reminder') {
    const names = listNames(
      ask.asked.filter(({ id }) => why.insteadOf.includes(id)),
      language,
    )
    const several = why.insteadOf.length > 1
    return plain(
      say(
        {
          en: `You are asked because ${names} ${several ? 'have' : 'has'} not answered.`,
          fr: `Cette question vous revient, car ${names} ${several ? 'n’ont' : 'n’a'} pas répondu.`,
        },
        language,
      ),
    )
  }
  const missing = person === undefined && !isAnonymous(action, ask) ? missingOf(ask.asked, answers, ask.standIns) : []
  if (missing.length === 0) return say({ en: 'A reminder:', fr: 'Petit rappel :' }, language)
  if (missing.length > mostMentions)
    return say(
      {
        en: `A reminder: ${missing.length} people have not answered yet.`,
        fr: `Petit rappel : ${missing.length} personnes n’ont pas encore répondu.`,
      },
      language,
    )
  const mentions = missing.map(({ id }) => `<@${id}>`).join(', ')
  return say({ en: `A reminder for ${mentions}:`, fr: `Petit rappel pour ${mentions} :` }, language)
}

/** True when nobody must learn who answered. */
export function isAnonymous(action: Action, ask: Ask): boolean {
  return askingOf(action).anonymous?.(settingsOf(action, ask)) ?? false
}

/** The outcome if the question is over. */
export function settleAsk(
  action: Action,
  ask: Ask,
  answers: Answer[],
  language: string,
  timeUp: boolean,
): { exit: string; data: Record<string, unknown> } | undefined {
  return askingOf(action).settle({ settings: settingsOf(action, ask), answers, asked: ask.asked, standIns: ask.standIns, language, timeUp })
}

/** Those to whom the question is put only once they work again. */
function askedLater(ask: Ask): Set<string> {
  return new Set((ask.ladder?.rungs ?? []).flatMap(({ what, people }) => (what === 'ask' ? people : [])))
}

/** Sends the question to everybody it is for, except to those who are asked later. A repeat with the same key sends nothing twice where the platform can tell. */
export async function postAsk(action: Action, ask: Ask, services: Services, key: string, language: string): Promise<Ask['messages']> {
  const chat = services.chat
  if (ask.channel) {
    const { channel, message } = await chat.send({
      to: { channel: ask.channel },
      message: drawAsk(action, ask, [], language),
      key,
      ask: ask.id,
    })
    return [{ ref: { channel, message } }]
  }
  const later = askedLater(ask)
  const now = ask.asked.filter(({ id }) => !later.has(id))
  return Promise.all(
    now.map(async (person) => {
      const { channel, message } = await chat.send({
        to: { person },
        message: drawAsk(action, ask, [], person.language),
        key: `${key}/${person.id}`,
        ask: ask.id,
      })
      return { person: person.id, ref: { channel, message } }
    }),
  )
}

/** Brings all messages of a question up to date (a live tally, who took it, "no longer needed"). */
export async function redrawAsk(action: Action, ask: Ask, answers: Answer[], services: Services, language: string): Promise<void> {
  const languages = new Map(ask.asked.map((person) => [person.id, person.language]))
  await Promise.all(
    ask.messages.map(({ ref, ...message }) =>
      services.chat.edit({
        ref,
        message: drawAsk(action, ask, answers, (message.person && languages.get(message.person)) || language, message),
      }),
    ),
  )
}
