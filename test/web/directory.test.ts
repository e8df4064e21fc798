import { expect, test } from 'vitest'
import { matching } from '../../src/web/people/people.ts'
import { aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)

test.each([
  ['ana', ['Ana Lima']],
  ['LIMA', ['Ana Lima']],
  ['zoe@', ['Zoé, the (new) one']],
  ['é, the (n', ['Zoé, the (new) one']],
  ['nobody', []],
])('the directory is searched for %s', async (words, found) => {
  const { id, client } = await aUser(supabase, database, `${crypto.randomUUID()}@example.com`)
  const one = async (text: string, values: unknown[]) => (await database.pool.query<{ id: string }>(text, values)).rows[0]?.id ?? ''
  const workspace = await one(`insert into workspaces (name) values ('Office') returning id`, [])
  const ana = await one(
    `insert into people (workspace_id, user_id, name, email) values ($1, $2, 'Ana Lima', 'al@example.com') returning id`,
    [workspace, id],
  )
  await one(`insert into people (workspace_id, name, email) values ($1, 'Zoé, the (new) one', 'zoe@example.com') returning id`, [workspace])
  await database.pool.query(`insert into members (workspace_id, user_id, person_id, role) values ($1, $2, $3, 'owner')`, [
    workspace,
    id,
    ana,
  ])
  const { data } = await client.from('person_cards').select('name').eq('workspace_id', workspace).or(matching(words))
  expect(data?.map(({ name }) => name)).toEqual(found)
})
