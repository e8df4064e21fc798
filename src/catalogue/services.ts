import type { Message, MessageRef } from '../platforms/message.ts'
import type { ChannelRef } from '../platforms/platform.ts'

/** A person as missions see one. Manager and buddy are given one level deep, so their own are always null. */
export interface Person {
  id: string
  name: string
  first_name: string
  email: string
  time_zone: string
  language: string
  manager: Person | null
  buddy: Person | null
}

/** A person in a setting: the id or e-mail address, or a person from earlier data. */
export type PersonSetting = string | { id: string }
/** A channel in a setting: its id or name, or a channel from earlier data. */
export type ChannelSetting = string | { id: string }

/** A message that a mission sent: where it is, and where a person can read it. */
export interface SentMessage extends MessageRef {
  link: string
}

/** The chat of the run's connection. All calls throw Trouble. `key` makes a repeat after a crash harmless. */
export interface ChatService {
  send(input: {
    to: { person: PersonSetting } | { channel: ChannelSetting }
    message: Message
    thread?: MessageRef
    key: string
    ask?: string
  }): Promise<SentMessage>
  edit(input: { ref: MessageRef; message: Message }): Promise<void>
  /** Throws Refused when there is no such channel. */
  findChannel(channel: ChannelSetting): Promise<ChannelRef>
  createChannel(input: { name: string; private: boolean; topic: string; key: string }): Promise<ChannelRef>
  invite(input: { channel: ChannelSetting; people: PersonSetting[] }): Promise<{ channel: ChannelRef; people: Person[] }>
  setTopic(input: { channel: ChannelSetting; topic: string }): Promise<{ channel: ChannelRef }>
}

/** Outgoing web calls: guarded (no private addresses), limited in time and size. */
export interface HttpService {
  call(input: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
    url: string
    headers: Record<string, string>
    body?: string
    key: string
  }): Promise<{ status: number; body: unknown }>
}

/** Mail by SMTP. */
export interface MailService {
  send(input: { to: string[]; subject: string; text: string; key: string }): Promise<{ id: string }>
}

/** A cell of a table row. */
export type Cell = string | number | boolean | null

/** Tables that missions keep. A table that does not exist is created by its first row. */
export interface TableService {
  add(input: { table: string; row: Record<string, Cell>; key: string }): Promise<{ id: string }>
  find(input: {
    table: string
    where: Record<string, Cell>
    limit: number
  }): Promise<{ id: string; values: Record<string, Cell>; added: string }[]>
}

/** The directory. */
export interface PeopleService {
  /** Throws Refused when nobody is meant by it. */
  find(who: PersonSetting): Promise<Person>
  inChannel(channel: ChannelSetting): Promise<Person[]>
}

/** What time it is; the rehearsal's clock is simulated. */
export interface ClockService {
  now(): Date
}

/** The ports through which an action touches the world. */
export interface Services {
  chat: ChatService
  http: HttpService
  mail: MailService
  tables: TableService
  people: PeopleService
  clock: ClockService
}
