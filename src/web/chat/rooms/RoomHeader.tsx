import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { RoomDetails } from './RoomDetails.tsx'
import classes from './RoomHeader.module.css'
import { RoomSign } from './RoomList.tsx'
import { useRoomPeople, type Room } from './rooms.ts'

/** A channel one looks at, whether one is in it or not. */
export interface ShownRoom extends Pick<Room, 'id' | 'name' | 'title' | 'topic' | 'kind' | 'missions' | 'people'> {
  member: boolean
}

/** The name of what is shown, what it is about, and who is in it. */
export function RoomHeader({ room }: { room: ShownRoom }) {
  const { data: people } = useRoomPeople(room.id)
  const [opened, setOpened] = useState(false)
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.back} variant="subtle" color="gray" size={40} aria-label={m.chat_back()} component={Link} to="/chat">
        <IconArrowLeft size={22} aria-hidden />
      </ActionIcon>
      <RoomSign room={room} />
      <h1 className={classes.title}>{room.title}</h1>
      {room.topic !== '' && <p className={classes.topic}>{room.topic}</p>}
      {room.kind !== 'direct' && (
        <Tooltip label={m.chat_details()}>
          <Button
            className={classes.members}
            variant="default"
            size="xs"
            leftSection={<IconUsers size={16} stroke={1.7} aria-hidden />}
            aria-label={m.chat_details_of({ name: room.title, count: people?.length ?? 0 })}
            onClick={() => setOpened(true)}
          >
            {people?.length ?? '…'}
          </Button>
        </Tooltip>
      )}
      {room.kind !== 'direct' && <RoomDetails room={room} opened={opened} close={() => setOpened(false)} />}
    </header>
  )
}
