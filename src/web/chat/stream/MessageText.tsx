import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { useDirectory } from '../people.ts'
import { useRooms } from '../rooms/rooms.ts'
import { type Piece, readMarkdown } from './markdown.ts'
import classes from './MessageText.module.css'

/** A message's text with its formatting, mentions as pills and channels as links. */
export function MessageText({ text }: { text: string }) {
  const pieces = useMemo(() => readMarkdown(text), [text])
  const draw = (inside: readonly Piece[]): ReactNode[] =>
    // A text never changes its pieces one by one, so their places are good keys.
    inside.map((piece, place) => {
      switch (piece.kind) {
        case 'text':
          return piece.text
        case 'break':
          return <br key={place} />
        case 'strong':
          return <strong key={place}>{draw(piece.inside)}</strong>
        case 'em':
          return <em key={place}>{draw(piece.inside)}</em>
        case 'del':
          return <del key={place}>{draw(piece.inside)}</del>
        case 'quote':
          return <blockquote key={place}>{draw(piece.inside)}</blockquote>
        case 'paragraph':
          return <p key={place}>{draw(piece.inside)}</p>
        case 'code':
          return piece.block ? (
            <pre key={place} tabIndex={0}>
              <code>{piece.text}</code>
            </pre>
          ) : (
            <code key={place}>{piece.text}</code>
          )
        case 'link':
          return (
            <a key={place} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {draw(piece.inside)}
            </a>
          )
        case 'list':
          return piece.start === undefined ? (
            <ul key={place}>{draw(piece.inside)}</ul>
          ) : (
            <ol key={place} start={piece.start}>
              {draw(piece.inside)}
            </ol>
          )
        case 'item':
          return <li key={place}>{draw(piece.inside)}</li>
        case 'person':
          return <Mention key={place} id={piece.id} />
        case 'channel':
          return <ChannelName key={place} name={piece.name} />
      }
    })
  return <div className={classes.text}>{draw(pieces)}</div>
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
