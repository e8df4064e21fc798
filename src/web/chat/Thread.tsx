import { ActionIcon, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { m } from '#messages'
import { useRefresh } from '../data/live.ts'
import { queries } from '../data/queries.ts'
import { useSession } from '../data/session.ts'
import { Composer } from './composer/Composer.tsx'
import { useSending } from './composer/sending.ts'
import type { Place } from './place.ts'
import type { ShownRoom } from './rooms/RoomHeader.tsx'
import type { ChatMessage } from './stream/message.ts'
import { MessageRow } from './stream/MessageRow.tsx'
import { Stream } from './stream/Stream.tsx'
import { findMessage, useStream } from './stream/stream.ts'
import { type Talk, TalkContext } from './stream/talk.ts'
import classes from './Thread.module.css'

interface Shown {
  room: ShownRoom
  /** Id of the thread's first message. */
  thread: string
  /** A reply to go to. */
  wanted: string | undefined
}

/** One message and what was answered to it, beside the conversation. */
export function Thread({ room, thread, wanted }: Shown) {
  const { person } = useSession()
  const navigate = useNavigate()
  const place = useMemo((): Place => ({ channel: room.id, thread }), [room.id, thread])
  const stream = useStream(place)
  const { retry, rewrite } = useSending()
  const input = useRef<HTMLTextAreaElement>(null)
  const [editing, setEditing] = useState<string>()
  const { catchUp, foresee } = stream
  const talk = useMemo(
    (): Talk => ({ place, me: person.id, writable: room.member, stream: { catchUp, foresee } }),
    [place, person.id, room.member, catchUp, foresee],
  )
  const close = () => void navigate({ to: '/chat/$channelId', params: { channelId: room.id }, search: {} })
  const recall = () => {
    const last = stream.stretch?.messages.findLast((message) => message.person_id === person.id && !message.deleted_at)
    if (last) setEditing(last.id)
  }
  useEffect(() => {
    if (!wanted && matchMedia('(pointer: fine)').matches) input.current?.focus()
  }, [wanted])

  return (
    <section className={classes.thread} aria-label={m.chat_thread()}>
      <header className={classes.header}>
        <div>
          <h2>{m.chat_thread()}</h2>
          <Text size="xs" c="dimmed">
            {room.kind === 'direct' ? room.title : `#${room.name}`}
          </Text>
        </div>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={m.chat_thread_close()} onClick={close}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <TalkContext value={talk}>
        <Stream
          stream={stream}
          label={m.chat_thread_messages()}
          missed={undefined}
          sought={wanted}
          editing={editing}
          setEditing={setEditing}
          beginning={<Root channelId={room.id} id={thread} />}
          from="top"
          reached={() => undefined}
          deliver={retry}
          rewrite={rewrite}
        />
        {room.member && (
          <Composer place={place} placeholder={m.chat_write_reply()} input={input} recall={recall} leave={close} hint={false} />
        )}
      </TalkContext>
    </section>
  )
}

/** The message that began the thread. It stands in the main stream, so what is done here is shown from there. */
function Root({ channelId, id }: { channelId: string; id: string }) {
  const { person } = useSession()
  const key = useMemo(() => ['messages', channelId, 'root', id], [channelId, id])
  const { data } = useQuery({ queryKey: key, queryFn: async () => (await findMessage(id)) ?? null })
  useRefresh(['chat'], key)
  const [editing, setEditing] = useState<string>()
  const [active, setActive] = useState(false)
  const talk = useMemo(
    (): Talk => ({
      place: { channel: channelId },
      me: person.id,
      writable: true,
      stream: {
        catchUp: () => queries.invalidateQueries({ queryKey: key }),
        foresee: (_, change) => void queries.setQueryData<ChatMessage | null>(key, (known) => known && change(known)),
      },
    }),
    [channelId, person.id, key],
  )
  if (data === null) return <p className={classes.gone}>{m.chat_thread_gone()}</p>
  return (
    <TalkContext value={talk}>
      <div
        className={classes.root}
        onPointerEnter={() => setActive(true)}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(false)}
        onFocus={() => setActive(true)}
      >
        {data && <MessageRow message={data} head active={active} sought={false} editing={editing === data.id} setEditing={setEditing} />}
      </div>
      {data && <p className={classes.count}>{data.replies === 0 ? m.chat_no_replies() : m.chat_replies({ count: data.replies })}</p>}
    </TalkContext>
  )
}
