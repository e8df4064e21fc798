import type { z } from 'zod'
import type { FieldValue } from '../mission/form.ts'
import type { Need } from '../mission/abilities.ts'
import type { Datum, Exit } from '../mission/kinds.ts'
import type { Words } from '../mission/words.ts'
import type { Message } from '../platforms/message.ts'
import type { ChannelRef } from '../platforms/platform.ts'
import type { Ladder, StandIn } from './ladder.ts'
import type { ChannelSetting, Person, PersonSetting, SentMessage, Services } from './services.ts'

export type { FieldValue } from '../mission/form.ts'
export type { Datum, Exit } from '../mission/kinds.ts'
export type { Words } from '../mission/words.ts'
export { evaluate } from '../mission/data.ts'
export { plain } from '../mission/value.ts'
export { say } from '../mission/words.ts'
export type { Button, Message } from '../platforms/message.ts'
export type { ChannelSetting, Person, PersonSetting, SentMessage, Services } from './services.ts'
export * as asking from './asking.ts'
export * as calendar from './calendar.ts'
export { meansChannel } from './channel.ts'
export { instantsOfSchedule, isSchedule, nextOfSchedule } from './cron.ts'
export { fieldData, fieldFaults } from './field.ts'
export type { Ladder, StandIn } from './ladder.ts'
export { readableSchedule } from './timetable.ts'
export * as need from './need.ts'
export * as question from './question.ts'
export * as reply from './reply.ts'
export * as sample from './sample.ts'
export * as setting from './setting.ts'
export { listed, quoted, readable, readableChannel, readableDuration, readablePeople, readablePerson, sentence } from './readable.ts'

/** In which part of the palette an action stands. */
export type ActionGroup = 'people' | 'messages' | 'flow' | 'channels' | 'data' | 'services'

/** What the person who was asked did: the button, and the values of its form. */
export interface Press {
  button: string
  values: Record<string, FieldValue>
}

/** What one person has answered so far. */
export interface Answer {
  person: Person
  /** Buttons pressed; a poll with several votes has several. */
  picked: string[]
  values: Record<string, FieldValue>
  /** ISO instant of the newest change. */
  at: string
}

/** A request to wait for people. The engine sends the messages, takes the answers and keeps the time. */
export interface AskRequest {
  /** One message to each person, or one message in a channel. */
  to: { people: PersonSetting[] } | { channel: ChannelSetting }
  /** In a channel: who may answer; everybody who can read it when absent. */
  only?: PersonSetting[]
  /** `first`: the first answer ends it, and the door tells everybody after who was first. `several`: `settle` decides. */
  answers: 'first' | 'several'
  /** True when a person may answer again until the end. */
  changeable: boolean
  /** How long one may answer: a duration, counted by the calendar of those who are asked. Without it, for ever. */
  within?: string
  /** What is done meanwhile about those who do not answer. */
  ladder?: Ladder
}

/** A request to start other runs, with this one as their parent. The engine starts them, a width at a time, and counts their ends. */
export type RunsRequest =
  /** What this step holds, once per item. */
  | { items: unknown[]; width: number; stopAtFailure: boolean }
  /** The live version of another mission; `wait` for its end, until an instant if there is one. */
  | { mission: string; values: Record<string, unknown>; wait: boolean; until?: Date }

/** What became of one run that a step started. */
export interface ChildRun {
  run: string
  /** Its place in the list, from 1. */
  position: number
  status: 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled'
  /** What its *end* step said, if it came to one. */
  outcome: string | null
  /** What each of its steps gave, by id. */
  steps: Record<string, Record<string, unknown>>
}

/** How a step that starts other runs is left. Pure: the same in the rehearsal, on the server and after a crash. */
export interface Calling<Settings> {
  /**
   * How it is left once no more is waited for; throws Trouble to leave by `failed`, which cancels those that still run. `timeUp` when that is because of
   * the time limit. In `settings`, the list is the list of its items.
   */
  settle(state: { settings: Settings; children: ChildRun[]; timeUp: boolean }): { exit: string; data: Record<string, unknown> }
}

/** What performing a step came to. */
export type Outcome =
  /** Leave now. */
  | { exit: string; data?: Record<string, unknown> }
  /** Leave by `exit` at an instant. */
  | { waitUntil: Date; exit: string; data?: Record<string, unknown> }
  /** Wait for people. */
  | { ask: AskRequest }
  /** Start other runs. */
  | { runs: RunsRequest }

/** What an action's `run` is told. `key` is the same for every repeat of this visit (`run/step/visit`). */
export interface ActionContext<Settings> {
  settings: Settings
  services: Services
  key: string
}

/** What an asking action is told when it draws its message or decides whether it is over. */
export interface AskState<Settings> {
  settings: Settings
  answers: Answer[]
  /** Who was asked; with a channel: those who may answer. Those who were asked later instead of somebody stand among them. */
  asked: Person[]
  /** Who of them was asked later, and instead of whom. */
  standIns?: readonly StandIn[]
  /** The language of whoever reads the message; the workspace's in a channel. */
  language: string
}

/** How an asking action looks and ends. Pure: the same in the rehearsal, on the server and after a crash. */
export interface Asking<Settings> {
  /** The message as it should look now; `over` says how it ended, if it has. */
  show(state: AskState<Settings> & { until?: Date; over?: 'answered' | 'timeout' | 'cancelled' }): Message
  /** True when the journal must not say who answered. */
  anonymous?(settings: Settings): boolean
  /** What a press makes of a person's earlier answer; the press alone when absent. */
  combine?(
    previous: { picked: string[]; values: Record<string, FieldValue> } | undefined,
    press: Press,
  ): { picked: string[]; values: Record<string, FieldValue> }
  /** The outcome if it is over, undefined while more is to come. `timeUp` once `until` has passed: must then return one. */
  settle(state: AskState<Settings> & { timeUp: boolean }): { exit: string; data: Record<string, unknown> } | undefined
}

/** An action: one file in `actions/`. */
export interface Action<Schema extends z.ZodObject = z.ZodObject> {
  type: string
  title: Words
  /** Name of a Tabler icon (`message`, `user-plus`): https://tabler.io/icons. */
  icon: string
  group: ActionGroup
  /** What it is for, one line, in the palette. */
  about: Words
  /** Other words that people look for it by. */
  also?: Words
  /** One plain sentence with the real settings, for cards and outlines. */
  summary(settings: Partial<z.input<Schema>>): Words
  /** Every setting is built with `setting.*`, which carries label and widget. */
  settings: Schema
  /** What it gives to later steps. */
  gives: readonly Datum[] | ((settings: Partial<z.input<Schema>>) => readonly Datum[])
  /** How one leaves, `failed` aside. */
  exits: readonly Exit[] | ((settings: Partial<z.input<Schema>>) => readonly Exit[])
  /** What it needs of the chat it works in. */
  needs?(settings: Partial<z.input<Schema>>): readonly Need[]
  /** Complete settings that work, for the documentation and the conformance test. */
  example: z.input<Schema>
  /** `none`: touches nothing outside the run, so it is performed at once and costs no transaction of its own. */
  effect: 'none' | 'world'
  /** What a repeat after a crash does, in one sentence. */
  repeat: string
  /** Present for actions that wait for people. */
  asking?: Asking<z.output<Schema>>
  /** Present for actions that start other runs. */
  calling?: Calling<z.output<Schema>>
  /** For actions that hold steps, to be run once per item: the setting that has the list. They have an exit `each`, besides the one they are left by. */
  holds?: { list: keyof z.output<Schema> & string }
  /** For actions that wait: whether these settings bound the wait. Absent: always bounded. */
  bounded?(settings: Partial<z.input<Schema>>): boolean
  /** What the schema alone cannot say is wrong, beyond it. */
  check?(settings: Partial<z.input<Schema>>): readonly { setting: string; why: Words; remedy: Words }[]
  run(context: ActionContext<z.output<Schema>>): Promise<Outcome> | Outcome
}

/** Declares an action. The identity function, there for its types. */
export function defineAction<Schema extends z.ZodObject>(action: Action<Schema>): Action<Schema> {
  return action
}

/** What can start a mission, in neutral words. People are already looked up in the directory. */
export type MissionEvent =
  | { kind: 'command'; name: string; text: string; channel: ChannelRef; person: Person }
  | { kind: 'person-joined-workspace'; person: Person }
  | { kind: 'person-joined-channel'; person: Person; channel: ChannelRef }
  | { kind: 'channel-created'; person: Person; channel: ChannelRef }
  | { kind: 'message'; text: string; person: Person; channel: ChannelRef; direct: boolean; message: SentMessage }
  | { kind: 'reaction-added'; emoji: string; person: Person; channel: ChannelRef; message: SentMessage & { text: string } }
  /** `late`: it was missed and is made up for. `missed`: how many instants before it were missed and are not made up for by runs of their own. */
  | { kind: 'schedule'; due: string; late: boolean; missed: number }
  | { kind: 'form'; values: Record<string, FieldValue> }
  | { kind: 'hook'; body: unknown; query: Record<string, string> }
  | { kind: 'hand'; person: Person; values: Record<string, FieldValue> }
  | { kind: 'mission-ended'; mission: { id: string; name: string }; run: { id: string; status: string } }
  | { kind: 'called'; mission: { id: string; name: string }; values: Record<string, unknown> }

/** A kind of event by name. */
export type EventKind = MissionEvent['kind']

/** What is done about instants that were missed: nothing, one run for all of them, or a run for each. */
export type Missed = 'skip' | 'once' | 'all'

/** The instants at which a trigger starts its mission by itself. */
export interface Instants<Settings> {
  /** The next one after an instant; undefined when there is none any more. */
  next(settings: Settings, after: Date): Date | undefined
  /** The newest from one instant to another, both included, in order; at most so many. */
  between(settings: Settings, from: Date, until: Date, most: number): Date[]
  missed(settings: Settings): Missed
}

/** A trigger: one file in `triggers/`. */
export interface TriggerType<Schema extends z.ZodObject = z.ZodObject, Kind extends EventKind = EventKind> {
  type: string
  title: Words
  icon: string
  about: Words
  /** Other words that people look for it by. */
  also?: Words
  summary(settings: Partial<z.input<Schema>>): Words
  settings: Schema
  gives: readonly Datum[] | ((settings: Partial<z.input<Schema>>) => readonly Datum[])
  example: z.input<Schema>
  /** Which kind of event it listens to; only those reach `match`. */
  listens: Kind
  check?(settings: Partial<z.input<Schema>>): readonly { setting: string; why: Words; remedy: Words }[]
  /** Only for triggers that time starts: when. */
  instants?: Instants<z.output<Schema>>
  /** The run's `trigger` data if this event starts the mission, undefined if not. */
  match(settings: z.output<Schema>, event: Extract<MissionEvent, { kind: Kind }>): Record<string, unknown> | undefined
}

/** Declares a trigger. The identity function, there for its types. */
export function defineTrigger<Schema extends z.ZodObject, Kind extends EventKind>(
  trigger: TriggerType<Schema, Kind>,
): TriggerType<Schema, Kind> {
  return trigger
}
