import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { useDirectory } from '../people.ts'
import { useRooms } from '../rooms/rooms.ts'
import { readMarkdown } from './markdown.ts'
import { drawPieces, type PieceParts } from './pieces.tsx'
import classes from './MessageText.module.css'

/** A message's text with its formatting, mentions as pills and channels as links. */
export function MessageText({ text }: { text: string }) {
  const pieces = useMemo(() => readMarkdown(text), [text])
  return <div className={classes.text}>{drawPieces(pieces, parts)}</div>
}

const parts: PieceParts = {
  link: (piece, inside, key) => (
    <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
      {inside}
    </a>
  ),
  person: ({ id }, key) => <Mention key={key} id={id} />,
  channel: ({ name }, key) => <ChannelName key={key} name={name} />,
}

function Mention({ id }: { id: string }) {
  const people = useDirectory()
  const { person } = useSession()
  return (
    <span className={classes.mention} data-me={id === person.id || undefined}>
      @{people.get(id)?.name ?? m.chat_somebody()}
    </span>
  )
}

/** The name of a channel one is in leads there; any other word after a # is just that. */
function ChannelName({ name }: { name: string }) {
  const { rooms } = useRooms()
  const room = rooms?.find((one) => one.kind !== 'direct' && one.name === name.toLocaleLowerCase())
  if (!room) return `#${name}`
  return (
    <Link to="/chat/$channelId" params={{ channelId: room.id }}>
      #{room.name}
    </Link>
  )
}
