import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { aDatabase } from '../making.ts'
import { until } from './program.ts'
import { aServer, begun, type Colleague } from './server.ts'

const database = await aDatabase()

const waiting = missionSchema.parse({
  format: 1,
  name: 'Waits',
  triggers: [{ id: 'start', type: 'by-hand', settings: {} }],
  steps: [{ id: 'wait', type: 'wait', settings: { until: 'time', time: '30d' } }],
  links: [{ from: 'start', to: 'wait' }],
})

/** The list of versions as the browser reads it. */
async function listed(by: Colleague, missionId: string) {
  const { data, error } = await by.client
    .from('version_cards')
    .select('number, note, published_by, live, under')
    .eq('mission_id', missionId)
    .order('number', { ascending: false })
  if (error) throw new Error(error.message)
  return data
}

describe('the list of versions', () => {
  test('says who published each and why, which is live, and how many open runs are in each', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana', 'Builder')
    const mission = await begun(people.Ana, workspaceId, waiting)
    const publish = (note: string, by: Colleague) =>
      server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev, note }, by)
    const start = async () =>
      String((await server.call(`/api/missions/${mission.id}/start`, { trigger: 'start' }, people.Ana)).answer['runId'])
    expect(await listed(people.Ana, mission.id)).toEqual([])
    await publish('The beginning', people.Ana)
    await start()
    const ended = await start()
    await publish('Two days instead of three', people.Builder)
    await start()
    await server.call(`/api/runs/${ended}/cancel`, {}, people.Ana)
    await until(
      'the run has ended',
      async () => (await database.pool.query('select 1 from runs where id = $1 and ended_at is not null', [ended])).rows.length === 1,
    )
    expect(await listed(people.Ana, mission.id)).toEqual([
      { number: 2, note: 'Two days instead of three', published_by: 'Builder', live: true, under: 1 },
      { number: 1, note: 'The beginning', published_by: 'Ana', live: false, under: 1 },
    ])
    await server.call(`/api/missions/${mission.id}/unpublish`, {}, people.Ana)
    expect((await listed(people.Ana, mission.id)).map(({ live }) => live)).toEqual([false, false])
  })

  test('is shown to nobody of another workspace', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const others = await server.team('Eve')
    const mission = await begun(people.Ana, workspaceId, waiting)
    await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    expect(await listed(others.people.Eve, mission.id)).toEqual([])
    expect(await listed(people.Ana, mission.id)).toHaveLength(1)
  })
})
