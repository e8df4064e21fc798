import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.ts'
import { missionSchema, type Mission } from '../../src/mission/mission.ts'
import { fireSchedules } from '../../src/server/jobs/schedule.ts'
import { lockDraft, publishDraft, unpublish } from '../../src/server/store/missions.ts'
import { transaction } from '../../src/server/store/transaction.ts'
import { rememberVersions } from '../../src/server/store/versions.ts'
import { nextTimes } from '../../src/web/designer/settings/widgets/timetable.ts'
import { aDatabase } from '../making.ts'
import { anOffice, aProgram, published, startedByHand, until } from './program.ts'

const database = await aDatabase()
const { pool } = database

const hourly = missionSchema.parse({
  format: 1,
  name: 'Hourly',
  triggers: [{ id: 'clock', type: 'schedule', settings: { cron: '0 * * * *', zone: 'Europe/Paris' } }],
  steps: [{ id: 'note', type: 'set-data', settings: { data: { at: '{{ trigger.due }}' } } }],
  links: [{ from: 'clock', to: 'note' }],
})
const afterIt = missionSchema.parse({
  format: 1,
  name: 'After it',
  triggers: [{ id: 'ended', type: 'mission-ended', settings: { mission: 'M', status: 'any' } }],
  steps: [{ id: 'note', type: 'set-data', settings: { data: { status: '{{ trigger.status }}' } } }],
  links: [{ from: 'ended', to: 'note' }],
})

const scheduled = (name: string, settings: Record<string, unknown>) =>
  missionSchema.parse({ ...hourly, name, triggers: [{ id: 'clock', type: 'schedule', settings }] })

interface Started {
  data: { due: string; late: boolean; missed: number }
  version_id: string
}
const runsOf = async (mission: string) =>
  (await pool.query<Started>(`select data, version_id from runs where mission_id = $1 order by data->>'due'`, [mission])).rows
const missedBy = async (mission: string) =>
  (
    await pool.query<{ count: number; did: string; runs: number }>(
      'select instants as count, did, runs from missed_instants where mission_id = $1',
      [mission],
    )
  ).rows
const dueAt = async (mission: string) =>
  (await pool.query<{ next_at: Date }>('select next_at from schedules where mission_id = $1', [mission])).rows[0]?.next_at
const setDue = (mission: string, instant: Date) => pool.query('update schedules set next_at = $2 where mission_id = $1', [mission, instant])
/** The full minute so many minutes ago. */
const minutesAgo = (count: number) => new Date(Math.floor(Date.now() / 60_000 - count) * 60_000)
/** Waits until every due schedule was fired and what it fired was dealt with. */
const settled = () =>
  until('nothing is due', async () => {
    const { rows } = await pool.query(
      `select 1 from schedules where next_at <= now() union all select 1 from inbox where kind = 'schedule' and done_at is null`,
    )
    return rows.length === 0
  })

describe('schedules', () => {
  test('publishing says when it is due next, at the full hour', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, hourly)
    const next = await dueAt(id)
    expect(next?.getMinutes()).toBe(0)
    expect(next?.getTime()).toBeGreaterThan(Date.now())
  })

  test('the times that the designer shows are the times that are kept, one after the other', async () => {
    const office = await anOffice(database, ['Ana'])
    for (const zone of ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe']) {
      const id = await published(database, office, scheduled(zone, { cron: '30 2 * * *', zone }))
      expect(await dueAt(id)).toEqual(nextTimes('30 2 * * *', zone, new Date(), 5)[0])
    }
  })

  test('fires exactly once for each instant that has come, however many processes look', async () => {
    const office = await anOffice(database, ['Ana'])
    const missions = await Promise.all(
      Array.from({ length: 60 }, (_, index) => published(database, office, scheduled(`M${index}`, { cron: '* * * * *', missed: 'all' }))),
    )
    const before = minutesAgo(0)
    for (const id of missions) await setDue(id, new Date(before.getTime() - 120_000))
    const pools = Array.from({ length: 6 }, () => new pg.Pool({ connectionString: database.url, max: 2 }))
    const { context } = await aProgram(database)
    const look = async (own: pg.Pool) => {
      for (let empty = 0; empty < 3;) if ((await fireSchedules({ ...context, pool: own, versions: rememberVersions() })) === 0) empty += 1
    }
    await Promise.all(pools.flatMap((own) => [look(own), look(own)]))
    await settled()
    await Promise.all(pools.map((own) => own.end()))
    for (const id of missions) {
      const dues = (await runsOf(id)).map(({ data }) => data.due)
      // A minute may pass while this runs; it is one instant more.
      expect(dues.filter((due) => due <= before.toISOString())).toEqual(
        [2, 1, 0].map((ago) => new Date(before.getTime() - ago * 60_000).toISOString()),
      )
      expect(new Set(dues).size).toBe(dues.length)
    }
  })

  test('an instant that is on time is neither late nor missed', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, scheduled('On time', { cron: '* * * * *', missed: 'skip' }))
    await setDue(id, minutesAgo(0))
    await aProgram(database)
    await settled()
    expect((await runsOf(id)).at(0)?.data).toEqual({ due: expect.any(String) as string, late: false, missed: 0 })
    expect(await missedBy(id)).toEqual([])
  })

  test('what was missed while nothing ran is skipped, run once, or all run, and noted', async () => {
    const office = await anOffice(database, ['Ana'])
    // Every fourth minute, so that none of them is on time now or in a minute.
    const now = minutesAgo(0)
    const cron = `${Array.from({ length: 15 }, (_, index) => (now.getUTCMinutes() + 58 + 4 * index) % 60).join(',')} * * * *`
    const missions = new Map<string, string>()
    for (const did of ['skip', 'once', 'all']) missions.set(did, await published(database, office, scheduled(did, { cron, missed: did })))
    for (const id of missions.values()) await setDue(id, new Date(now.getTime() - 14 * 60_000))
    await aProgram(database)
    await settled()
    const dues = async (did: string) => (await runsOf(missions.get(did) ?? '')).map(({ data }) => data)
    const at = (count: number) => new Date(now.getTime() - count * 60_000).toISOString()
    expect(await dues('skip')).toEqual([])
    expect(await missedBy(missions.get('skip') ?? '')).toEqual([{ count: 4, did: 'skip', runs: 0 }])
    expect(await dues('once')).toEqual([{ due: at(2), late: true, missed: 3 }])
    expect(await missedBy(missions.get('once') ?? '')).toEqual([{ count: 4, did: 'once', runs: 1 }])
    expect(await dues('all')).toEqual([14, 10, 6, 2].map((ago) => ({ due: at(ago), late: true, missed: 0 })))
    expect(await missedBy(missions.get('all') ?? '')).toEqual([{ count: 4, did: 'all', runs: 4 }])
  })

  test('a year without the program is made up for by a hundred runs at most', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, scheduled('Year', { cron: '0 * * * *', missed: 'all' }))
    await setDue(id, new Date(minutesAgo(365 * 24 * 60).setUTCMinutes(0)))
    await aProgram(database)
    await settled()
    const runs = await runsOf(id)
    expect(runs.filter(({ data }) => data.late)).toHaveLength(100)
    expect(runs[0]?.data.missed).toBe(900)
    expect(await missedBy(id)).toEqual([{ count: 1_000, did: 'all', runs: 100 }])
  })

  test('what was missed across a change of clocks are the times of the zone', async () => {
    const office = await anOffice(database, ['Ana'])
    // Sundays of March at 02:30; on the 29th, in 2026, that time does not exist.
    const id = await published(database, office, scheduled('Clocks', { cron: '30 2 * 3 0', zone: 'Europe/Paris', missed: 'all' }))
    await setDue(id, new Date('2026-03-01T01:30:00Z'))
    await aProgram(database)
    await settled()
    expect((await runsOf(id)).slice(0, 5).map(({ data }) => data.due)).toEqual([
      '2026-03-01T01:30:00.000Z',
      '2026-03-08T01:30:00.000Z',
      '2026-03-15T01:30:00.000Z',
      '2026-03-22T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ])
  })

  test('a mission that is taken off while it is due fires no more', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, hourly)
    await setDue(id, minutesAgo(0))
    await transaction(pool, async (client) => {
      const draft = await lockDraft(client, id)
      if (draft) await unpublish(client, draft)
    })
    await aProgram(database)
    await settled()
    expect(await dueAt(id)).toBeUndefined()
    expect(await runsOf(id)).toEqual([])
  })

  test('a mission that is taken off after its instant was kept, before anybody looked, starts nothing', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, scheduled('Kept', { cron: '* * * * *' }))
    const program = await aProgram(database)
    await program.stop()
    await setDue(id, minutesAgo(0))
    await fireSchedules(program.context)
    await pool.query('update missions set live_version_id = null where id = $1', [id])
    await aProgram(database)
    await settled()
    expect(await runsOf(id)).toEqual([])
  })

  test('an archived mission lets its times pass', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, scheduled('Archived', { cron: '0 * * * *', missed: 'all' }))
    await pool.query('update missions set archived_at = now() where id = $1', [id])
    await setDue(id, minutesAgo(200))
    await aProgram(database)
    await settled()
    expect((await dueAt(id))?.getTime()).toBeGreaterThan(Date.now())
    expect(await runsOf(id)).toEqual([])
    expect(await missedBy(id)).toEqual([])
  })

  test('a new version that is published while an instant is due fires it once, and the earlier version never', async () => {
    const office = await anOffice(database, ['Ana'])
    const same = scheduled('Same', { cron: '* * * * *' })
    const other = scheduled('Other', { cron: '* * * * *' })
    const [kept, changed] = [await published(database, office, same), await published(database, office, other)]
    const program = await aProgram(database)
    await program.stop()
    const due = minutesAgo(0)
    for (const id of [kept, changed]) await setDue(id, due)
    const newer = await publishedAgain(kept, same)
    // In other minutes than this one and the next.
    await publishedAgain(changed, scheduled('Other', { cron: `${(minutesAgo(0).getUTCMinutes() + 30) % 60} * * * *` }))
    await fireSchedules(program.context)
    await aProgram(database)
    await settled()
    expect((await runsOf(kept)).filter(({ data }) => data.due === due.toISOString())).toEqual([
      { data: { due: due.toISOString(), late: false, missed: 0 }, version_id: newer },
    ])
    expect(await runsOf(changed)).toEqual([])
  })

  test('however often a mission is published while its instant is fired by many, it starts once', async () => {
    const office = await anOffice(database, ['Ana'])
    const every = scheduled('Busy', { cron: '* * * * *' })
    const missions = await Promise.all(Array.from({ length: 8 }, () => published(database, office, every)))
    const { context, stop } = await aProgram(database)
    await stop()
    const due = minutesAgo(0)
    for (const id of missions) await setDue(id, due)
    const pools = Array.from({ length: 3 }, () => new pg.Pool({ connectionString: database.url, max: 2 }))
    let publishing = true
    const look = async (own: pg.Pool) => {
      while (publishing) await fireSchedules({ ...context, pool: own, versions: rememberVersions() })
    }
    const looking = pools.map(look)
    await Promise.all(
      missions.map(async (id) => {
        for (let count = 0; count < 5; count++) await publishedAgain(id, every)
      }),
    )
    publishing = false
    await Promise.all(looking)
    await Promise.all(pools.map((own) => own.end()))
    await aProgram(database)
    await settled()
    for (const id of missions) expect((await runsOf(id)).filter(({ data }) => data.due === due.toISOString())).toHaveLength(1)
  })

  test('while somebody publishes, a due mission is left out and the others fire', async () => {
    const office = await anOffice(database, ['Ana'])
    const [held, free] = [await published(database, office, hourly), await published(database, office, hourly)]
    const program = await aProgram(database)
    await program.stop()
    const due = minutesAgo(1)
    for (const id of [held, free]) await setDue(id, due)
    await transaction(pool, async (client) => {
      await lockDraft(client, held)
      await fireSchedules(program.context)
      expect((await dueAt(free))?.getTime()).toBeGreaterThan(Date.now())
      expect(await dueAt(held)).toEqual(due)
    })
  })

  test('a version that cannot be read does not keep others from firing', async () => {
    const office = await anOffice(database, ['Ana'])
    const [broken, sound] = [
      await published(database, office, hourly),
      await published(database, office, scheduled('Sound', { cron: '* * * * *' })),
    ]
    await pool.query(`update versions set mission = '{"format": 99}' where mission_id = $1`, [broken])
    for (const id of [broken, sound]) await setDue(id, minutesAgo(0))
    await aProgram(database)
    await settled()
    expect(await runsOf(sound)).not.toEqual([])
    expect((await dueAt(broken))?.getTime()).toBeGreaterThan(Date.now())
  })
})

test('a wait of a year ends at the same hour of the day, over both changes of the clocks, and its job is kept for that instant', async () => {
  const office = await anOffice(database, ['Ana'])
  const zone = 'Australia/Lord_Howe'
  const id = await published(
    database,
    office,
    missionSchema.parse({
      format: 1,
      name: 'Year',
      triggers: [{ id: 'start', type: 'by-hand' }],
      steps: [{ id: 'pause', type: 'wait', settings: { time: '365d', zone } }],
      links: [{ from: 'start', to: 'pause' }],
    }),
  )
  await aProgram(database)
  await startedByHand(database, office, id, 'Ana')
  const run = await until('it waits', async () => {
    const { rows } = await pool.query<{ started_at: Date; until: string; start_after: Date }>(
      `select r.started_at, e.data->>'until' as until, j.start_after from runs r
       join entries e on e.run_id = r.id and e.what = 'waiting' join pgboss.job j on j.data->>'run' = r.id::text where r.mission_id = $1`,
      [id],
    )
    return rows[0]
  })
  const clockOf = (instant: Date) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: zone }).format(instant)
  expect(run.start_after).toEqual(new Date(run.until))
  expect(clockOf(run.start_after)).toBe(clockOf(run.started_at))
  expect(Math.round((run.start_after.getTime() - run.started_at.getTime()) / 86_400_000)).toBe(365)
})

/** Publishes a mission's next version; gives its id. */
async function publishedAgain(id: string, mission: Mission): Promise<string> {
  return transaction(pool, async (client) => {
    const draft = await lockDraft(client, id)
    if (!draft) throw new Error('no draft')
    const by = { userId: '00000000-0000-0000-0000-000000000000', note: '' }
    return (await publishDraft(client, draft, mission, by, catalogue.triggers)).id
  })
}

describe('a mission that listens for another one to end', () => {
  test('starts when it ends', async () => {
    const office = await anOffice(database, ['Ana'])
    await aProgram(database)
    const first = await published(
      database,
      office,
      missionSchema.parse({
        format: 1,
        name: 'First',
        triggers: [{ id: 'start', type: 'by-hand' }],
        steps: [{ id: 'a', type: 'set-data', settings: { data: { a: 1 } } }],
        links: [{ from: 'start', to: 'a' }],
      }),
    )
    const second = await published(database, office, {
      ...afterIt,
      triggers: afterIt.triggers.map((trigger) => ({ ...trigger, settings: { mission: first, status: 'any' } })),
    })
    await startedByHand(database, office, first, 'Ana')
    await until('the second has run', async () => (await runsOf(second)).length > 0)
    expect(await runsOf(second)).toHaveLength(1)
  })
})
