import { Button, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { m } from '#messages'
import { api } from '../data/api.ts'
import { useSession } from '../data/session.ts'
import { tellTrouble } from '../shell/tell.ts'
import { Composer } from './composer/Composer.tsx'
import { useSending } from './composer/sending.ts'
import classes from './Conversation.module.css'
import type { Place } from './place.ts'
import { RoomHeader, type ShownRoom } from './rooms/RoomHeader.tsx'
import { markRead, refreshRooms, type Room } from './rooms/rooms.ts'
import type { Missed } from './stream/arranging.ts'
import { Stream } from './stream/Stream.tsx'
import { findMessage, type OpenStream, useStream } from './stream/stream.ts'
import { type Talk, TalkContext } from './stream/talk.ts'

interface Shown {
  room: ShownRoom
  /** The same with what is unread, if one is in it. */
  mine: Room | undefined
  /** A message to go to. */
  wanted: string | undefined
}

/** One channel or conversation: its name, what is said in it, and where one writes. Made anew for each. */
export function Conversation({ room, mine, wanted }: Shown) {
  const { workspace, person } = useSession()
  const navigate = useNavigate()
  const place = useMemo((): Place => ({ channel: room.id }), [room.id])
  const stream = useStream(place)
  const { retry, rewrite } = useSending()
  const input = useRef<HTMLTextAreaElement>(null)
  const missed = useMissed(mine)
  const [editing, setEditing] = useState<string>()
  const [sought, seek] = useWanted(wanted, stream, room.id)

  const openThread = useCallback(
    (thread: string) => void navigate({ to: '/chat/$channelId', params: { channelId: room.id }, search: { thread } }),
    [navigate, room.id],
  )
  const { catchUp, foresee } = stream
  const talk = useMemo(
    (): Talk => ({ place, me: person.id, writable: room.member, stream: { catchUp, foresee }, openThread }),
    [place, person.id, room.member, catchUp, foresee, openThread],
  )
  const reached = (number: number) => {
    if (mine && (mine.unread > 0 || number > mine.read_number))
      void markRead(workspace.id, person.id, room.id, Math.max(number, mine.last_number)).catch(() => undefined)
  }
  const goToMissed = async () => {
    if (!missed) return
    const stretch = await stream.goTo(missed.after + 1)
    seek(stretch.messages.find((message) => message.number > missed.after && message.person_id !== person.id)?.id)
  }
  const recall = () => {
    const last = stream.stretch?.messages.findLast((message) => message.person_id === person.id && !message.deleted_at)
    if (last) setEditing(last.id)
  }
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (!wanted && matchMedia('(pointer: fine)').matches) input.current?.focus()
  }, [wanted])

  return (
    <section className={classes.conversation} aria-label={room.kind === 'direct' ? room.title : `#${room.name}`}>
      <RoomHeader room={room} />
      {missed && stream.stretch?.older && (stream.stretch.messages[0]?.number ?? 0) > missed.after + 1 && (
        <button type="button" className={classes.missed} onClick={() => void goToMissed().catch(tellTrouble)}>
          {m.chat_missed()}
        </button>
      )}
      <TalkContext value={talk}>
        <Stream
          stream={stream}
          label={m.chat_messages()}
          missed={missed}
          sought={sought}
          editing={editing}
          setEditing={(id) => {
            setEditing(id)
            if (!id) input.current?.focus()
          }}
          beginning={<Beginning room={room} />}
          reached={reached}
          deliver={retry}
          rewrite={rewrite}
        />
        {room.member ? (
          <Composer
            place={place}
            placeholder={
              room.missions ? m.chat_write_missions() : m.chat_write_to({ name: room.kind === 'direct' ? room.title : `#${room.name}` })
            }
            input={input}
            recall={recall}
          />
        ) : (
          <JoinBar room={room} />
        )}
      </TalkContext>
    </section>
  )
}

/** What came before this conversation was opened, or while one was in another window; what comes under one's eyes is not marked. */
function useMissed(mine: Room | undefined): Missed | undefined {
  const [missed, setMissed] = useState<Missed | undefined>(
    mine && mine.unread > 0 ? { after: mine.read_number, upTo: mine.last_number } : undefined,
  )
  const newest = useEffectEvent(() => mine?.last_number ?? 0)
  useEffect(() => {
    let left: number | undefined
    const leave = () => (left = newest())
    const back = () => {
      const now = newest()
      if (left !== undefined && now > left) setMissed({ after: left, upTo: now })
      left = undefined
    }
    window.addEventListener('blur', leave)
    window.addEventListener('focus', back)
    return () => {
      window.removeEventListener('blur', leave)
      window.removeEventListener('focus', back)
    }
  }, [])
  return missed
}

/** Goes to the message that is wanted. @returns its id once it is there (in a thread, the message that began it), and how to seek another. */
function useWanted(
  wanted: string | undefined,
  stream: OpenStream,
  channelId: string,
): [string | undefined, (id: string | undefined) => void] {
  const navigate = useNavigate()
  const [sought, setSought] = useState<string>()
  const { stretch, goTo, goToNewest } = stream
  const go = useEffectEvent(async (id: string) => {
    if (stretch?.messages.some((message) => message.id === id)) return setSought(id)
    const message = await findMessage(id)
    if (!message || message.channel_id !== channelId) return
    if (message.thread_id) {
      await navigate({ to: '/chat/$channelId', params: { channelId }, search: { thread: message.thread_id, message: id }, replace: true })
      const root = await findMessage(message.thread_id)
      if (root) await goTo(root.number)
      return setSought(message.thread_id)
    }
    await goTo(message.number)
    setSought(id)
  })
  const begin = useEffectEvent(() => {
    setSought(undefined)
    if (wanted) void go(wanted).catch(tellTrouble)
    // Left somewhere in the past the last time: a conversation opens at its end.
    else if (stretch?.newer) void goToNewest().catch(tellTrouble)
  })
  useEffect(() => begin(), [wanted])
  return [sought, setSought]
}

function Beginning({ room }: { room: ShownRoom }) {
  const words = room.missions
    ? m.chat_beginning_missions()
    : room.kind === 'direct'
      ? m.chat_beginning_direct({ name: room.title })
      : m.chat_beginning_channel({ name: room.name })
  return (
    <div className={classes.beginning}>
      <Text fw={600}>{room.kind === 'direct' ? room.title : `#${room.name}`}</Text>
      <Text size="sm" c="dimmed">
        {words}
      </Text>
    </div>
  )
}

/** Below a channel one only looks into. */
function JoinBar({ room }: { room: ShownRoom }) {
  const [joining, setJoining] = useState(false)
  const join = async () => {
    setJoining(true)
    await api(`/api/chat/channels/${room.id}/join`, {}).then(refreshRooms, tellTrouble)
    setJoining(false)
  }
  return (
    <div className={classes.join}>
      <Text size="sm">{m.chat_looking({ name: room.name })}</Text>
      <Button size="sm" loading={joining} onClick={() => void join()}>
        {m.chat_join()}
      </Button>
    </div>
  )
}
