import { ActionIcon, Button, Group, Modal, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { IconMessage, IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { queries } from '../../data/queries.ts'
import { useSession } from '../../data/session.ts'
import { tellTrouble } from '../../shell/tell.ts'
import { plain } from '../composer/completion.ts'
import { Face } from '../Face.tsx'
import { useDirectory } from '../people.ts'
import { useOpenDirect } from './direct.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import classes from './RoomDetails.module.css'
import type { ShownRoom } from './RoomHeader.tsx'
import { refreshRooms, useRoomPeople } from './rooms.ts'

interface Details {
  room: ShownRoom
  opened: boolean
  close(): void
}

/** What a channel is about and who is in it: to change, to invite, to leave. */
export function RoomDetails({ room, opened, close }: Details) {
  return (
    <Modal opened={opened} onClose={close} title={`#${room.name}`} centered>
      <Stack gap="lg">
        {room.member && <Topic room={room} />}
        {!room.member && room.topic !== '' && <Text size="sm">{room.topic}</Text>}
        {room.member && <Invite room={room} />}
        <Members room={room} />
        {room.member && (
          <Group justify="flex-end">
            <Leave room={room} close={close} />
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function Topic({ room }: { room: ShownRoom }) {
  const [topic, setTopic] = useState(room.topic)
  const [saving, setSaving] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    await api(`/api/chat/channels/${room.id}/topic`, { topic: topic.trim() }).then(refreshRooms, tellTrouble)
    setSaving(false)
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          className={classes.wide}
          label={m.chat_topic()}
          maxLength={250}
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={saving} disabled={topic.trim() === room.topic}>
          {m.chat_save()}
        </Button>
      </Group>
    </form>
  )
}

function Invite({ room }: { room: ShownRoom }) {
  const { data: members } = useRoomPeople(room.id)
  const [people, setPeople] = useState<string[]>([])
  const [inviting, setInviting] = useState(false)
  const invite = async (event: FormEvent) => {
    event.preventDefault()
    setInviting(true)
    try {
      await api(`/api/chat/channels/${room.id}/invite`, { people })
      await queries.invalidateQueries({ queryKey: ['channel_members', room.id] })
      setPeople([])
    } catch (error) {
      tellTrouble(error)
    }
    setInviting(false)
  }
  return (
    <form onSubmit={(event) => void invite(event)}>
      <Group align="end" gap="xs" wrap="nowrap">
        <div className={classes.wide}>
          <PeoplePicker label={m.chat_invite_label()} without={members ?? []} picked={people} pick={setPeople} />
        </div>
        <Button type="submit" variant="default" loading={inviting} disabled={people.length === 0}>
          {m.chat_invite()}
        </Button>
      </Group>
    </form>
  )
}

/** Above this many a search is offered. */
const fewMembers = 8

function Members({ room }: { room: ShownRoom }) {
  const people = useDirectory()
  const { data: members } = useRoomPeople(room.id)
  const { person } = useSession()
  const open = useOpenDirect()
  const write = (id: string) => open([id]).catch(tellTrouble)
  const [words, setWords] = useState('')
  const named = (members ?? []).map((id) => ({ id, name: people.get(id)?.name ?? m.chat_somebody() }))
  const shown = named
    .filter(({ name }) => plain(name).includes(plain(words.trim())))
    .sort((one, other) => one.name.localeCompare(other.name))
  return (
    <section aria-label={m.chat_members_title()}>
      <Text size="sm" fw={600} mb={6}>
        {m.chat_members({ count: named.length })}
      </Text>
      {named.length > fewMembers && (
        <TextInput
          mb="xs"
          size="sm"
          aria-label={m.chat_members_search()}
          placeholder={m.chat_members_search()}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0 }}>
        <ul className={classes.members}>
          {shown.map(({ id, name }) => (
            <li key={id} className={classes.member}>
              <Face id={id} name={name} small />
              <span className={classes.name}>{name}</span>
              {id !== person.id && (
                <ActionIcon variant="subtle" color="gray" size={32} aria-label={m.chat_write_to({ name })} onClick={() => void write(id)}>
                  <IconMessage size={17} stroke={1.7} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      </ScrollArea.Autosize>
    </section>
  )
}

function Leave({ room, close }: { room: ShownRoom; close(): void }) {
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    setLeaving(true)
    try {
      await api(`/api/chat/channels/${room.id}/leave`, {})
      close()
      await refreshRooms()
    } catch (error) {
      tellTrouble(error)
      setLeaving(false)
    }
  }
  return (
    <Button variant="subtle" color="red" c="var(--mantine-color-error)" loading={leaving} onClick={() => void leave()}>
      {m.chat_leave()}
    </Button>
  )
}
