import type { ChatMessage } from './message.ts'

/** One line of a conversation as it stands on the screen. */
export type Line =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  /** `head`: shown with its author; the ones that follow at once go under the same author. */
  | { kind: 'message'; key: string; message: ChatMessage; head: boolean }

/** Messages of one author within this long of each other stand together, in milliseconds. */
const together = 5 * 60_000

/** A calendar day in the reader's time zone, as a text that tells days apart. */
const dayOf = (at: string) => new Date(at).toDateString()

const authorOf = (message: Pick<ChatMessage, 'person_id' | 'sender'>) => message.person_id ?? `mission/${message.sender ?? ''}`

/** Whether something goes under the author of the message before it: same author, soon after, and neither is a question or began a thread. */
export function standsWith(previous: ChatMessage, next: Pick<ChatMessage, 'person_id' | 'sender' | 'ask_id' | 'at'>): boolean {
  return (
    !previous.deleted_at &&
    previous.replies === 0 &&
    // A question stands for itself, with its buttons and its note.
    !next.ask_id &&
    !previous.ask_id &&
    authorOf(previous) === authorOf(next) &&
    dayOf(previous.at) === dayOf(next.at) &&
    Date.parse(next.at) - Date.parse(previous.at) < together
  )
}

/** What came while one was away: the messages after one number, up to another. */
export interface Missed {
  after: number
  upTo: number
}

/**
 * Puts messages (oldest first) in lines: a new day, what one missed, who speaks. A deleted message leaves a line only if others
 * answered it.
 */
export function arrange(messages: readonly ChatMessage[], missed: Missed | undefined, me: string): Line[] {
  const lines: Line[] = []
  let previous: ChatMessage | undefined
  let marked = missed === undefined
  for (const message of messages) {
    if (message.deleted_at && message.replies === 0) continue
    const sameDay = previous !== undefined && dayOf(previous.at) === dayOf(message.at)
    if (!sameDay) lines.push({ kind: 'day', key: `day ${dayOf(message.at)}`, at: message.at })
    const unread =
      !marked && missed !== undefined && message.number > missed.after && message.number <= missed.upTo && message.person_id !== me
    if (unread) {
      marked = true
      lines.push({ kind: 'unread', key: 'unread' })
    }
    const follows = previous !== undefined && sameDay && !unread && !message.deleted_at && standsWith(previous, message)
    lines.push({ kind: 'message', key: message.id, message, head: !follows })
    previous = message
  }
  return lines
}
