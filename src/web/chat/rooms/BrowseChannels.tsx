import { Button, Group, Modal, Pagination, Skeleton, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconHash, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { api } from '../../data/api.ts'
import { wordsOf } from '../../data/trouble.ts'
import { tellTrouble } from '../../shell/tell.ts'
import classes from './BrowseChannels.module.css'
import { browsedAtOnce, refreshRooms, useBrowsedChannels } from './rooms.ts'

interface Browse {
  opened: boolean
  close(): void
  create(): void
}

/** All public channels, to look into or to join. */
export function BrowseChannels({ opened, close, create }: Browse) {
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const [asked] = useDebouncedValue(words.trim(), 200)
  const { data, error } = useBrowsedChannels(asked, page, opened)
  const pages = Math.ceil((data?.[0]?.total ?? 0) / browsedAtOnce)

  const go = async (channelId: string) => {
    close()
    await navigate({ to: '/chat/$channelId', params: { channelId }, search: {} })
  }
  const join = async (channelId: string) => {
    try {
      await api(`/api/chat/channels/${channelId}/join`, {})
      await refreshRooms()
      await go(channelId)
    } catch (trouble) {
      tellTrouble(trouble)
    }
  }

  return (
    <Modal opened={opened} onClose={close} title={m.chat_browse()} centered size="lg">
      <TextInput
        aria-label={m.chat_browse_search()}
        placeholder={m.chat_browse_search()}
        leftSection={<IconSearch size={16} aria-hidden />}
        data-autofocus
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setPage(1)
        }}
      />
      <ul className={classes.channels}>
        {!data && !error && [1, 2, 3].map((row) => <Skeleton key={row} component="li" height={52} />)}
        {error && !data && (
          <li role="alert" className={classes.none}>
            {wordsOf(error)}
          </li>
        )}
        {data?.map((channel) => (
          <li key={channel.id} className={classes.channel}>
            <div className={classes.about}>
              <span className={classes.name}>
                <IconHash size={16} stroke={1.7} aria-hidden />
                {channel.name}
              </span>
              <span className={classes.topic}>
                {[m.chat_members({ count: channel.people }), channel.topic].filter(Boolean).join(' · ')}
              </span>
            </div>
            {channel.mine ? (
              <Button
                size="xs"
                variant="default"
                aria-label={m.chat_open_channel({ name: channel.name })}
                onClick={() => void go(channel.id)}
              >
                {m.chat_open()}
              </Button>
            ) : (
              <Group gap={6} wrap="nowrap">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={m.chat_look_into({ name: channel.name })}
                  onClick={() => void go(channel.id)}
                >
                  {m.chat_look()}
                </Button>
                <Button size="xs" aria-label={m.chat_join_channel({ name: channel.name })} onClick={() => void join(channel.id)}>
                  {m.chat_join()}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {data?.length === 0 && (
        <div className={classes.none}>
          <Text size="sm" c="dimmed" mb="sm">
            {asked ? m.chat_no_channel_like() : m.chat_no_channels()}
          </Text>
          <Button variant="default" size="sm" onClick={create}>
            {m.chat_new_channel()}
          </Button>
        </div>
      )}
      {pages > 1 && (
        <Group justify="center" mt="md">
          <Pagination
            total={pages}
            value={page}
            onChange={setPage}
            size="sm"
            getControlProps={(control) => ({ 'aria-label': control === 'previous' ? m.chat_page_before() : m.chat_page_after() })}
          />
        </Group>
      )}
    </Modal>
  )
}
