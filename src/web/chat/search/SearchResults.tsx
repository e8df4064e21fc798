import { ActionIcon, Button, Group, Pagination, Skeleton } from '@mantine/core'
import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { m } from '#messages'
import { useSession } from '../../data/session.ts'
import { wordsOf } from '../../data/trouble.ts'
import type { ChatSearch } from '../address.ts'
import { Face, MissionFace } from '../Face.tsx'
import { useDirectory } from '../people.ts'
import { useRooms } from '../rooms/rooms.ts'
import { plainText } from '../stream/markdown.ts'
import { fullTime, moment } from '../time.ts'
import { type Hit, hitsAtOnce, markWords, mostHits, type Neighbour, useSearch } from './search.ts'
import classes from './SearchResults.module.css'

interface Results {
  words: string
  page: number
  /** The conversation to come back to. */
  channelId: string | undefined
}

/** What was found, each with the message before and after it; a click goes there. */
export function SearchResults({ words, page, channelId }: Results) {
  const { data, error } = useSearch(words, page)
  const navigate = useNavigate()
  const total = data?.[0]?.total ?? 0
  const pages = Math.ceil(total / hitsAtOnce)
  const go = (search: ChatSearch) =>
    void navigate(channelId ? { to: '/chat/$channelId', params: { channelId }, search } : { to: '/chat', search })
  const close = () => go({})

  return (
    <section className={classes.results} aria-label={m.chat_results()}>
      <header className={classes.header}>
        <ActionIcon className={classes.back} variant="subtle" color="gray" size={40} aria-label={m.chat_search_close()} onClick={close}>
          <IconArrowLeft size={22} aria-hidden />
        </ActionIcon>
        <div>
          <h1>{m.chat_results_of({ words })}</h1>
          <p aria-live="polite">{data && (total >= mostHits ? m.chat_found_many() : m.chat_found({ count: total }))}</p>
        </div>
        <ActionIcon className={classes.close} variant="subtle" color="gray" size={36} aria-label={m.chat_search_close()} onClick={close}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div className={classes.list} tabIndex={0}>
        {!data && !error && [1, 2, 3, 4].map((row) => <Skeleton key={row} height={104} mb="sm" />)}
        {error && !data && (
          <div role="alert" className={classes.none}>
            <p>{wordsOf(error)}</p>
          </div>
        )}
        {data?.length === 0 && (
          <div className={classes.none}>
            <p>{m.chat_nothing_found()}</p>
            <Button variant="default" onClick={close}>
              {m.chat_search_close()}
            </Button>
          </div>
        )}
        <ol>
          {data?.map((hit) => (
            <HitRow key={hit.id} hit={hit} words={words} />
          ))}
        </ol>
        {pages > 1 && (
          <Group justify="center" py="md">
            <Pagination
              total={pages}
              value={page}
              onChange={(next) => go({ q: words, page: next })}
              getControlProps={(control) => ({ 'aria-label': control === 'previous' ? m.chat_page_before() : m.chat_page_after() })}
            />
          </Group>
        )}
      </div>
    </section>
  )
}

function HitRow({ hit, words }: { hit: Hit; words: string }) {
  const people = useDirectory()
  const { rooms } = useRooms()
  const room = rooms?.find((one) => one.id === hit.channel_id)
  const name = useAuthor(hit)
  const text = plainText(hit.text, (id) => people.get(id)?.name ?? m.chat_somebody())
  return (
    <li>
      <Link to="/chat/$channelId" params={{ channelId: hit.channel_id }} search={{ message: hit.id }} className={classes.hit}>
        <span className={classes.where}>
          <span>{room ? (room.kind === 'direct' ? room.title : `#${room.name}`) : m.chat_public_channel()}</span>
          {hit.thread_id && <span>{m.chat_in_thread()}</span>}
          <time dateTime={hit.at} title={fullTime(hit.at)}>
            {moment(hit.at)}
          </time>
        </span>
        {hit.before && <Around neighbour={hit.before} />}
        <span className={classes.said}>
          {hit.person_id ? <Face id={hit.person_id} name={name} small /> : <MissionFace small />}
          <span>
            <strong>{name}</strong>{' '}
            {markWords(text, words).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}
          </span>
        </span>
        {hit.after && <Around neighbour={hit.after} />}
      </Link>
    </li>
  )
}

function Around({ neighbour }: { neighbour: Neighbour }) {
  const people = useDirectory()
  const name = useAuthor(neighbour)
  return (
    <span className={classes.around}>
      <strong>{name}</strong> {plainText(neighbour.text, (id) => people.get(id)?.name ?? m.chat_somebody())}
    </span>
  )
}

function useAuthor({ person_id, sender }: Pick<Hit, 'person_id' | 'sender'>): string {
  const people = useDirectory()
  const { person } = useSession()
  if (!person_id) return sender ?? m.chat_missions()
  return people.get(person_id)?.name ?? (person_id === person.id ? person.name : m.chat_somebody())
}
