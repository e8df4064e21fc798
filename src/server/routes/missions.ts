import { Hono } from 'hono'
import { z } from 'zod'
import { fieldSchema, readForm } from '../../mission/form.ts'
import { upgrade } from '../../mission/mission.ts'
import type { Context } from '../context.ts'
import { notice, notFound } from '../notice.ts'
import { mostTogether, publishTogether } from '../publishing.ts'
import { receive } from '../store/inbox.ts'
import { audit, doorsOf, keepDoors, listDoors, lockDraft, unpublish } from '../store/missions.ts'
import { transaction } from '../store/transaction.ts'
import { callersOf, liveVersionOf } from '../store/versions.ts'
import { readBody } from './body.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

const publishSchema = z.object({
  draftRev: z.int(),
  note: z.string().max(500).default(''),
  /** Missions that can go live only together with this one. */
  also: z
    .array(z.object({ id: z.uuid(), draftRev: z.int() }))
    .max(mostTogether)
    .default([]),
})
const startSchema = z.object({ trigger: z.string(), values: z.record(z.string(), z.unknown()).default({}) })

/** Publishing, addresses and starting by hand: what needs the language and the catalogue to decide. */
export default function missionRoutes(context: Context): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  routes.post('/:id/publish', async (c) => {
    const { draftRev, note, also } = await readBody(c, publishSchema)
    const id = readId(c.req.param('id'))
    const answer = await transaction(context.pool, async (client) => {
      const outcome = await publishTogether(client, context.versions, { id, draftRev }, also, {
        userId: c.var.user.userId,
        note,
        allow: (workspaceId) => memberOf({ pool: client }, c, workspaceId, ['owner', 'builder']),
      })
      if (!('published' in outcome)) return outcome
      for (const { id: mission, workspaceId, version } of outcome.published) {
        const data = { mission, version: version.number }
        await audit(client, { workspaceId, userId: c.var.user.userId, what: 'published', data })
        await tellMission(client, workspaceId, mission)
      }
      return { version: outcome.published[0]?.version }
    })
    return c.json(answer, 'problems' in answer ? 422 : 200)
  })

  routes.post('/:id/unpublish', async (c) => {
    await transaction(context.pool, async (client) => {
      const draft = await lockDraft(client, readId(c.req.param('id')))
      if (!draft) throw notFound('mission')
      await memberOf({ pool: client }, c, draft.workspaceId, ['owner', 'builder'])
      await unpublish(client, draft)
      await audit(client, { workspaceId: draft.workspaceId, userId: c.var.user.userId, what: 'unpublished', data: { mission: draft.id } })
      await tellMission(client, draft.workspaceId, draft.id)
    })
    return c.json({})
  })

  routes.get('/:id/callers', async (c) => {
    const id = readId(c.req.param('id'))
    const { rows } = await context.pool.query<{ workspace_id: string }>('select workspace_id from missions where id = $1', [id])
    const workspaceId = rows[0]?.workspace_id
    if (workspaceId === undefined) throw notFound('mission')
    await memberOf(context, c, workspaceId)
    return c.json({ missions: await callersOf(context.pool, context.versions, workspaceId, id) })
  })

  routes.get('/:id/doors', async (c) => {
    const doors = await transaction(context.pool, async (client) => {
      const draft = await lockDraft(client, readId(c.req.param('id')))
      if (!draft) throw notFound('mission')
      await memberOf({ pool: client }, c, draft.workspaceId, ['owner', 'builder'])
      const read = upgrade(draft.draft)
      if ('mission' in read) await keepDoors(client, draft.id, draft.workspaceId, doorsOf(read.mission))
      return listDoors(client, draft.id)
    })
    const base = context.publicUrl
    return c.json({
      doors: doors.map((door) => ({ ...door, url: door.kind === 'form' ? `${base}/f/${door.address}` : `${base}/hooks/${door.address}` })),
    })
  })

  routes.post('/:id/start', async (c) => {
    const { trigger: wanted, values } = await readBody(c, startSchema)
    const missionId = readId(c.req.param('id'))
    const versionId = await liveVersionOf(context.pool, missionId)
    const version = versionId ? await context.versions.load(context.pool, versionId) : undefined
    if (!version) throw notFound('mission')
    const { personId } = await memberOf(context, c, version.workspaceId)
    const trigger = version.mission.triggers.find((candidate) => candidate.id === wanted && candidate.type === 'by-hand')
    if (!trigger)
      throw notice(
        404,
        { en: 'The live version cannot be started by hand.', fr: 'La version en service ne peut pas être lancée à la main.' },
        { en: 'Add the trigger “By hand” and publish.', fr: 'Ajoutez le déclencheur « À la main » et publiez.' },
      )
    const fields = z.array(fieldSchema).safeParse(trigger.settings['fields'] ?? [])
    const read = readForm(fields.success ? fields.data : [], values)
    if ('wrong' in read) return c.json(read, 422)
    const identity = crypto.randomUUID()
    await receive(context.pool, {
      workspaceId: version.workspaceId,
      source: 'hand',
      identity,
      kind: 'hand',
      data: { kind: 'hand', person: personId, values: read.values, mission: missionId, trigger: wanted },
    })
    return c.json({ runId: await startedRun(context, identity) })
  })
  return routes
}

const idSchema = z.uuid()

function readId(text: string): string {
  const read = idSchema.safeParse(text)
  if (!read.success) throw notFound('mission')
  return read.data
}

async function tellMission(
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  workspaceId: string,
  missionId: string,
): Promise<void> {
  await client.query('select pg_notify($1, $2)', [
    'missions',
    JSON.stringify({ topic: 'mission', workspace: workspaceId, mission: missionId }),
  ])
}

/** How long somebody who pressed Start is kept waiting for the run to begin, in milliseconds. */
const patience = 3_000

/** The run that an arrival started, once a worker has taken it; null when none has in time (the workers are elsewhere and busy). */
async function startedRun(context: Context, identity: string): Promise<string | null> {
  const until = Date.now() + patience
  for (;;) {
    const { rows } = await context.pool.query<{ id: string }>(
      `select r.id from runs r join inbox i on i.id = r.inbox_id where i.source = 'hand' and i.identity = $1 limit 1`,
      [identity],
    )
    if (rows[0]) return rows[0].id
    if (Date.now() > until) return null
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
