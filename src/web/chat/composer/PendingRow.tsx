import { Anchor } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { Face } from '../Face.tsx'
import classes from '../stream/MessageRow.module.css'
import { MessageText } from '../stream/MessageText.tsx'
import { clock } from '../time.ts'
import { type Unsent, useOutbox } from './outbox.ts'
import own from './PendingRow.module.css'

interface Pending {
  unsent: Unsent
  /** Shown with one's name. */
  head: boolean
  retry(): void
  /** Puts the text back where it was written. */
  rewrite(): void
}

/** What one has just written: shown at once, and if it could not be sent, why and what can be done. */
export function PendingRow({ unsent, head, retry, rewrite }: Pending) {
  const { person } = useSession()
  const drop = useOutbox((outbox) => outbox.drop)
  const failed = unsent.state === 'failed'
  return (
    <article
      className={classes.row}
      data-head={head || undefined}
      data-sending={!failed || undefined}
      tabIndex={-1}
      aria-label={failed ? m.chat_not_sent() : m.chat_sending()}
    >
      <div className={classes.side}>{head && <Face id={person.id} name={person.name} />}</div>
      <div className={classes.main}>
        {head && (
          <div className={classes.author}>
            <span className={classes.name}>{person.name}</span>
            <span className={classes.time}>{clock(new Date(unsent.at).toISOString())}</span>
          </div>
        )}
        <div className={failed ? undefined : own.sending}>
          <MessageText text={unsent.text} />
        </div>
        {unsent.state === 'failed' && (
          <div role="alert" className={own.failed}>
            <IconAlertCircle size={16} aria-hidden />
            <span>{unsent.why ?? m.chat_not_sent()}</span>
            {!unsent.refused && (
              <Anchor component="button" type="button" size="sm" onClick={retry}>
                {m.chat_retry()}
              </Anchor>
            )}
            <Anchor component="button" type="button" size="sm" onClick={rewrite}>
              {m.chat_change()}
            </Anchor>
            <Anchor component="button" type="button" size="sm" onClick={() => drop(unsent.key)}>
              {m.chat_discard()}
            </Anchor>
          </div>
        )}
      </div>
    </article>
  )
}
