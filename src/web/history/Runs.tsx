import { Alert, Button, Group, Pagination, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import { useLive } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { Page } from '../shell/Page.tsx'
import type { RunsFilter } from '../shell/search.ts'
import { Filters, isFiltered } from './Filters.tsx'
import { pageSize, runsQuery } from './reading.ts'
import { RunRow, RunRowAwaited } from './RunRow.tsx'
import classes from './Runs.module.css'

interface Search {
  filter: RunsFilter
  /** Writes the filter into the address. */
  onFilter: (filter: RunsFilter) => void
}

/** All runs of the workspace, newest first, live. */
export function Runs({ filter, onFilter }: Search) {
  const { workspace, person } = useSession()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(runsQuery(workspace.id, filter, person.time_zone))
  // A lively workspace tells many times a second; reading the list more than once a second helps nobody.
  const refresh = useThrottledCallback(() => void client.invalidateQueries({ queryKey: ['runs', 'list'] }), 1_000)
  useLive('run', refresh)

  return (
    <Page title={m.history_title()} about={m.history_about()}>
      <Filters filter={filter} onFilter={onFilter} />
      {error && !data ? (
        <Alert color="red" title={m.history_trouble()} role="alert">
          <Stack gap="sm" align="flex-start">
            {wordsOf(error)}
            <Button variant="default" onClick={() => void refetch()}>
              {m.history_again()}
            </Button>
          </Stack>
        </Alert>
      ) : (
        <>
          <VisuallyHidden role="status">{isPending ? m.history_loading() : m.history_count({ count: data?.total ?? 0 })}</VisuallyHidden>
          {data && data.total === 0 ? (
            <Nothing filtered={isFiltered(filter)} onClear={() => onFilter({})} />
          ) : (
            <>
              <div className={classes.head} aria-hidden>
                <span>{m.history_column_status()}</span>
                <span>{m.history_column_run()}</span>
                <span>{m.history_column_started()}</span>
                <span>{m.history_column_took()}</span>
              </div>
              <ol className={classes.list} aria-label={m.history_title()}>
                {data ? data.runs.map((run) => <RunRow key={run.id} run={run} />) : Array.from({ length: 8 }, (_, row) => <RunRowAwaited key={row} />)}
              </ol>
              {data && <Pages page={data.page} total={data.total} onPage={(page) => onFilter({ ...filter, page: page === 1 ? undefined : page })} />}
            </>
          )}
        </>
      )}
    </Page>
  )
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const pages = Math.ceil(total / pageSize)
  return (
    <Group justify="space-between" mt="md" gap="sm">
      <Text size="sm" c="dimmed">
        {m.history_count({ count: total })}
        {pages > 1 && ` · ${m.history_page({ page, pages })}`}
      </Text>
      {pages > 1 && (
        <nav aria-label={m.history_pages()}>
          <Pagination
            value={page}
            total={pages}
            siblings={1}
            onChange={onPage}
            getItemProps={(number) => ({ 'aria-label': m.history_page_number({ page: number }) })}
            getControlProps={(control) => ({ 'aria-label': control === 'previous' ? m.history_page_previous() : m.history_page_next() })}
          />
        </nav>
      )}
    </Group>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <Stack align="center" gap="xs" className={classes.nothing}>
      <Title order={2}>{filtered ? m.history_none_found() : m.history_none()}</Title>
      <Text c="dimmed" maw={460} ta="center">
        {filtered ? m.history_none_found_why() : m.history_none_why()}
      </Text>
      {filtered ? (
        <Button mt="sm" onClick={onClear}>
          {m.history_clear()}
        </Button>
      ) : (
        <Button component={Link} to="/missions" mt="sm">
          {m.history_none_go()}
        </Button>
      )}
    </Stack>
  )
}
