import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { done, supabase, taken } from '../data/supabase.ts'

const cardSchema = z.object({ id: z.string(), name: z.string(), rows: z.number(), last_added_at: z.nullable(z.string()) })

/** A line of the list of tables. */
export type TableCard = z.infer<typeof cardSchema>

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** What stands in one column of a row. */
export type Cell = z.infer<typeof cellSchema>

const rowSchema = z.object({
  id: z.string(),
  values: z.record(z.string(), z.catch(cellSchema, null)),
  added_at: z.string(),
  total: z.number(),
})

/** A row of a table. */
export type Row = z.infer<typeof rowSchema>

/** Lines on a page, of tables and of rows. */
export const pageSize = 50

/** A page of a workspace's tables by name. */
export function tablesQuery(workspaceId: string, words: string, page: number) {
  return queryOptions({
    queryKey: ['tables', 'list', workspaceId, words, page],
    queryFn: async ({ signal }) => {
      let request = supabase.from('table_cards').select('id, name, rows, last_added_at', { count: 'exact' }).eq('workspace_id', workspaceId)
      if (words !== '') request = request.ilike('name', `%${words.replace(/[%_\\]/g, '\\$&')}%`)
      const outcome = await request
        .order('name')
        .range((page - 1) * pageSize, page * pageSize - 1)
        .abortSignal(signal)
      return { tables: z.array(cardSchema).parse(taken(outcome)), total: outcome.count ?? 0 }
    },
  })
}

/** One table, and the names of its columns; null when it is not there (any more). */
export function tableQuery(tableId: string) {
  return queryOptions({
    queryKey: ['tables', tableId],
    queryFn: async () => {
      const found = z
        .array(cardSchema)
        .parse(taken(await supabase.from('table_cards').select('id, name, rows, last_added_at').eq('id', tableId)))
      const [table] = found
      if (!table) return null
      const columns = z.array(z.object({ name: z.string() })).parse(taken(await supabase.rpc('table_columns', { of_table: tableId })))
      return { table, columns: columns.map(({ name }) => name) }
    },
  })
}

/** A page of a table's rows that contain the words, newest first. */
export function rowsQuery(tableId: string, words: string, page: number) {
  return queryOptions({
    queryKey: ['rows', tableId, words, page],
    queryFn: ({ signal }) => readRows(tableId, words, (page - 1) * pageSize, pageSize, signal),
  })
}

async function readRows(
  tableId: string,
  words: string,
  skip: number,
  size: number,
  signal: AbortSignal,
): Promise<{ rows: Row[]; total: number }> {
  const answer = await supabase.rpc('search_rows', { of_table: tableId, words, skip, size }).abortSignal(signal)
  const rows = z.array(rowSchema).parse(taken(answer))
  return { rows, total: rows[0]?.total ?? 0 }
}

/** As many as the REST interface gives at once. */
const largestRead = 1_000

/** All rows that contain the words, newest first, told piece by piece how far it is. */
export async function readAllRows(
  tableId: string,
  words: string,
  signal: AbortSignal,
  told: (done: number, total: number) => void,
): Promise<Row[]> {
  const all: Row[] = []
  for (;;) {
    const { rows, total } = await readRows(tableId, words, all.length, largestRead, signal)
    all.push(...rows)
    told(all.length, Math.max(total, all.length))
    if (rows.length < largestRead) return all
  }
}

/** Deletes a table with all its rows. */
export async function deleteTable(tableId: string): Promise<void> {
  done(await supabase.from('tables').delete().eq('id', tableId))
}

/** Deletes one row. */
export async function deleteRow(rowId: string): Promise<void> {
  done(await supabase.from('rows').delete().eq('id', rowId))
}
