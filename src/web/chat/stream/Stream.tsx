import { Button, Skeleton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react'
import { m } from '#messages'
import { wordsOf } from '../../data/trouble.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { type Unsent, unsentIn, useOutbox } from '../composer/outbox.ts'
import { PendingRow } from '../composer/PendingRow.tsx'
import { day } from '../time.ts'
import { arrange, type Missed, standsWith } from './arranging.ts'
import type { ChatMessage } from './message.ts'
import { MessageRow } from './MessageRow.tsx'
import { useScrolling } from './scrolling.ts'
import type { OpenStream } from './stream.ts'
import classes from './Stream.module.css'
import { useTalk } from './talk.ts'

interface Shown {
  stream: OpenStream
  label: string
  /** What is marked as new. */
  missed: Missed | undefined
  /** A message to go to, marked for a moment. */
  sought: string | undefined
  editing: string | undefined
  setEditing(id: string | undefined): void
  /** Shown at the very beginning of the conversation. */
  beginning: ReactNode
  /** Whether a short conversation stands at the top, below what it is about, or at the bottom, where one writes. */
  from?: 'top' | 'bottom'
  /** Told whenever the reader is at the end, with the newest message there. */
  reached(number: number): void
  deliver(unsent: Unsent): void
  rewrite(unsent: Unsent): void
}

/** A conversation: days, authors, messages; grows upwards while one scrolls, and follows what is said at its end. */
export function Stream({
  stream,
  label,
  missed,
  sought,
  editing,
  setEditing,
  beginning,
  from = 'bottom',
  reached,
  deliver,
  rewrite,
}: Shown) {
  const { place, me } = useTalk()
  const { stretch, error, load, goToNewest } = stream
  const unsent = useOutbox((outbox) => outbox.unsent)
  const [active, setActive] = useState<string>()
  const messages = stretch?.messages
  const waiting = useMemo(() => {
    const known = new Set(messages?.map((message) => message.id))
    return unsentIn(unsent, place).filter((one) => !one.messageId || !known.has(one.messageId))
  }, [unsent, place, messages])
  const lines = useMemo(() => arrange(messages ?? [], missed, me), [messages, missed, me])
  const all = useMemo(() => [...lines, ...waiting], [lines, waiting])
  const { area, atEnd, toEnd } = useScrolling(all, { older: stretch?.older ?? false, newer: stretch?.newer ?? false, load })

  useForgetSent(messages)
  const last = messages?.at(-1)?.number ?? 0
  const tellReached = useEffectEvent(() => atEnd && stretch && !stretch.newer && document.hasFocus() && reached(last))
  useEffect(() => {
    const tell = () => void tellReached()
    tell()
    window.addEventListener('focus', tell)
    return () => window.removeEventListener('focus', tell)
  }, [last, atEnd])

  // Told live as a rule; asked for all the same, in case nothing can be told just now.
  const sent = waiting.findLast((one) => one.state === 'sent')?.key
  const { catchUp } = stream
  useEffect(() => {
    if (sent) void catchUp()
  }, [sent, catchUp])

  const found = useRef<string>(undefined)
  useEffect(() => {
    if (!sought || found.current === sought) return
    const row = area.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(sought)}"]`)
    if (!row) return
    found.current = sought
    row.scrollIntoView({ block: 'center' })
    row.focus({ preventScroll: true })
  }, [sought, lines, area])

  const pointAt = (event: MouseEvent | FocusEvent) =>
    setActive(event.target instanceof Element ? event.target.closest<HTMLElement>('[data-message]')?.dataset['message'] : undefined)
  const newest = () => {
    if (stretch?.newer) void goToNewest().then(toEnd, tellTrouble)
    else toEnd()
  }
  // Whoever says something wants to see it, wherever they were.
  const sending = waiting.findLast((one) => one.state === 'sending')?.key
  const follow = useEffectEvent(newest)
  useEffect(() => {
    if (sending) follow()
  }, [sending])

  return (
    <div className={classes.frame}>
      <div
        ref={area}
        className={classes.area}
        role="log"
        // What is said is read aloud as it comes; what is loaded from the past is not.
        aria-live={atEnd ? 'polite' : 'off'}
        aria-relevant="additions"
        aria-label={label}
        aria-busy={!stretch}
        tabIndex={0}
        // A finger points by tapping and then stays; only a mouse hovers and leaves.
        onClick={pointAt}
        onPointerOver={(event) => event.pointerType === 'mouse' && pointAt(event)}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(undefined)}
        onFocus={pointAt}
        onKeyDown={walk}
      >
        <div className={classes.lines} data-from={from}>
          {!stretch && !error && <Waiting />}
          {error && !stretch && (
            <div className={classes.trouble} role="alert">
              <p>{wordsOf(error)}</p>
              <Button variant="default" onClick={() => void stream.goToNewest().catch(() => undefined)}>
                {m.chat_retry()}
              </Button>
            </div>
          )}
          {stretch?.older && <p className={classes.earlier}>{m.chat_earlier()}</p>}
          {stretch && !stretch.older && beginning}
          {lines.map((line) => (
            // A day's line moves up when older messages of the day are loaded, so only messages hold their place.
            <div key={line.key} data-line={line.kind === 'message' ? line.key : undefined}>
              {line.kind === 'day' && (
                <div className={classes.day}>
                  <span>{day(line.at)}</span>
                </div>
              )}
              {line.kind === 'unread' && (
                <div className={classes.unread}>
                  <span>{m.chat_new()}</span>
                </div>
              )}
              {line.kind === 'message' && (
                <MessageRow
                  message={line.message}
                  head={line.head}
                  active={active === line.message.id}
                  sought={sought === line.message.id}
                  editing={editing === line.message.id}
                  setEditing={setEditing}
                />
              )}
            </div>
          ))}
          {!stretch?.newer &&
            waiting.map((one, index) => (
              <div key={one.key} data-line={one.key}>
                <PendingRow
                  unsent={one}
                  head={beginsAnew(index === 0 ? messages?.at(-1) : undefined, index, one, me)}
                  retry={() => deliver(one)}
                  rewrite={() => rewrite(one)}
                />
              </div>
            ))}
        </div>
      </div>
      {stretch && !atEnd && (
        <Button
          className={classes.newest}
          size="xs"
          radius="xl"
          variant="default"
          leftSection={<IconArrowDown size={15} aria-hidden />}
          onClick={newest}
        >
          {m.chat_newest()}
        </Button>
      )}
    </div>
  )
}

/** Whether something unsent is shown with its author: as it will be once it is sent, so that nothing jumps then. */
function beginsAnew(previous: ChatMessage | undefined, index: number, unsent: Unsent, me: string): boolean {
  if (index > 0) return false
  return !previous || !standsWith(previous, { person_id: me, sender: null, ask_id: null, at: new Date(unsent.at).toISOString() })
}

/** Arrow keys walk from message to message. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget } = event
  const onRow = target instanceof HTMLElement && (target === currentTarget || target.hasAttribute('data-message'))
  if (!onRow || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
  event.preventDefault()
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-message]')]
  const now = rows.findIndex((row) => row === target)
  const next = now < 0 ? rows.at(-1) : rows[now + (event.key === 'ArrowUp' ? -1 : 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** Forgets what was sent once it stands in the conversation. */
function useForgetSent(messages: readonly { id: string }[] | undefined): void {
  const unsent = useOutbox((outbox) => outbox.unsent)
  useEffect(() => {
    const known = new Set(messages?.map((message) => message.id))
    for (const one of unsent) if (one.messageId && known.has(one.messageId)) useOutbox.getState().drop(one.key)
  }, [messages, unsent])
}

function Waiting() {
  return (
    <div className={classes.waiting} role="status" aria-label={m.chat_loading()}>
      {[64, 38, 82, 50, 71].map((width) => (
        <div key={width} className={classes.waitingRow}>
          <Skeleton width={36} height={36} radius="md" />
          <div>
            <Skeleton width={120} height={12} mb={10} />
            <Skeleton width={`${width}%`} height={12} />
          </div>
        </div>
      ))}
    </div>
  )
}
