import type { Action, Answer, AskRequest, Asking } from '../catalogue/define.ts'
import type { Person, Services } from '../catalogue/services.ts'
import type { Message, MessageRef } from '../platforms/message.ts'
import type { ChannelRef } from '../platforms/platform.ts'
import type { AskedData } from './progress.ts'

/** How a question ended. */
export type AskOver = 'answered' | 'timeout' | 'cancelled'

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
  /** Where it stands; empty until it has been sent. `person` when it went to one person. */
  messages: { person?: string; ref: MessageRef }[]
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
  const base = {
    ...visit,
    mode: request.answers,
    changeable: request.changeable,
    messages: [],
    ...(request.until ? { until: request.until.toISOString() } : {}),
  }
  if ('people' in request.to) {
    const asked = await everybody(request.to.people, services)
    return { ...base, asked, anyone: false }
  }
  const channel = await services.chat.findChannel(request.to.channel)
  const asked = request.only ? await everybody(request.only, services) : await services.people.inChannel(channel)
  return { ...base, asked, channel, anyone: !request.only }
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
    ...(ask.until ? { until: ask.until } : {}),
    settings: ask.settings,
  }
}

/** What is thrown when a version names an asking action that no longer asks: a defect, never a person's fault. */
function askingOf(action: Action): Asking<Record<string, unknown>> {
  if (!action.asking) throw new Error(`The action “${action.type}” does not ask anybody.`)
  return action.asking
}

/** The question as it should look now, to one person or (without) to a channel in the workspace's language. */
export function drawAsk(action: Action, ask: Ask, answers: Answer[], language: string): Message {
  return askingOf(action).show({
    settings: ask.settings,
    answers,
    asked: ask.asked,
    language,
    ...(ask.until ? { until: new Date(ask.until) } : {}),
    ...(ask.over ? { over: ask.over } : {}),
  })
}

/** The outcome if the question is over. */
export function settleAsk(
  action: Action,
  ask: Ask,
  answers: Answer[],
  language: string,
  timeUp: boolean,
): { exit: string; data: Record<string, unknown> } | undefined {
  return askingOf(action).settle({ settings: ask.settings, answers, asked: ask.asked, language, timeUp })
}

/** Sends the question to everybody it is for. A repeat with the same key sends nothing twice where the platform can tell. */
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
  return Promise.all(
    ask.asked.map(async (person) => {
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
    ask.messages.map(({ person, ref }) =>
      services.chat.edit({ ref, message: drawAsk(action, ask, answers, (person && languages.get(person)) || language) }),
    ),
  )
}
