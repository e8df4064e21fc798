import type { Message, MessageRef } from '../message.ts'
import type { ChannelRef, Destination } from '../platform.ts'

/** Where the chat's rooms are kept: what the server does for this platform. All calls throw Trouble. */
export interface Rooms {
  /** Posts as a mission. A key seen before posts nothing and gives the first message. */
  post(input: {
    workspaceId: string
    /** Shown as the author; the mission's name. */
    sender: string
    runId?: string
    to: Destination
    message: Message
    /** Id of the message whose thread this belongs to. */
    thread?: string
    key: string
    ask?: string
  }): Promise<MessageRef>
  /** Replaces what a mission's message says. */
  edit(input: { workspaceId: string; ref: MessageRef; message: Message }): Promise<void>
  /** Makes a channel. A key seen before gives the channel made then; a name taken by another is refused. */
  create(input: { workspaceId: string; name: string; private: boolean; topic: string; key: string }): Promise<ChannelRef>
  /** Lets people in; those who are in already stay. */
  invite(input: { workspaceId: string; channel: string; people: string[] }): Promise<void>
  setTopic(input: { workspaceId: string; channel: string; topic: string }): Promise<void>
  /** By id, or by name as {@link channelName} writes it. */
  find(input: { workspaceId: string; nameOrId: string }): Promise<ChannelRef | undefined>
  members(input: { workspaceId: string; channel: string }): Promise<string[]>
}

/** Slack's limit, so that a mission that works here works there. */
const longestName = 80

/**
 * A channel's name as it is kept: lower case, letters and digits of any script, with dashes for everything between them
 * (`#Onboarding of Ana!` → `onboarding-of-ana`). Empty when nothing of it can be kept.
 */
export function channelName(wanted: string): string {
  return wanted
    .normalize('NFC')
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '')
}
