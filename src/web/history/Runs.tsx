import { Button, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import { useRefresh } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { Empty } from '../shell/Empty.tsx'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import type { RunsFilter } from '../shell/search.ts'
import { Filters, isFiltered } from './Filters.tsx'
import { MissedNote } from './MissedNote.tsx'
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
  const list = useQuery(runsQuery(workspace.id, filter, person.time_zone))
  useRefresh(['run'], ['runs', 'list'])
  const found = list.data
  const filtered = isFiltered(filter)
  return (
    <Page title={m.history_title()} about={m.history_about()}>
      {(filtered || found?.total !== 0) && <Filters filter={filter} onFilter={onFilter} />}
      <MissedNote mission={filter.mission} />
      <VisuallyHidden role="status">{found ? m.history_count({ count: found.total }) : m.history_loading()}</VisuallyHidden>
      {list.isError && !found && (
        <Empty title={m.history_trouble()} actions={<Button onClick={() => void list.refetch()}>{m.shell_again()}</Button>}>
          {wordsOf(list.error)}
        </Empty>
      )}
      {found?.total === 0 && <Nothing filtered={filtered} onClear={() => onFilter({})} />}
      {(list.isPending || (found && found.total > 0)) && (
        <>
          <div className={classes.head} aria-hidden>
            <span>{m.history_column_status()}</span>
            <span>{m.history_column_run()}</span>
            <span>{m.history_column_started()}</span>
            <span>{m.history_column_took()}</span>
          </div>
          <ol className={classes.list} aria-label={m.history_title()} aria-busy={list.isPlaceholderData || list.isPending}>
            {found ? found.runs.map((run) => <RunRow key={run.id} run={run} />) : awaited.map((row) => <RunRowAwaited key={row} />)}
          </ol>
          {found && (
            <Pages
              page={found.page}
              size={pageSize}
              total={found.total}
              onPage={(page) => onFilter({ ...filter, page: page === 1 ? undefined : page })}
            />
          )}
        </>
      )}
    </Page>
  )
}

const awaited = [0, 1, 2, 3, 4, 5]

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <Empty title={m.history_none_found()} actions={<Button onClick={onClear}>{m.history_clear()}</Button>}>
        {m.history_none_found_why()}
      </Empty>
    )
  return (
    <Empty
      title={m.history_none()}
      actions={
        <Button component={Link} to="/missions">
          {m.history_none_go()}
        </Button>
      }
    >
      {m.history_none_why()}
    </Empty>
  )
}
