import type { Cell, TableService } from '../../catalogue/services.ts'
import type { Sql } from '../store/transaction.ts'

/** The workspace's tables. A row is added once per visit: its key is unique. */
export function openTables(sql: Sql, workspaceId: string): TableService {
  return {
    async add({ table, row, key }) {
      const { rows } = await sql.query<{ id: string }>(
        `with made as (
           insert into tables (workspace_id, name) values ($1, $2) on conflict (workspace_id, name) do update set name = excluded.name returning id),
         added as (
           insert into rows (table_id, workspace_id, key, "values") select id, $1, $3, $4::jsonb from made
           on conflict (key) do nothing returning id)
         select id from added union all select id from rows where key = $3 limit 1`,
        [workspaceId, table, key, JSON.stringify(row)],
      )
      return { id: rows[0]?.id ?? '' }
    },
    async find({ table, where, limit }) {
      const { rows } = await sql.query<{ id: string; values: Record<string, Cell>; added_at: Date }>(
        `select r.id, r."values", r.added_at from rows r join tables t on t.id = r.table_id
         where t.workspace_id = $1 and t.name = $2
           and not exists (
             select 1 from jsonb_each_text($3::jsonb) as wanted
             where lower(coalesce(r."values" ->> wanted.key, '')) <> lower(coalesce(wanted.value, '')))
         order by r.added_at desc limit $4`,
        [workspaceId, table, JSON.stringify(where), limit],
      )
      return rows.map((row) => ({ id: row.id, values: row.values, added: row.added_at.toISOString() }))
    },
  }
}
