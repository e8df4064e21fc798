/** Where one reads and writes: a channel's main stream, or one thread of it. */
export interface Place {
  channel: string
  /** Id of the thread's first message. */
  thread?: string
}

/** One text for a place, to keep drafts and unsent messages under. */
export const placeKey = ({ channel, thread }: Place): string => (thread ? `${channel}/${thread}` : channel)
