import { useCallback } from 'react'
import { useDrafts } from './drafts.ts'
import { typeMentions } from './mentions.ts'
import { deliver, type Unsent, useOutbox } from './outbox.ts'
import { useDirectory } from '../people.ts'
import { placeKey } from '../place.ts'

/** What can be done with something that could not be sent: try again, or take it back into the field to change it. */
export function useSending(): { retry(unsent: Unsent): void; rewrite(unsent: Unsent): void } {
  const people = useDirectory()
  const retry = useCallback((unsent: Unsent) => void deliver(unsent), [])
  const rewrite = useCallback(
    (unsent: Unsent) => {
      const key = placeKey(unsent.place)
      const drafts = useDrafts.getState()
      drafts.keep(key, [typeMentions(unsent.text, people), drafts.texts[key]].filter(Boolean).join('\n'))
      useOutbox.getState().drop(unsent.key)
    },
    [people],
  )
  return { retry, rewrite }
}
