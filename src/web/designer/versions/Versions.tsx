import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { m } from '#messages'
import { ServerTrouble, wordsOf } from '../../data/trouble.ts'
import { Empty } from '../../shell/Empty.tsx'
import { Pages } from '../../shell/Pages.tsx'
import { Search } from '../../shell/Search.tsx'
import { tell, tellTrouble } from '../../shell/tell.ts'
import { ago, dateAndTime } from '../../shell/time.ts'
import { useLiveVersion } from '../bar/live.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { OlderVersions } from './moving/OlderVersions.tsx'
import { Comparing } from './Comparing.tsx'
import { pageSize, type VersionCard, versionQuery, versionsQuery } from './versions.ts'
import classes from './versions.module.css'

/**
 * What was published of the mission: by whom, when and why, what is live, and the way back to it. In a sheet, which has a title and a
 * way out of its own, it has none.
 */
export default function Versions({ sheet = false }: { sheet?: boolean }) {
  const { missionId, desk } = useWorkshop()
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const [compared, setCompared] = useState<VersionCard>()
  const list = useQuery({ ...versionsQuery(missionId, words, page), placeholderData: keepPreviousData })
  const found = list.data
  const close = () => {
    flushSync(() => desk.setState({ side: 'settings' }))
    document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  }
  if (compared) return <Comparing version={compared} others={found?.versions ?? []} onClose={() => setCompared(undefined)} />
  return (
    <section className={classes.panel} aria-label={m.versions_title()} aria-busy={list.isPlaceholderData}>
      {!sheet && (
        <div className={classes.head}>
          {/* Whoever opened it goes on reading here. */}
          <h2 className={classes.title} tabIndex={-1} ref={takeFocus}>
            {m.versions_title()}
          </h2>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={m.versions_close()} onClick={close}>
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </div>
      )}
      {list.isPending && <Waiting />}
      {list.isError && (
        <Empty title={m.shell_broke()} actions={<Button onClick={() => void list.refetch()}>{m.shell_again()}</Button>}>
          {wordsOf(list.error)}
        </Empty>
      )}
      {found && found.total === 0 && words === '' && <Empty title={m.versions_none()}>{m.versions_none_why()}</Empty>}
      {found && (found.total > 0 || words !== '') && (
        <>
          <Standing />
          <OlderVersions />
          {(found.total > pageSize || words !== '') && (
            <Search
              label={m.versions_search()}
              value={words}
              onSearch={(text) => {
                setWords(text)
                setPage(1)
              }}
            />
          )}
          {found.total === 0 && <Empty title={m.shell_nothing_found()}>{m.shell_nothing_found_why()}</Empty>}
          <ol className={classes.list} aria-label={m.versions_list()}>
            {found.versions.map((version) => (
              <Line key={version.id} version={version} onCompare={() => setCompared(version)} />
            ))}
          </ol>
          <Pages page={page} size={pageSize} total={found.total} onPage={setPage} />
        </>
      )}
    </section>
  )
}

const takeFocus = (heading: HTMLHeadingElement | null) => heading?.focus({ preventScroll: true })

/** What is live, in one sentence. */
function Standing() {
  const live = useLiveVersion()
  if (live === undefined) return null
  return (
    <Text size="sm" c="dimmed" mb="sm">
      {live === null
        ? m.versions_none_live()
        : live.under === 0
          ? m.versions_live_idle({ number: live.number })
          : m.versions_live_now({ number: live.number, count: live.under })}
    </Text>
  )
}

function Line({ version, onCompare }: { version: VersionCard; onCompare: () => void }) {
  const readOnly = useDraft((state) => state.readOnly)
  const restore = useRestore()
  const { number, note, published_at, published_by } = version
  return (
    <li className={classes.line} data-live={version.live || undefined}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <h3 className={classes.number}>{m.versions_number({ number })}</h3>
        {version.live && (
          <Badge variant="light" tt="none">
            {m.versions_live()}
          </Badge>
        )}
      </Group>
      <p className={classes.note} data-none={note === '' || undefined}>
        {note === '' ? m.versions_no_note() : note}
      </p>
      <p className={classes.facts}>
        <time dateTime={published_at} title={dateAndTime(published_at)}>
          {published_by === null
            ? m.versions_published({ ago: ago(published_at) })
            : m.versions_published_by({ ago: ago(published_at), name: published_by })}
        </time>
        {version.under > 0 && <span>{m.versions_in_it({ count: version.under })}</span>}
      </p>
      <Group gap="xs" mt={6}>
        <Button size="xs" variant="default" aria-label={m.versions_compare_this({ number })} onClick={onCompare}>
          {m.versions_compare()}
        </Button>
        {!readOnly && (
          <Button size="xs" variant="default" aria-label={m.versions_restore_this({ number })} onClick={() => void restore(version)}>
            {m.versions_restore()}
          </Button>
        )}
      </Group>
    </li>
  )
}

/** Puts a version in place of the draft, as one edit: it is saved, told and undone like any other. */
function useRestore(): (version: VersionCard) => Promise<void> {
  const { commands } = useWorkshop()
  const queries = useQueryClient()
  return async ({ id, number }) => {
    try {
      const mission = await queries.fetchQuery(versionQuery(id))
      if (mission === null) tellTrouble(new ServerTrouble(m.versions_unreadable({ number }), '', 0))
      else tell(commands.restore({ number, mission }) ? m.versions_restored({ number }) : m.versions_restored_same({ number }))
    } catch (error) {
      tellTrouble(error)
    }
  }
}

function Waiting() {
  return (
    <Stack gap="sm" aria-hidden>
      <Skeleton height={84} />
      <Skeleton height={84} />
      <Skeleton height={84} />
    </Stack>
  )
}
