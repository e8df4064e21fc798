import { VisuallyHidden } from '@mantine/core'
import { m } from '#messages'
import { useDirectory } from '../people.ts'
import type { ChatMessage } from './message.ts'
import { react } from './reacting.ts'
import classes from './Reactions.module.css'
import { useTalk } from './talk.ts'

/** The reactions below a message; pressing one adds or removes one's own. */
export function Reactions({ message }: { message: ChatMessage }) {
  const talk = useTalk()
  const people = useDirectory()
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ emoji, people: ids }) => {
        const names = ids.map((id) => (id === talk.me ? m.chat_you() : (people.get(id)?.name ?? m.chat_somebody()))).join(', ')
        return (
          <button
            key={emoji}
            type="button"
            className={classes.reaction}
            title={names}
            aria-pressed={ids.includes(talk.me)}
            disabled={!talk.writable}
            onClick={() => void react(talk, message, emoji)}
          >
            <span>{emoji}</span>
            <span className={classes.count}>{ids.length}</span>
            <VisuallyHidden>{names}</VisuallyHidden>
          </button>
        )
      })}
    </div>
  )
}
