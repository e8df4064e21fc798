import type { SupabaseClient } from '@supabase/supabase-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { aClient, aDatabase, aSupabase, aUser } from '../making.ts'
import { missionSchema } from '../../src/mission/mission.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)

interface Side {
  workspaceId: string
  owner: SupabaseClient
  builder: SupabaseClient
  member: SupabaseClient
  memberId: string
  personId: string
}

const draft = missionSchema.parse({ format: 1, name: 'Draft', triggers: [], steps: [], links: [] })
const sql = async <Row extends object>(text: string, values: unknown[] = []) => (await database.pool.query<Row>(text, values)).rows

/** A workspace with an owner, a builder and a member, and one row in every table there is. */
async function aSide(name: string): Promise<Side> {
  const [workspace] = await sql<{ id: string }>('insert into workspaces (name) values ($1) returning id', [name])
  const workspaceId = workspace?.id ?? ''
  const clients: Record<string, SupabaseClient> = {}
  const ids: Record<string, string> = {}
  let personId = ''
  for (const role of ['owner', 'builder', 'member']) {
    const { id, client } = await aUser(supabase, database, `${role}@${name}.example`)
    const [person] = await sql<{ id: string }>('insert into people (workspace_id, user_id, name) values ($1, $2, $3) returning id', [
      workspaceId,
      id,
      role,
    ])
    personId = person?.id ?? ''
    await sql('insert into members (workspace_id, user_id, person_id, role) values ($1, $2, $3, $4)', [workspaceId, id, personId, role])
    clients[role] = client
    ids[role] = id
  }
  const one = async (text: string, values: unknown[]) => (await sql<{ id: string }>(text, values))[0]?.id ?? ''
  await sql(
    `insert into invitations (workspace_id, role, token_hash, created_by, expires_at) values ($1, 'member', $2, $3, now() + interval '1 day')`,
    [workspaceId, name, ids['owner']],
  )
  const connection = await one(
    `insert into connections (workspace_id, platform, name, sealed) values ($1, 'builtin', 'Chat', 'sealed') returning id`,
    [workspaceId],
  )
  await sql(`insert into identities (connection_id, external_id, workspace_id, person_id) values ($1, 'x', $2, $3)`, [
    connection,
    workspaceId,
    personId,
  ])
  await sql(`insert into audit (workspace_id, what) values ($1, 'began')`, [workspaceId])
  const mission = await one('insert into missions (workspace_id, name, draft) values ($1, $2, $3) returning id', [
    workspaceId,
    'M',
    JSON.stringify(draft),
  ])
  const version = await one('insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 1, $3) returning id', [
    workspaceId,
    mission,
    JSON.stringify(draft),
  ])
  await sql('insert into templates (slug, title, mission, workspace_id) values ($1, $1, $2, $3)', [
    `${name}-own`,
    JSON.stringify(draft),
    workspaceId,
  ])
  await sql(`insert into doors (address, workspace_id, mission_id, trigger, kind) values ($1, $2, $3, 't', 'hook')`, [
    `door-${name}`,
    workspaceId,
    mission,
  ])
  await sql(`insert into schedules (mission_id, trigger, workspace_id, version_id, next_at) values ($1, 't', $2, $3, now())`, [
    mission,
    workspaceId,
    version,
  ])
  await sql(
    `insert into missed_instants (workspace_id, mission_id, trigger, first_at, last_at, instants, did, runs) values ($1, $2, 't', now(), now(), 1, 'once', 1)`,
    [workspaceId, mission],
  )
  await sql(`insert into inbox (workspace_id, source, identity, kind, data) values ($1, 'test', $2, 'hook', '{}')`, [workspaceId, name])
  const run = await one(
    `insert into runs (workspace_id, mission_id, version_id, trigger, data) values ($1, $2, $3, 't', '{}') returning id`,
    [workspaceId, mission, version],
  )
  await sql(`insert into run_states (run_id, workspace_id, state) values ($1, $2, '{}')`, [run, workspaceId])
  await sql(`insert into entries (run_id, number, workspace_id, what) values ($1, 1, $2, 'started')`, [run, workspaceId])
  const ask = await one(
    `insert into asks (id, workspace_id, run_id, step, visit, type, settings, mode, changeable, asked) values (gen_random_uuid(), $1, $2, 's', 1, 'ask', '{}', 'first', false, '{}') returning id`,
    [workspaceId, run],
  )
  await sql('insert into answers (ask_id, person_id, workspace_id) values ($1, $2, $3)', [ask, personId, workspaceId])
  const table = await one(`insert into tables (workspace_id, name) values ($1, 'Leads') returning id`, [workspaceId])
  await sql(`insert into rows (table_id, workspace_id, "values") values ($1, $2, '{}')`, [table, workspaceId])
  const channel = await one(`insert into channels (workspace_id, name, kind) values ($1, 'general', 'public') returning id`, [workspaceId])
  await sql('insert into channel_members (channel_id, person_id, workspace_id) values ($1, $2, $3)', [channel, personId, workspaceId])
  const message = await one(
    `insert into messages (workspace_id, channel_id, person_id, body, text) values ($1, $2, $3, '{}', 'hello') returning id`,
    [workspaceId, channel, personId],
  )
  await sql(`insert into reactions (message_id, person_id, emoji, workspace_id, channel_id) values ($1, $2, '👍', $3, $4)`, [
    message,
    personId,
    workspaceId,
    channel,
  ])
  const { owner, builder, member } = clients
  if (!owner || !builder || !member) throw new Error('nobody was signed up')
  return { workspaceId, owner, builder, member, memberId: ids['member'] ?? '', personId }
}

let ours: Side
let theirs: Side
let tables: { name: string; columns: string[] }[]

beforeAll(async () => {
  ours = await aSide('ours')
  theirs = await aSide('theirs')
  tables = await sql<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns where table_schema = 'public' and table_name not like 'pg%' group by 1 order by 1`,
  )
})

const ofWorkspace = (table: string) => (table === 'workspaces' ? 'id' : 'workspace_id')
/** Tables whose rows members of their own workspace may read. */
const readable = [
  'workspaces',
  'people',
  'members',
  'missions',
  'versions',
  'templates',
  'schedules',
  'missed_instants',
  'runs',
  'entries',
  'tables',
  'rows',
  'channels',
  'channel_members',
  'messages',
  'reactions',
]

describe('row policies', () => {
  test('every table has row level security, and a comment on each policy', async () => {
    expect(
      await sql(
        `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and relkind = 'r' and not relrowsecurity`,
      ),
    ).toEqual([])
    expect(
      await sql(
        `select p.polname, c.relname from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and obj_description(p.oid, 'pg_policy') is null`,
      ),
    ).toEqual([])
  })

  test('signed-in people may insert missions and templates and nothing else; everything else is written by the program', async () => {
    expect(
      await sql(
        `select distinct table_name as name from information_schema.column_privileges
         where table_schema = 'public' and grantee in ('authenticated', 'anon') and privilege_type = 'INSERT' order by 1`,
      ),
    ).toEqual([{ name: 'missions' }, { name: 'templates' }])
    expect(await sql(`select 1 from information_schema.table_privileges where table_schema = 'public' and grantee = 'anon'`)).toEqual([])
  })

  test('one reads one’s own workspace', async () => {
    for (const table of readable) {
      const { data, error } = await ours.member.from(table).select(ofWorkspace(table)).eq(ofWorkspace(table), ours.workspaceId)
      expect(error, table).toBeNull()
      expect(data?.length, table).toBeGreaterThan(0)
    }
  })

  test('nobody reads, writes, changes or deletes anything of another workspace, in any table', async () => {
    const before = await counts()
    for (const { name, columns } of tables)
      for (const client of [ours.owner, ours.builder, ours.member]) {
        for (const column of columns) {
          const { data } = await client.from(name).select(column).eq(ofWorkspace(name), theirs.workspaceId)
          expect(data ?? [], `${name}.${column}`).toEqual([])
        }
        const { data: stolen } = await client
          .from(name)
          .insert({ [ofWorkspace(name)]: theirs.workspaceId, name: 'x', draft })
          .select(ofWorkspace(name))
        expect(stolen ?? [], name).toEqual([])
        for (const column of columns) {
          const { data: changed } = await client
            .from(name)
            .update({ [column]: null })
            .eq(ofWorkspace(name), theirs.workspaceId)
            .select(ofWorkspace(name))
          expect(changed ?? [], `${name}.${column}`).toEqual([])
        }
        const { data: deleted } = await client.from(name).delete().eq(ofWorkspace(name), theirs.workspaceId).select(ofWorkspace(name))
        expect(deleted ?? [], name).toEqual([])
      }
    expect(await counts()).toEqual(before)
  })

  test('a row cannot be moved to another workspace', async () => {
    for (const { name } of tables.filter((table) => table.name !== 'workspaces')) {
      await ours.owner.from(name).update({ workspace_id: theirs.workspaceId }).eq('workspace_id', ours.workspaceId)
      expect((await ownCount(name, ours.workspaceId)) > 0, name).toBe(true)
    }
  })

  test('who is not signed in sees nothing at all', async () => {
    const nobody = aClient(supabase, database)
    for (const { name } of tables) expect((await nobody.from(name).select('*')).data ?? [], name).toEqual([])
  })

  test('secrets are granted to nobody: sealed credentials, invitation tokens, states, asks and answers', async () => {
    for (const [table, column] of [
      ['connections', 'sealed'],
      ['invitations', 'token_hash'],
      ['run_states', 'state'],
      ['asks', 'settings'],
      ['answers', 'picked'],
      ['inbox', 'data'],
      ['identities', 'external_id'],
    ] as const) {
      const { data, error } = await ours.owner.from(table).select(column)
      expect(data ?? [], table).toEqual([])
      expect(error, table).not.toBeNull()
    }
  })

  test('a member begins, edits and publishes nothing, and does not see the addresses of web hooks', async () => {
    expect(
      (await ours.member.from('missions').insert({ workspace_id: ours.workspaceId, name: 'Mine', draft }).select('id')).data ?? [],
    ).toEqual([])
    expect(
      (await ours.member.from('missions').update({ name: 'Mine' }).eq('workspace_id', ours.workspaceId).select('id')).data ?? [],
    ).toEqual([])
    expect(
      (await ours.member.from('missions').update({ live_version_id: null }).eq('workspace_id', ours.workspaceId).select('id')).error,
    ).not.toBeNull()
    expect((await ours.member.from('doors').select('address')).data ?? []).toEqual([])
  })

  test('what is live is set by the program alone, even for owners', async () => {
    const { error } = await ours.owner.from('missions').update({ live_version_id: null }).eq('workspace_id', ours.workspaceId).select('id')
    expect(error).not.toBeNull()
    expect(
      (await ours.owner.from('versions').update({ note: 'changed' }).eq('workspace_id', ours.workspaceId).select('id')).error,
    ).not.toBeNull()
  })

  test('a builder edits drafts but manages nobody', async () => {
    const { data } = await ours.builder
      .from('missions')
      .insert({ workspace_id: ours.workspaceId, name: 'Built', draft })
      .select('id, draft_rev')
    expect(data).toHaveLength(1)
    expect((await ours.builder.from('members').update({ role: 'owner' }).eq('user_id', ours.memberId).select('role')).data ?? []).toEqual(
      [],
    )
    expect((await ours.builder.from('members').delete().eq('user_id', ours.memberId).select('role')).data ?? []).toEqual([])
    expect((await ours.builder.from('people').update({ name: 'Renamed' }).eq('id', ours.personId).select('id')).data ?? []).toEqual([])
    expect((await ours.builder.from('invitations').select('id')).data ?? []).toEqual([])
  })

  test('a save that began from an older draft changes nothing', async () => {
    const { data } = await ours.builder.from('missions').select('id, draft_rev').limit(1)
    const mission = data?.[0]
    const newer = { ...draft, name: 'Newer' }
    const first = await ours.builder
      .from('missions')
      .update({ draft: newer })
      .eq('id', mission?.id)
      .eq('draft_rev', mission?.draft_rev)
      .select('draft_rev')
    expect(first.data).toEqual([{ draft_rev: (mission?.draft_rev ?? 0) + 1 }])
    const second = await ours.owner
      .from('missions')
      .update({ draft: { ...draft, name: 'Late' } })
      .eq('id', mission?.id)
      .eq('draft_rev', mission?.draft_rev)
      .select('draft_rev')
    expect(second.data).toEqual([])
  })

  test('what is said in private is read by those who are in it', async () => {
    const [channel] = await sql<{ id: string }>(
      `insert into channels (workspace_id, name, kind) values ($1, 'secret', 'private') returning id`,
      [ours.workspaceId],
    )
    await sql('insert into channel_members (channel_id, person_id, workspace_id) values ($1, $2, $3)', [
      channel?.id,
      ours.personId,
      ours.workspaceId,
    ])
    await sql(`insert into messages (workspace_id, channel_id, body, text) values ($1, $2, '{}', 'psst')`, [ours.workspaceId, channel?.id])
    expect((await ours.member.from('messages').select('text').eq('channel_id', channel?.id)).data).toEqual([{ text: 'psst' }])
    expect((await ours.owner.from('messages').select('text').eq('channel_id', channel?.id)).data).toEqual([])
  })

  test('the last owner can neither leave nor step down', async () => {
    expect((await ours.owner.from('members').update({ role: 'member' }).eq('role', 'owner').select('role')).error).not.toBeNull()
    expect((await ours.owner.from('members').delete().eq('role', 'owner').select('role')).error).not.toBeNull()
  })
})

async function ownCount(table: string, workspaceId: string): Promise<number> {
  const [row] = await sql<{ count: number }>(`select count(*)::int as count from ${table} where ${ofWorkspace(table)} = $1`, [workspaceId])
  return row?.count ?? 0
}

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const { name } of tables) found[name] = await ownCount(name, theirs.workspaceId)
  return found
}
