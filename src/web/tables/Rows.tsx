import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { m } from '#messages'
import { queries } from '../data/queries.ts'
import { getLocale } from '../paraglide/runtime.js'
import { Confirm } from '../shell/Confirm.tsx'
import { tell } from '../shell/tell.ts'
import { dateAndTime } from '../shell/time.ts'
import { type Cell, deleteRow, type Row, type TableCard } from './tables.ts'
import classes from './Tables.module.css'

/** The rows of a table as a table; wide ones scroll by themselves, also by keyboard. */
export function Rows({
  table,
  columns,
  rows,
  mayDelete,
}: {
  table: TableCard
  columns: readonly string[]
  rows: readonly Row[]
  mayDelete: boolean
}) {
  const [leaving, setLeaving] = useState<Row>()
  const remove = async (row: Row) => {
    await deleteRow(row.id)
    await Promise.all([queries.invalidateQueries({ queryKey: ['rows'] }), queries.invalidateQueries({ queryKey: ['tables'] })])
    tell(m.tables_row_deleted())
  }
  return (
    <div className={classes.scroll} role="region" aria-label={m.tables_scroll({ name: table.name })} tabIndex={0}>
      <table className={classes.rows}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            <th scope="col">{m.tables_added()}</th>
            {mayDelete && (
              <th scope="col">
                <span className={classes.quiet}>{m.tables_actions()}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column) => (
                <Value key={column} cell={row.values[column] ?? null} />
              ))}
              <td className={classes.when}>
                <time dateTime={row.added_at}>{dateAndTime(row.added_at)}</time>
              </td>
              {mayDelete && (
                <td className={classes.act}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={m.tables_delete_row({ when: dateAndTime(row.added_at) })}
                    onClick={() => setLeaving(row)}
                  >
                    <IconTrash size={17} stroke={1.7} aria-hidden />
                  </ActionIcon>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && (
        <Confirm
          title={m.tables_delete_row_title()}
          go={m.shell_delete()}
          danger
          onGo={() => remove(leaving)}
          onClose={() => setLeaving(undefined)}
        >
          {m.tables_delete_row_why()}
        </Confirm>
      )}
    </div>
  )
}

/** From so many characters on a text gets a wide column, where it would otherwise stand word below word. */
const long = 40

function Value({ cell }: { cell: Cell }) {
  return (
    <td data-number={typeof cell === 'number'} data-long={typeof cell === 'string' && cell.length > long}>
      {shown(cell)}
    </td>
  )
}

function shown(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? m.tables_yes() : m.tables_no()
  return typeof cell === 'number' ? cell.toLocaleString(getLocale()) : cell
}
