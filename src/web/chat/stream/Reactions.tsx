import { Tooltip } from '@mantine/core'
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
  if (message.reactions.length === 0) return null
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ emoji, people: ids }) => {
        const names = ids.map((id) => (id === talk.me ? m.chat_you() : (people.get(id)?.name ?? m.chat_somebody()))).join(', ')
        return (
          <Tooltip key={emoji} label={names} multiline maw={260}>
            <button
              type="button"
              className={classes.reaction}
              aria-pressed={ids.includes(talk.me)}
              aria-label={m.chat_reaction({ emoji, names })}
              disabled={!talk.writable}
              onClick={() => void react(talk, message, emoji)}
            >
              <span aria-hidden>{emoji}</span>
              <span aria-hidden className={classes.count}>
                {ids.length}
              </span>
            </button>
          </Tooltip>
        )
      })}
    </div>
  )
}
