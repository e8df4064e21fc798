import { describe, expect, test } from 'vitest'
import { missionSchema } from '../../src/mission/mission.ts'
import { aDatabase } from '../making.ts'
import { byHand } from './by-hand.ts'
import { aServer, begun } from './server.ts'

const database = await aDatabase()

describe('publishing', () => {
  test('a mission with problems is not published, and each problem is told', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const mission = await begun(people.Ana, workspaceId, { ...byHand, steps: [{ id: 'keep', type: 'add-row', settings: {} }] })
    const { status, answer } = await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    expect(status).toBe(422)
    expect((answer['problems'] as unknown[]).length).toBeGreaterThan(0)
    expect((await database.pool.query('select 1 from versions where mission_id = $1', [mission.id])).rows).toEqual([])
  })

  test('a mission that runs another is published only when the other is live, here, and made for it', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const others = await server.team('Eve')
    const publish = ({ id, draftRev }: { id: string; draftRev: number }, by = people.Ana) =>
      server.call(`/api/missions/${id}/publish`, { draftRev }, by)
    const called = missionSchema.parse({
      ...byHand,
      name: 'Tell result',
      triggers: [{ id: 'called', type: 'run-by-mission', settings: { fields: [{ id: 'topic', label: 'Topic' }] } }],
      steps: [{ id: 'keep', type: 'add-row', settings: { table: 'Topics', row: { Topic: '{{ trigger.topic }}' } } }],
      links: [{ from: 'called', to: 'keep' }],
    })
    const runs = (mission: string, triggers: unknown[] = []) =>
      missionSchema.parse({
        ...byHand,
        name: 'Outer',
        triggers: [...byHand.triggers, ...triggers],
        steps: [{ id: 'tell', name: 'Tell them', type: 'run-mission', settings: { mission, values: { topic: 'x' }, within: '2d' } }],
        links: [{ from: 'start', to: 'tell' }, ...(triggers.length > 0 ? [{ from: 'called', to: 'tell' }] : [])],
      })
    const refused = async (mission: string) => {
      const outer = await begun(people.Ana, workspaceId, runs(mission))
      const { status, answer } = await publish(outer)
      expect(status).toBe(422)
      expect((await database.pool.query('select 1 from versions where mission_id = $1', [outer.id])).rows).toEqual([])
      return { outer, answer }
    }

    const inner = await begun(people.Ana, workspaceId, called)
    const { outer, answer } = await refused(inner.id)
    expect(answer).toMatchObject({
      problems: [{ id: 'called-not-live:tell', severity: 'error', where: { step: 'tell', setting: 'mission' } }],
      error: {
        what: { en: '“Tell result” is not live yet.', fr: '«\u00a0Tell result\u00a0» n’est pas encore en service.' },
        remedy: { en: 'Publish it first, or choose another mission in the step “Tell them”.' },
      },
    })
    expect((await publish(inner)).status).toBe(200)
    expect((await publish(outer)).status).toBe(200)

    await database.pool.query('update missions set archived_at = now() where id = $1', [inner.id])
    expect((await refused(inner.id)).answer).toMatchObject({ problems: [{ id: 'called-archived:tell' }] })

    const deaf = await begun(people.Ana, workspaceId, byHand)
    await publish(deaf)
    expect((await refused(deaf.id)).answer).toMatchObject({ problems: [{ id: 'called-not-made-for-it:tell' }] })

    const foreign = await begun(others.people.Eve, others.workspaceId, called)
    await publish(foreign, others.people.Eve)
    for (const nobody of [foreign.id, 'no id at all'])
      expect((await refused(nobody)).answer).toMatchObject({
        problems: [{ id: 'called-missing:tell' }],
        error: { what: { en: 'The mission that “Tell them” is to run is not there.' } },
      })
  })

  test('missions that run one another go live together, all or none, and each knows who runs it', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const draft = (name: string, mission?: string) =>
      missionSchema.parse({
        ...byHand,
        name,
        triggers: [{ id: 'called', type: 'run-by-mission', settings: { fields: [] } }],
        steps: [
          mission === undefined
            ? { id: 'say', type: 'send-message', settings: { to: 'channel', channel: 'general', text: 'Well done' } }
            : { id: 'tell', name: 'Tell', type: 'run-mission', settings: { mission, wait: false } },
        ],
        links: [{ from: 'called', to: mission === undefined ? 'say' : 'tell' }],
      })
    const save = async (id: string, mission: unknown) => {
      const [row] = (
        await database.pool.query<{ draft_rev: number }>('update missions set draft = $2 where id = $1 returning draft_rev', [
          id,
          JSON.stringify(mission),
        ])
      ).rows
      return { id, draftRev: row?.draft_rev ?? 0 }
    }
    const publish = ({ id, draftRev }: { id: string; draftRev: number }, also: unknown[] = []) =>
      server.call(`/api/missions/${id}/publish`, { draftRev, also }, people.Ana)
    const callers = async (id: string) => (await server.call(`/api/missions/${id}/callers`, undefined, people.Ana)).answer['missions']
    const live = async () =>
      (await database.pool.query('select 1 from missions where workspace_id = $1 and live_version_id is not null', [workspaceId])).rows
        .length

    const last = await begun(people.Ana, workspaceId, draft('Last'))
    const ping = await begun(people.Ana, workspaceId, draft('Ping', last.id))
    // One that does not run the other in turn is published first, as the words say.
    expect((await publish(ping)).answer).not.toHaveProperty('together')
    const pong = await begun(people.Ana, workspaceId, draft('Pong', ping.id))
    const pinging = await save(ping.id, draft('Ping', pong.id))
    const { status, answer } = await publish(pinging)
    expect(status).toBe(422)
    expect(answer).toMatchObject({ together: [{ id: pong.id, name: 'Pong', draftRev: pong.draftRev }] })

    // All of them or none.
    expect((await publish(pinging, [{ id: pong.id, draftRev: pong.draftRev + 1 }])).status).toBe(409)
    const broken = await save(pong.id, { ...draft('Pong', ping.id), steps: [{ id: 'tell', type: 'send-message', settings: {} }] })
    const refused = await publish(pinging, [broken])
    expect([refused.status, refused.answer]).toMatchObject([
      422,
      { problems: [], error: { what: { en: '“Pong” still has problems, so nothing was published.' } } },
    ])
    expect(await live()).toBe(0)

    const mended = await save(pong.id, draft('Pong', ping.id))
    expect((await publish(pinging, [mended, pinging, mended])).status).toBe(200)
    expect(await live()).toBe(2)
    const numbers = await database.pool.query('select number from versions where mission_id = any($1)', [[ping.id, pong.id]])
    expect(numbers.rows).toEqual([{ number: 1 }, { number: 1 }])
    expect(await callers(ping.id)).toEqual([{ id: pong.id, name: 'Pong' }])
    expect(await callers(pong.id)).toEqual([{ id: ping.id, name: 'Ping' }])
    // Only named in a text, and no longer live.
    const talking = await begun(people.Ana, workspaceId, {
      ...draft('Talk'),
      steps: [{ id: 'say', type: 'send-message', settings: { to: 'channel', channel: 'general', text: `See ${pong.id}` } }],
    })
    expect((await publish(talking)).status).toBe(200)
    await server.call(`/api/missions/${ping.id}/unpublish`, {}, people.Ana)
    expect(await callers(pong.id)).toEqual([])
  })

  test('a live version that cannot be read counts as none, for those that it runs and for those that run it', async () => {
    const { workspaceId, people } = await (await aServer(database)).team('Ana')
    const server = await aServer(database)
    const publish = ({ id, draftRev }: { id: string; draftRev: number }) =>
      server.call(`/api/missions/${id}/publish`, { draftRev }, people.Ana)
    const draft = (name: string, mission?: string) => {
      const settings = mission === undefined ? { to: 'channel', channel: 'general', text: 'Well done' } : { mission, wait: false }
      return missionSchema.parse({
        ...byHand,
        name,
        triggers: [{ id: 'called', type: 'run-by-mission', settings: { fields: [] } }],
        steps: [{ id: 'do', name: 'Tell', type: mission === undefined ? 'send-message' : 'run-mission', settings }],
        links: [{ from: 'called', to: 'do' }],
      })
    }
    const inner = await begun(people.Ana, workspaceId, draft('Inner'))
    expect((await publish(inner)).status).toBe(200)
    const [broken, whole] = [
      await begun(people.Ana, workspaceId, draft('Broken', inner.id)),
      await begun(people.Ana, workspaceId, draft('Whole', inner.id)),
    ]
    for (const one of [broken, whole]) expect((await publish(one)).status).toBe(200)
    await database.pool.query(`update versions set mission = jsonb_set(mission, '{format}', '99') where mission_id = $1`, [broken.id])

    const fresh = await aServer(database)
    const callers = await fresh.call(`/api/missions/${inner.id}/callers`, undefined, people.Ana)
    expect(callers).toMatchObject({ status: 200, answer: { missions: [{ id: whole.id, name: 'Whole' }] } })
    const outer = await begun(people.Ana, workspaceId, draft('Outer', broken.id))
    expect(await fresh.call(`/api/missions/${outer.id}/publish`, { draftRev: outer.draftRev }, people.Ana)).toMatchObject({
      status: 422,
      answer: { error: { what: { en: '“Broken” is not live yet.' } } },
    })
  })

  test('a mission that runs itself needs the trigger for that, which it may be given with the same version', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const publish = (id: string, draftRev: number) => server.call(`/api/missions/${id}/publish`, { draftRev }, people.Ana)
    const { id } = await begun(people.Ana, workspaceId, byHand)
    const save = async (triggers: unknown[]) => {
      const draft = missionSchema.parse({
        ...byHand,
        triggers: [...byHand.triggers, ...triggers],
        steps: [...byHand.steps, { id: 'again', type: 'run-mission', settings: { mission: id, wait: false, values: { topic: 'x' } } }],
        links: [{ from: 'start', to: 'keep' }, { from: 'keep', to: 'again' }, ...triggers.map(() => ({ from: 'called', to: 'again' }))],
      })
      const saved = await people.Ana.client.from('missions').update({ draft }).eq('id', id).select('draft_rev').single()
      return Number(saved.data?.draft_rev)
    }
    expect((await publish(id, await save([]))).answer).toMatchObject({
      error: {
        what: { en: '“By hand” has no trigger “Another mission runs it”, so no mission can run it.' },
        remedy: { en: 'Add this trigger, or choose another mission in the step “Run another mission”.' },
      },
    })
    expect(await publish(id, await save([{ id: 'called', type: 'run-by-mission', settings: {} }]))).toMatchObject({ status: 200 })
  })

  test('versions count up, a stale draft is refused, and a member may not', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana', 'Bob')
    const mission = await begun(people.Ana, workspaceId, byHand)
    expect((await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Bob)).status).toBe(403)
    expect((await server.call(`/api/missions/${mission.id}/publish`, { draftRev: 99 }, people.Ana)).status).toBe(409)
    const first = await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev, note: 'First' }, people.Ana)
    expect(first).toMatchObject({ status: 200, answer: { version: { number: 1 } } })
    const second = await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    expect(second.answer).toMatchObject({ version: { number: 2 } })
  })

  test('somebody of another workspace publishes, starts and learns nothing', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const others = await server.team('Eve')
    const mission = await begun(people.Ana, workspaceId, byHand)
    await server.call(`/api/missions/${mission.id}/publish`, { draftRev: mission.draftRev }, people.Ana)
    for (const path of ['publish', 'unpublish', 'start'])
      expect(
        (
          await server.call(
            `/api/missions/${mission.id}/${path}`,
            { draftRev: 1, trigger: 'start', values: { topic: 'x' } },
            others.people.Eve,
          )
        ).status,
      ).toBe(403)
    for (const path of ['doors', 'callers'])
      expect((await server.call(`/api/missions/${mission.id}/${path}`, undefined, others.people.Eve)).status).toBe(403)
    const own = await begun(others.people.Eve, others.workspaceId, byHand)
    const together = { draftRev: own.draftRev, also: [mission] }
    expect((await server.call(`/api/missions/${own.id}/publish`, together, others.people.Eve)).status).toBe(404)
    const numbers = await database.pool.query('select number from versions where mission_id = any($1)', [[mission.id, own.id]])
    expect(numbers.rows).toEqual([{ number: 1 }])
  })

  test('more people may open a mission at once than the program has sessions with the database', async () => {
    const server = await aServer(database)
    const { workspaceId, people } = await server.team('Ana')
    const { id } = await begun(people.Ana, workspaceId, byHand)
    const asked = Array.from({ length: 30 }, () => server.call(`/api/missions/${id}/doors`, undefined, people.Ana))
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200))
  })
})
