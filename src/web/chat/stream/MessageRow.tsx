import { IconAlertCircle, IconCircleCheck, IconLock } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { m } from '#messages'
import { Face, MissionFace } from '../Face.tsx'
import { useDirectory } from '../people.ts'
import { clock, fullTime, moment } from '../time.ts'
import { Buttons } from './Buttons.tsx'
import type { ChatMessage } from './message.ts'
import { MessageEdit } from './MessageEdit.tsx'
import classes from './MessageRow.module.css'
import { MessageText } from './MessageText.tsx'
import { MessageTools } from './MessageTools.tsx'
import { Reactions } from './Reactions.tsx'
import { Tally } from './Tally.tsx'
import { useTalk } from './talk.ts'
import { useWhispers } from './whispers.ts'

interface Row {
  message: ChatMessage
  /** Shown with its author. */
  head: boolean
  /** Pointed at or focused: its tools are shown. */
  active: boolean
  /** Just gone to from elsewhere. */
  sought: boolean
  /** Being changed by its author. */
  editing: boolean
  setEditing(id: string | undefined): void
}

/** One message. Drawn again only when something about it has changed. */
export const MessageRow = memo(function MessageRow({ message, head, active, sought, editing, setEditing }: Row) {
  const people = useDirectory()
  const { openThread } = useTalk()
  const [held, setHeld] = useState(false)
  const { body } = message
  const name = message.person_id ? (people.get(message.person_id)?.name ?? m.chat_somebody()) : (message.sender ?? m.chat_missions())
  const gone = message.deleted_at !== null

  return (
    <article
      className={classes.row}
      data-message={message.id}
      data-head={head || undefined}
      data-active={active || held || undefined}
      data-sought={sought || undefined}
      tabIndex={-1}
      aria-label={m.chat_message_label({ name, time: moment(message.at) })}
    >
      <div className={classes.side}>
        {head ? (
          message.person_id ? (
            <Face id={message.person_id} name={name} />
          ) : (
            <MissionFace />
          )
        ) : (
          <time className={classes.sideTime} dateTime={message.at} aria-hidden>
            {clock(message.at)}
          </time>
        )}
      </div>
      <div className={classes.main}>
        {head && (
          <div className={classes.author}>
            <span className={classes.name}>{name}</span>
            {!message.person_id && <span className={classes.badge}>{m.chat_mission()}</span>}
            <time className={classes.time} dateTime={message.at} title={fullTime(message.at)}>
              {clock(message.at)}
            </time>
          </div>
        )}
        {gone ? (
          <p className={classes.gone}>{m.chat_deleted()}</p>
        ) : editing ? (
          <MessageEdit message={message} close={() => setEditing(undefined)} />
        ) : (
          <>
            {body.text !== '' && <MessageText text={body.text} />}
            {message.edited_at && message.person_id && (
              <span className={classes.edited} title={fullTime(message.edited_at)}>
                {m.chat_edited()}
              </span>
            )}
            {body.bars && body.bars.length > 0 && <Tally bars={body.bars} />}
            {body.buttons && body.buttons.length > 0 && <Buttons messageId={message.id} buttons={body.buttons} />}
            {body.note && <p className={classes.note}>{body.note}</p>}
            <Told messageId={message.id} />
            {message.reactions.length > 0 && <Reactions message={message} />}
          </>
        )}
        {openThread && message.replies > 0 && (
          <button type="button" className={classes.replies} onClick={() => openThread(message.id)}>
            <strong>{m.chat_replies({ count: message.replies })}</strong>
            {message.replied_at && <span>{m.chat_last_reply({ time: moment(message.replied_at) })}</span>}
          </button>
        )}
      </div>
      {(active || held) && !gone && !editing && <MessageTools message={message} hold={setHeld} edit={() => setEditing(message.id)} />}
    </article>
  )
})

/** What pressing a button came to: said to the one who pressed, and to nobody else. */
function Told({ messageId }: { messageId: string }) {
  const told = useWhispers((whispers) => whispers.byPlace[messageId])
  return (
    <div role="status" aria-live="polite">
      {told && (
        <p className={classes.told} data-refused={!told.accepted || undefined}>
          {told.accepted ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertCircle size={16} aria-hidden />}
          <span>{told.text}</span>
          <span className={classes.private}>
            <IconLock size={13} aria-hidden /> {m.chat_only_you()}
          </span>
        </p>
      )}
    </div>
  )
}
