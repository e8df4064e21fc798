import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconArrowLeft, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { useRefresh } from '../data/live.ts'
import { queries } from '../data/queries.ts'
import { mayBuild, useSession } from '../data/session.ts'
import { wordsOf } from '../data/trouble.ts'
import { Confirm } from '../shell/Confirm.tsx'
import { Empty } from '../shell/Empty.tsx'
import lists from '../shell/List.module.css'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import { Search } from '../shell/Search.tsx'
import type { ListSearch } from '../shell/search.ts'
import { tell } from '../shell/tell.ts'
import { Export } from './Export.tsx'
import { Rows } from './Rows.tsx'
import { deleteTable, pageSize, rowsQuery, tableQuery } from './tables.ts'
import classes from './Tables.module.css'

/** One table: its rows newest first, searched and exported. */
export function Table({ tableId, filter, onFilter }: { tableId: string; filter: ListSearch; onFilter: (filter: ListSearch) => void }) {
  const { role } = useSession()
  const navigate = useNavigate()
  const words = filter.q ?? ''
  const page = filter.page ?? 1
  const about = useQuery(tableQuery(tableId))
  const rows = useQuery({ ...rowsQuery(tableId, words, page), placeholderData: keepPreviousData })
  useRefresh(['run'], ['rows', tableId])
  useRefresh(['run'], ['tables', tableId])
  const [deleting, setDeleting] = useState(false)

  const failed = about.error ?? rows.error
  if (failed && (about.data === undefined || rows.data === undefined))
    return (
      <Page title={m.shell_tables()}>
        <Empty
          title={m.shell_broke()}
          actions={<Button onClick={() => void Promise.all([about.refetch(), rows.refetch()])}>{m.shell_again()}</Button>}
        >
          {wordsOf(failed)}
        </Empty>
      </Page>
    )
  if (about.data === undefined || rows.data === undefined)
    return (
      <Page title={m.shell_tables()}>
        <VisuallyHidden>{m.shell_loading()}</VisuallyHidden>
        <Skeleton height={420} radius="lg" />
      </Page>
    )
  if (about.data === null)
    return (
      <Page title={m.tables_missing()}>
        <Empty
          title={m.tables_missing_why()}
          actions={
            <Button component={Link} to="/tables">
              {m.tables_back()}
            </Button>
          }
        />
      </Page>
    )
  const { table, columns } = about.data
  const remove = async () => {
    await deleteTable(table.id)
    await navigate({ to: '/tables' })
    await queries.invalidateQueries({ queryKey: ['tables'] })
    tell(m.tables_deleted({ name: table.name }))
  }
  return (
    <Page
      title={table.name}
      about={
        <Link to="/tables" className={classes.back}>
          <IconArrowLeft size={16} aria-hidden />
          {m.tables_back()}
        </Link>
      }
      actions={
        <>
          <Export table={table} columns={columns} words={words} />
          {mayBuild(role) && (
            <Button variant="default" leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />} onClick={() => setDeleting(true)}>
              {m.tables_delete()}
            </Button>
          )}
        </>
      }
    >
      <div className={lists.tools}>
        <Search label={m.tables_search_rows()} value={words} onSearch={(q) => onFilter({ q: q || undefined })} />
      </div>
      {rows.data.rows.length > 0 ? (
        <Rows table={table} columns={columns} rows={rows.data.rows} mayDelete={mayBuild(role)} />
      ) : (
        <Empty title={words === '' ? m.tables_no_rows() : m.shell_nothing_found()}>
          {words === '' ? m.tables_no_rows_why() : m.shell_nothing_found_why()}
        </Empty>
      )}
      <Pages page={page} size={pageSize} total={rows.data.total} onPage={(next) => onFilter({ ...filter, page: next })} />
      {deleting && (
        <Confirm
          title={m.tables_delete_title({ name: table.name })}
          go={m.shell_delete()}
          danger
          onGo={remove}
          onClose={() => setDeleting(false)}
        >
          {m.tables_delete_why()}
        </Confirm>
      )}
    </Page>
  )
}
