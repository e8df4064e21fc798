import { beforeAll, describe, expect, test } from 'vitest'
import { aDatabase, aSupabase, aUser } from '../making.ts'

const database = await aDatabase()
const supabase = await aSupabase(database)

const first = async (sql: string, values: unknown[] = []): Promise<string> =>
  (await database.pool.query<{ id: string }>(`${sql} returning id`, values)).rows[0]?.id ?? ''

/** A workspace with one member, a published mission, and a run whose journal is given. */
async function aWorkspaceWithRun(
  email: string,
  entries: { what: string; step?: string; visit?: number; data?: unknown }[],
  ended: boolean,
) {
  const { id, client } = await aUser(supabase, database, email)
  const workspace = await first(`insert into workspaces (name) values ('Office')`)
  const person = await first(`insert into people (workspace_id, user_id, name) values ($1, $2, 'Ana')`, [workspace, id])
  await database.pool.query(`insert into members (workspace_id, user_id, person_id, role) values ($1, $2, $3, 'member')`, [
    workspace,
    id,
    person,
  ])
  const mission = await first(`insert into missions (workspace_id, name, draft) values ($1, 'Welcome', '{}')`, [workspace])
  const document = { triggers: [{ id: 'joins', type: 'person-joined-channel', settings: { channel: 'general' } }] }
  const version = await first('insert into versions (workspace_id, mission_id, number, mission) values ($1, $2, 3, $3)', [
    workspace,
    mission,
    JSON.stringify(document),
  ])
  const data = { person: { id: 'zoe', name: 'Zoe', manager: null }, text: 'x'.repeat(500), secret: 'not for lists' }
  const run = await first(
    `insert into runs (workspace_id, mission_id, version_id, trigger, data, about, status, ended_at) values ($1, $2, $3, 'joins', $4, 'Zoe', $5, $6)`,
    [workspace, mission, version, JSON.stringify(data), ended ? 'completed' : 'waiting', ended ? new Date() : null],
  )
  for (const [at, { what, step, visit, data: details = {} }] of entries.entries())
    await database.pool.query(
      'insert into entries (run_id, workspace_id, number, step, visit, what, data) values ($1, $2, $3, $4, $5, $6, $7)',
      [run, workspace, at + 1, step ?? null, visit ?? null, what, JSON.stringify(details)],
    )
  return { client, run }
}

const people = [
  { id: 'bo', name: 'Bo' },
  { id: 'cy', name: 'Cy' },
]
const journal = [
  { what: 'started', data: {} },
  { what: 'asked', step: 'old', visit: 1, data: { people, until: '2026-12-01T09:00:00Z' } },
  { what: 'left', step: 'old', visit: 1, data: { exit: 'done' } },
  { what: 'asked', step: 'laptop', visit: 2, data: { people, channel: { id: 'c', name: 'general' }, until: '2026-12-04T09:00:00Z' } },
  { what: 'answered', step: 'laptop', visit: 1, data: { person: people[1] } },
  { what: 'answered', step: 'laptop', visit: 2, data: { person: people[0] } },
  { what: 'waiting', step: 'pause', visit: 1, data: { until: '2026-12-05T09:00:00Z' } },
  { what: 'retrying', step: 'mail', visit: 1, data: { at: '2026-12-01T10:00:00Z' } },
  { what: 'skipped', step: 'never' },
]

describe('a line of the history', () => {
  let ana: Awaited<ReturnType<typeof aWorkspaceWithRun>>
  let eve: Awaited<ReturnType<typeof aWorkspaceWithRun>>
  beforeAll(async () => {
    ana = await aWorkspaceWithRun('ana@example.com', journal, false)
    eve = await aWorkspaceWithRun('eve@example.com', journal, true)
  })

  test('says what started the run, with no more of its data than that takes', async () => {
    const { data } = await ana.client.from('run_cards').select('mission_name, version_number, trigger, data, words')
    expect(data).toEqual([
      {
        mission_name: 'Welcome',
        version_number: 3,
        trigger: { type: 'person-joined-channel', settings: { channel: 'general' } },
        data: { person: { id: 'zoe', name: 'Zoe' }, text: 'x'.repeat(200) },
        words: 'Welcome Zoe',
      },
    ])
  })

  test('says whom and what the run waits for now: only those who have not answered on this visit', async () => {
    const { data } = await ana.client.from('run_cards').select('waiting')
    expect(data?.[0]?.waiting).toEqual([
      { what: 'asked', until: '2026-12-04T09:00:00Z', channel: { id: 'c', name: 'general' }, people: [people[1]], runs: null },
      { what: 'waiting', until: '2026-12-05T09:00:00Z', channel: null, people: [], runs: null },
      { what: 'retrying', until: '2026-12-01T10:00:00Z', channel: null, people: [], runs: null },
    ])
  })

  test('counts the items of a list while they are done, and says which item a run is for', async () => {
    const dan = await aWorkspaceWithRun(
      'dan@example.com',
      [
        { what: 'started' },
        { what: 'called', step: 'all', visit: 1, data: { count: 3, settings: {} } },
        { what: 'returned', step: 'all', visit: 1, data: { run: 'r', position: 1, status: 'failed' } },
        { what: 'called', step: 'other', visit: 1, data: { count: 1, mission: { id: 'm', name: 'Bakes', version: 'v', data: {} } } },
      ],
      false,
    )
    const holder = { id: 'joins', type: 'for-each', settings: { list: 'a' }, within: 'outer' }
    await database.pool.query(`update versions set mission = $1 where id = (select version_id from runs where id = $2)`, [
      JSON.stringify({ triggers: [], steps: [holder] }),
      dan.run,
    ])
    for (const [position, item, status] of [
      [1, { name: 'Zoe', email: 'zoe@example.com' }, 'failed'],
      [2, 'x'.repeat(500), 'running'],
    ] as const)
      await database.pool.query(
        `insert into runs (workspace_id, mission_id, version_id, trigger, data, status, ended_at, parent_id, parent_step, parent_visit, position)
         select workspace_id, mission_id, version_id, 'joins', $2, $3::text, case when $3 = 'failed' then now() end, id, 'all', 1, $4::integer from runs where id = $1`,
        [dan.run, JSON.stringify({ item, position, count: 3 }), status, position],
      )
    const parent = await dan.client.from('run_cards').select('waiting, position').eq('id', dan.run)
    expect(parent.data).toEqual([
      {
        position: null,
        waiting: [
          { what: 'called', until: null, channel: null, people: [], runs: { count: 3, ended: 1, failed: 1 } },
          {
            what: 'called',
            until: null,
            channel: null,
            people: [],
            runs: { count: 1, ended: 0, failed: 0, mission: { id: 'm', name: 'Bakes' } },
          },
        ],
      },
    ])
    const items = await dan.client.from('run_cards').select('position, trigger, data').eq('parent_id', dan.run).order('position')
    expect(items.data).toEqual([
      { position: 1, trigger: { type: 'for-each' }, data: { item: { name: 'Zoe' }, position: 1, count: 3 } },
      { position: 2, trigger: { type: 'for-each' }, data: { item: 'x'.repeat(200), position: 2, count: 3 } },
    ])
  })

  test('of a run that is over waits for nothing', async () => {
    const { data } = await eve.client.from('run_cards').select('waiting')
    expect(data).toEqual([{ waiting: [] }])
  })

  test('is read only in one’s own workspace, and written by nobody', async () => {
    expect((await ana.client.from('run_cards').select('id')).data).toEqual([{ id: ana.run }])
    expect((await ana.client.from('run_cards').select('id').eq('id', eve.run)).data).toEqual([])
    expect((await ana.client.from('run_cards').update({ status: 'failed' }).eq('id', ana.run)).error).not.toBeNull()
    expect((await ana.client.from('run_cards').delete().eq('id', ana.run)).error).not.toBeNull()
  })
})
