import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import { useRefresh } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import { Coming, ComingLines } from '../shell/Coming.tsx'
import { Empty } from '../shell/Empty.tsx'
import lists from '../shell/List.module.css'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import { Search } from '../shell/Search.tsx'
import type { ListSearch } from '../shell/search.ts'
import { ago } from '../shell/time.ts'
import { pageSize, tablesQuery } from './tables.ts'
import classes from './Tables.module.css'

/** The tables that missions keep. */
export function Tables({ filter, onFilter }: { filter: ListSearch; onFilter: (filter: ListSearch) => void }) {
  const { workspace } = useSession()
  const words = filter.q ?? ''
  const page = filter.page ?? 1
  const list = useQuery({ ...tablesQuery(workspace.id, words, page), placeholderData: keepPreviousData })
  useRefresh(['run'], ['tables'])
  const none = list.data?.total === 0 && words === ''

  return (
    <Page title={m.shell_tables()} about={m.tables_about()}>
      {!none && (
        <div className={lists.tools}>
          <Search label={m.tables_search()} value={words} onSearch={(q) => onFilter({ q: q || undefined })} />
        </div>
      )}
      <Coming list={list}>
        <ComingLines count={3} height={56} />
      </Coming>
      {list.data && list.data.tables.length > 0 && (
        <ul className={lists.list} aria-label={m.tables_list()} aria-busy={list.isPlaceholderData}>
          {list.data.tables.map((table) => (
            <li key={table.id} className={`${lists.line} ${classes.line}`}>
              <Link to="/tables/$tableId" params={{ tableId: table.id }} className={lists.name}>
                {table.name}
              </Link>
              <span className={lists.facts}>{m.tables_rows({ count: table.rows })}</span>
              <span className={lists.facts}>{table.last_added_at !== null && m.tables_newest({ ago: ago(table.last_added_at) })}</span>
            </li>
          ))}
        </ul>
      )}
      {none && (
        <Empty
          title={m.tables_none()}
          actions={
            <Button component={Link} to="/templates" variant="default">
              {m.tables_none_go()}
            </Button>
          }
        >
          {m.tables_none_why()}
        </Empty>
      )}
      {list.data?.total === 0 && words !== '' && <Empty title={m.shell_nothing_found()}>{m.shell_nothing_found_why()}</Empty>}
      {list.data && <Pages page={page} size={pageSize} total={list.data.total} onPage={(next) => onFilter({ ...filter, page: next })} />}
    </Page>
  )
}
