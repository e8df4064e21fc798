import { createContext, useContext } from 'react'
import type { Place } from '../place.ts'
import type { OpenStream } from './stream.ts'

/** What every row of a conversation needs to act in it. */
export interface Talk {
  place: Place
  /** The person at this screen. */
  me: string
  /** Whether one may write and react here. */
  writable: boolean
  stream: Pick<OpenStream, 'catchUp' | 'foresee'>
  /** Opens a message's thread; absent inside a thread. */
  openThread?(messageId: string): void
}

export const TalkContext = createContext<Talk | undefined>(undefined)

/** The conversation a row stands in. */
export function useTalk(): Talk {
  const talk = useContext(TalkContext)
  if (!talk) throw new Error('A message is drawn outside a conversation.')
  return talk
}
