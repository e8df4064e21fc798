import type { Ability } from '../mission/abilities.ts'
import type { Words } from '../mission/words.ts'
import type { Message, MessageLimits, MessageRef } from './message.ts'

/** What a platform can do at all; the check tells what a step loses where one is missing. */
export type Abilities = Record<Ability, boolean>

/** A platform as people see it. */
export interface PlatformCard {
  id: string
  title: Words
  summary: Words
  abilities: Abilities
  limits: MessageLimits
}

/** A channel as a platform knows it. */
export interface ChannelRef {
  id: string
  name: string
}

/** Where a message goes: a channel, or a person (directly); both by the platform's own id. */
export type Destination = { channel: string } | { person: string }

/** What a platform sends: platform ids only. `key` makes a repeat harmless where the platform can. */
export interface Chat {
  send(input: { to: Destination; message: Message; thread?: string; key: string; ask?: string }): Promise<MessageRef>
  edit(input: { ref: MessageRef; message: Message }): Promise<void>
  createChannel(input: { name: string; private: boolean; topic: string; key: string }): Promise<ChannelRef>
  invite(input: { channel: string; people: string[] }): Promise<void>
  setTopic(input: { channel: string; topic: string }): Promise<void>
  /** By id or name (with or without #); undefined when there is none. */
  findChannel(nameOrId: string): Promise<ChannelRef | undefined>
  members(channel: string): Promise<string[]>
}

/** What happens in a chat and may start a mission. People and channels by the platform's own ids. */
export type ChatEvent =
  | { kind: 'command'; name: string; text: string; channel: ChannelRef; person: string }
  | { kind: 'person-joined-workspace'; person: string }
  | { kind: 'person-joined-channel'; person: string; channel: ChannelRef }
  | { kind: 'channel-created'; person: string; channel: ChannelRef }
  | { kind: 'message'; text: string; person: string; channel: ChannelRef; direct: boolean; ref: MessageRef; thread?: string }
  | { kind: 'reaction-added'; emoji: string; person: string; channel: ChannelRef; ref: MessageRef; text: string }

/** A platform: one folder. `open` turns a connection's credentials into something that can send. */
export interface Platform<Credentials> {
  card: PlatformCard
  open(credentials: Credentials): Chat
}
