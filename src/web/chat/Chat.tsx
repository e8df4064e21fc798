import { Button, Skeleton, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMessages } from '@tabler/icons-react'
import { Link, Navigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { m } from '#messages'
import { useSession } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { useTitle } from '../shell/Page.tsx'
import type { ChatSearch } from './address.ts'
import classes from './Chat.module.css'
import { Conversation } from './Conversation.tsx'
import { DirectoryContext, useReadDirectory } from './people.ts'
import type { ShownRoom } from './rooms/RoomHeader.tsx'
import { RoomList } from './rooms/RoomList.tsx'
import { type Room, useChannel, useFreshRooms, useRooms } from './rooms/rooms.ts'
import { SearchResults } from './search/SearchResults.tsx'
import { Thread } from './Thread.tsx'

/** Where the frame turns into a phone's. */
const phone = '(max-width: 48em)'

interface Address {
  channelId?: string
  search: ChatSearch
}

/** The chat that comes with the program: the rooms, one conversation, and beside it a thread. On a phone one of them at a time. */
export function Chat(address: Address) {
  return (
    <DirectoryContext value={useReadDirectory()}>
      <Panes {...address} />
    </DirectoryContext>
  )
}

function Panes({ channelId, search }: Address) {
  useFreshRooms()
  useWalkRooms(channelId)
  const { workspace } = useSession()
  const { rooms } = useRooms()
  const small = useMediaQuery(phone, undefined, { getInitialValueInEffect: false })
  const words = search.q ?? ''
  const remembered = `missions.chat.last.${workspace.id}`
  useEffect(() => {
    if (channelId) localStorage.setItem(remembered, channelId)
  }, [channelId, remembered])

  const first = !channelId && words === '' && !small ? firstRoom(rooms ?? [], localStorage.getItem(remembered)) : undefined
  const shown = words !== '' ? 'search' : channelId ? (search.thread ? 'thread' : 'conversation') : 'rooms'
  return (
    <div className={classes.chat} data-shown={shown}>
      {first && <Navigate to="/chat/$channelId" params={{ channelId: first.id }} search={{}} replace />}
      <div className={classes.rooms}>
        {shown === 'rooms' && <h1 className={classes.heading}>{m.chat_title()}</h1>}
        <RoomList channelId={channelId} searched={words} />
      </div>
      {words !== '' ? (
        <SearchResults words={words} page={search.page ?? 1} channelId={channelId} />
      ) : channelId ? (
        <Opened key={channelId} channelId={channelId} rooms={rooms} search={search} />
      ) : (
        <Empty />
      )}
    </div>
  )
}

/** The room one comes to: the one left last, or #general. */
function firstRoom(rooms: readonly Room[], last: string | null): Room | undefined {
  return rooms.find(({ id }) => id === last) ?? rooms.find(({ name }) => name === 'general') ?? rooms[0]
}

function Opened({ channelId, rooms, search }: { channelId: string; rooms: readonly Room[] | undefined; search: ChatSearch }) {
  const mine = rooms?.find((room) => room.id === channelId)
  const { data: other, error } = useChannel(channelId, rooms !== undefined && mine === undefined)
  const room: ShownRoom | undefined = mine
    ? { ...mine, member: true }
    : other
      ? { ...other, title: other.name, missions: false, people: [], member: false }
      : undefined
  useTitle(room ? (room.kind === 'direct' ? room.title : `#${room.name}`) : m.chat_title())
  if (!room && other === undefined && !error) return <Loading />
  if (!room)
    return (
      <div className={classes.empty}>
        <h1>{m.chat_no_such_room()}</h1>
        <Text c="dimmed" maw={420}>
          {error ? wordsOf(error) : m.chat_no_such_room_why()}
        </Text>
        <Button component={Link} to="/chat" variant="default">
          {m.chat_back()}
        </Button>
      </div>
    )
  return (
    <>
      <Conversation room={room} mine={mine} wanted={search.thread ? undefined : search.message} />
      {search.thread && <Thread key={search.thread} room={room} thread={search.thread} wanted={search.message} />}
    </>
  )
}

/** Alt with the up and down arrows goes to the room before and after. */
function useWalkRooms(channelId: string | undefined): void {
  useEffect(() => {
    const walk = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-room]')]
      const now = links.findIndex((link) => link.ariaCurrent === 'page')
      const next = links[(now + (event.key === 'ArrowUp' ? links.length - 1 : 1)) % links.length]
      if (!next) return
      event.preventDefault()
      next.click()
    }
    window.addEventListener('keydown', walk)
    return () => window.removeEventListener('keydown', walk)
  }, [channelId])
}

function Loading() {
  return (
    <div className={classes.loading} role="status" aria-label={m.chat_loading()}>
      <Skeleton height={18} width={160} />
    </div>
  )
}

function Empty() {
  useTitle(m.chat_title())
  return (
    <div className={classes.empty}>
      <IconMessages size={40} stroke={1.3} aria-hidden />
      <h1>{m.chat_title()}</h1>
      <Text c="dimmed" maw={420}>
        {m.chat_empty()}
      </Text>
    </div>
  )
}
