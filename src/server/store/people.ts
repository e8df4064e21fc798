import { z } from 'zod'
import type { Person } from '../../catalogue/services.ts'
import type { Sql } from './transaction.ts'

interface PersonRow {
  id: string
  name: string
  email: string
  time_zone: string
  language: string
  manager_id: string | null
  buddy_id: string | null
}

const columns = 'id, name, email, time_zone, language, manager_id, buddy_id'

function toPerson(row: PersonRow, near: ReadonlyMap<string, PersonRow>): Person {
  const plain = (one: PersonRow | undefined): Person | null =>
    one
      ? {
          id: one.id,
          name: one.name,
          first_name: one.name.split(' ')[0] ?? one.name,
          email: one.email,
          time_zone: one.time_zone,
          language: one.language,
          manager: null,
          buddy: null,
        }
      : null
  return {
    id: row.id,
    name: row.name,
    first_name: row.name.split(' ')[0] ?? row.name,
    email: row.email,
    time_zone: row.time_zone,
    language: row.language,
    manager: plain(near.get(row.manager_id ?? '')),
    buddy: plain(near.get(row.buddy_id ?? '')),
  }
}

/** People of a workspace by id, with manager and buddy, in the order of the ids; unknown ids are left out. */
export async function peopleByIds(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Person[]> {
  const wanted = ids.filter((id) => z.uuid().safeParse(id).success)
  if (wanted.length === 0) return []
  const { rows } = await sql.query<PersonRow>(
    `with asked as (select ${columns} from people where workspace_id = $1 and id = any($2))
     select ${columns} from asked
     union select ${columns} from people where id in (select manager_id from asked union select buddy_id from asked)`,
    [workspaceId, wanted],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return wanted.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toPerson(row, byId)] : []
  })
}

/** A person by id, e-mail address or full name; undefined when nobody, or more than one by that name, is meant. */
export async function findPerson(sql: Sql, workspaceId: string, who: string): Promise<Person | undefined> {
  if (z.uuid().safeParse(who).success) return (await peopleByIds(sql, workspaceId, [who]))[0]
  const { rows } = await sql.query<{ id: string }>(
    `select id from people where workspace_id = $1 and left_at is null and (lower(email) = lower($2) or lower(name) = lower($2))
     order by lower(email) = lower($2) desc limit 2`,
    [workspaceId, who.trim().replace(/^@/, '')],
  )
  const [first, second] = rows
  if (!first || (second && !who.includes('@'))) return undefined
  return (await peopleByIds(sql, workspaceId, [first.id]))[0]
}
