import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
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

const runsOf = async (mission: string) =>
  (await pool.query<{ data: { due?: string } }>('select data from runs where mission_id = $1', [mission])).rows

describe('schedules', () => {
  test('publishing says when it is due next, at the full hour', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, hourly)
    const { rows } = await pool.query<{ next_at: Date }>('select next_at from schedules where mission_id = $1', [id])
    expect(rows).toHaveLength(1)
    expect(rows[0]?.next_at.getMinutes()).toBe(0)
    expect(rows[0]?.next_at.getTime()).toBeGreaterThan(Date.now())
  })

  test('fires exactly once for an instant that has come, with two workers, and moves on to the next', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, hourly)
    await pool.query(`update schedules set next_at = date_trunc('hour', now()) where mission_id = $1`, [id])
    await aProgram(database)
    await aProgram(database)
    await until('it has fired', async () => (await runsOf(id)).length > 0)
    await until('it has moved on', async () => {
      const { rows } = await pool.query('select 1 from schedules where mission_id = $1 and next_at > now()', [id])
      return rows.length === 1
    })
    // Long enough for the second worker to look again.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await runsOf(id)).toHaveLength(1)
  })

  test('a mission that is taken off fires no more', async () => {
    const office = await anOffice(database, ['Ana'])
    const id = await published(database, office, hourly)
    await pool.query('update missions set live_version_id = null where id = $1', [id])
    await pool.query(`update schedules set next_at = now() where mission_id = $1`, [id])
    await aProgram(database)
    await until(
      'the schedule was looked at',
      async () => (await pool.query('select 1 from schedules where mission_id = $1 and next_at > now()', [id])).rows.length === 1,
    )
    await until(
      'its arrival was dealt with',
      async () => (await pool.query(`select 1 from inbox where kind = 'schedule' and done_at is null`)).rows.length === 0,
    )
    expect(await runsOf(id)).toEqual([])
  })
})

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
