import { ActionIcon, CloseButton, Skeleton, TextInput, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCompass, IconHash, IconLock, IconMessagePlus, IconPencil, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { wordsOf } from '../../data/trouble.ts'
import { plain } from '../composer/completion.ts'
import { useDrafts } from '../composer/drafts.ts'
import { Face, MissionFace } from '../Face.tsx'
import { BrowseChannels } from './BrowseChannels.tsx'
import { NewChannel } from './NewChannel.tsx'
import { NewDirect } from './NewDirect.tsx'
import classes from './RoomList.module.css'
import { mostUnread, type Room, useRooms } from './rooms.ts'

/** The channels and conversations one is in, with what is unread; finding, joining and making them; and the search. */
export function RoomList({ channelId, searched }: { channelId: string | undefined; searched: string }) {
  const { rooms, error } = useRooms()
  const navigate = useNavigate()
  const [words, setWords] = useState(searched)
  // A search that was left (a hit was gone to) filters the list no longer.
  const [left, setLeft] = useState(searched)
  if (left !== searched) {
    setLeft(searched)
    setWords(searched)
  }
  const [dialog, setDialog] = useState<'browse' | 'channel' | 'direct'>()
  const wanted = plain(words.trim())
  const found = rooms?.filter((room) => plain(room.title).includes(wanted))
  const channels = found?.filter((room) => room.kind !== 'direct')
  const directs = found?.filter((room) => room.kind === 'direct')

  const search = (q: string) =>
    navigate(
      channelId ? { to: '/chat/$channelId', params: { channelId }, search: q ? { q } : {} } : { to: '/chat', search: q ? { q } : {} },
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void search(words.trim())
  }

  return (
    <nav className={classes.rooms} aria-label={m.chat_rooms()}>
      <form role="search" onSubmit={submit} className={classes.search}>
        <TextInput
          aria-label={m.chat_search()}
          placeholder={m.chat_search_short()}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            words !== '' && (
              <CloseButton
                size="sm"
                aria-label={m.chat_search_clear()}
                onClick={() => {
                  setWords('')
                  if (searched) void search('')
                }}
              />
            )
          }
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </form>
      <div className={classes.lists}>
        {words.trim() !== '' && (
          <button type="button" className={classes.find} onClick={() => void search(words.trim())}>
            <IconSearch size={16} aria-hidden />
            <span>{m.chat_search_messages({ words: words.trim() })}</span>
          </button>
        )}
        {error && !rooms && (
          <p role="alert" className={classes.none}>
            {wordsOf(error)}
          </p>
        )}
        <Section
          title={m.chat_channels()}
          actions={
            <>
              <Act label={m.chat_browse()} act={() => setDialog('browse')} icon={<IconCompass size={17} stroke={1.7} aria-hidden />} />
              <Act label={m.chat_new_channel()} act={() => setDialog('channel')} icon={<IconPlus size={17} stroke={1.7} aria-hidden />} />
            </>
          }
        >
          {!channels && !error && <Waiting />}
          {channels?.map((room) => (
            <RoomLink key={room.id} room={room} current={room.id === channelId} />
          ))}
          {channels?.length === 0 && <li className={classes.none}>{wanted ? m.chat_no_channel_like() : m.chat_no_channels()}</li>}
        </Section>
        <Section
          title={m.chat_directs()}
          actions={
            <Act
              label={m.chat_new_direct()}
              act={() => setDialog('direct')}
              icon={<IconMessagePlus size={17} stroke={1.7} aria-hidden />}
            />
          }
        >
          {directs?.map((room) => (
            <RoomLink key={room.id} room={room} current={room.id === channelId} />
          ))}
          {directs?.length === 0 && <li className={classes.none}>{wanted ? m.chat_no_direct_like() : m.chat_no_directs()}</li>}
        </Section>
      </div>
      <BrowseChannels opened={dialog === 'browse'} close={() => setDialog(undefined)} create={() => setDialog('channel')} />
      <NewChannel opened={dialog === 'channel'} close={() => setDialog(undefined)} />
      <NewDirect opened={dialog === 'direct'} close={() => setDialog(undefined)} />
    </nav>
  )
}

function Section({ title, actions, children }: { title: string; actions: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.heading}>
        <h2>{title}</h2>
        <div className={classes.actions}>{actions}</div>
      </div>
      <ul>{children}</ul>
    </section>
  )
}

function Act({ label, act, icon }: { label: string; act(): void; icon: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

function RoomLink({ room, current }: { room: Room; current: boolean }) {
  const draft = useDrafts((drafts) => room.id in drafts.texts)
  const unread = room.unread > 0 && !current
  return (
    <li>
      <Link
        to="/chat/$channelId"
        params={{ channelId: room.id }}
        search={{}}
        className={classes.room}
        data-unread={unread || undefined}
        data-current={current || undefined}
        {...(current ? { 'aria-current': 'page' as const } : {})}
        data-room
      >
        <RoomSign room={room} />
        <span className={classes.title}>{room.title}</span>
        {draft && !current && <IconPencil size={15} className={classes.draft} role="img" aria-label={m.chat_draft()} />}
        {unread && (
          <span className={classes.count} data-mentioned={room.mentioned || room.kind === 'direct' || undefined}>
            <span aria-hidden>{room.unread >= mostUnread ? `${mostUnread - 1}+` : room.unread}</span>
            <VisuallyHidden>{m.chat_unread({ count: room.unread })}</VisuallyHidden>
          </span>
        )}
      </Link>
    </li>
  )
}

/** What kind of room it is, in one sign. */
export function RoomSign({ room }: { room: Pick<Room, 'kind' | 'title'> & Partial<Pick<Room, 'missions' | 'people'>> }) {
  const { person } = useSession()
  if (room.kind === 'public') return <IconHash size={17} stroke={1.7} aria-hidden className={classes.sign} />
  if (room.kind === 'private') return <IconLock size={17} stroke={1.7} role="img" aria-label={m.chat_private()} className={classes.sign} />
  if (room.missions) return <MissionFace small />
  return <Face id={room.people?.find((id) => id !== person.id) ?? person.id} name={room.title} small />
}

function Waiting() {
  return (
    <>
      {[70, 52, 61].map((width) => (
        <li key={width} className={classes.waiting}>
          <Skeleton height={12} width={`${width}%`} />
        </li>
      ))}
    </>
  )
}
