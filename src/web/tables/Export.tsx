import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import { getLocale } from '../paraglide/runtime.js'
import { tellTrouble } from '../shell/tell.ts'
import { toCsv } from './csv.ts'
import { readAllRows, type TableCard } from './tables.ts'

/** Writes all rows that are found into a CSV file, and says how far it is. */
export function Export({ table, columns, words }: { table: TableCard; columns: readonly string[]; words: string }) {
  const [far, setFar] = useState<string>()
  const leaving = useRef<AbortController>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const write = useMutation({
    mutationFn: async () => {
      leaving.current = new AbortController()
      const rows = await readAllRows(table.id, words, leaving.current.signal, (done, total) =>
        setFar(m.tables_exporting({ done: done.toLocaleString(getLocale()), total: total.toLocaleString(getLocale()) })),
      )
      const csv = toCsv(
        [...columns, m.tables_added()],
        rows.map((row) => [...columns.map((column) => row.values[column] ?? null), row.added_at]),
      )
      save(`${table.name} ${new Date().toISOString().slice(0, 10)}.csv`, csv)
    },
    onError: (error) => {
      if (leaving.current?.signal.aborted !== true) tellTrouble(error)
    },
    onSettled: () => setFar(undefined),
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />}
      disabled={write.isPending || table.rows === 0}
      onClick={() => write.mutate()}
      aria-live="polite"
    >
      {far ?? m.tables_export()}
    </Button>
  )
}

function save(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[/\\:*?"<>|]/g, '-')
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
