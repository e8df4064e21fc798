import { expect, test } from 'vitest'
import { aClient, aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)

test('every migration is noted as the Supabase CLI notes it', async () => {
  const { rows } = await database.pool.query('select version, name from supabase_migrations.schema_migrations order by version limit 1')
  expect(rows).toEqual([{ version: '20261121000001', name: 'workspaces' }])
})

test('somebody signs up, signs in and is known to row policies', async () => {
  const ana = await aUser(supabase, database, 'ana@example.com')
  const again = aClient(supabase, database)
  await again.auth.signInWithPassword({ email: 'ana@example.com', password: 'correct horse battery' })
  const { data, error } = await again.from('workspaces').select('id')
  expect({ id: (await again.auth.getUser()).data.user?.id, data, error }).toEqual({ id: ana.id, data: [], error: null })
})

test('requests through the REST interface leave every grant as the migrations made it', async () => {
  const grants = async () =>
    (await database.pool.query(`select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace order by 1`)).rows
  const before = await grants()
  const bob = await aUser(supabase, database, 'bob@example.com')
  const read = await bob.client.from('connections').select('sealed')
  expect(read.error?.code).toBe('42501')
  expect(await grants()).toEqual(before)
})
