import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { notFound, notice } from '../notice.ts'
import { receiveForRun } from '../store/inbox.ts'
import { audit } from '../store/missions.ts'
import { findBeginning } from '../store/runs.ts'
import { transaction } from '../store/transaction.ts'
import { memberOf, signedIn, type SignedIn } from './session.ts'

/** Cancelling a run, and starting one again with the data it began with. */
export default function runRoutes(context: Context): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  async function theRun(id: string) {
    const run = z.uuid().safeParse(id).success ? await findBeginning(context.pool, id) : undefined
    if (!run) throw notFound('run')
    return run
  }

  routes.post('/:id/cancel', async (c) => {
    const run = await theRun(c.req.param('id'))
    const { personId, name } = await memberOf(context, c, run.workspaceId, ['owner', 'builder'])
    await transaction(context.pool, async (client) => {
      await receiveForRun(client, {
        workspaceId: run.workspaceId,
        runId: run.id,
        source: 'cancel',
        identity: crypto.randomUUID(),
        kind: 'cancel',
        data: { by: { id: personId, name } },
      })
      await context.queue.drive(client, run.id)
      await audit(client, { workspaceId: run.workspaceId, userId: c.var.user.userId, what: 'cancelled run', data: { run: run.id } })
    })
    return c.json({})
  })

  routes.post('/:id/again', async (c) => {
    const run = await theRun(c.req.param('id'))
    await memberOf(context, c, run.workspaceId, ['owner', 'builder'])
    if (run.isItem)
      throw notice(
        409,
        {
          en: 'This run belongs to another one, which goes through a list.',
          fr: 'Cette exécution appartient à une autre, qui parcourt une liste.',
        },
        { en: 'Start that one again.', fr: 'Relancez celle-là.' },
      )
    const version = await context.versions.load(context.pool, run.versionId)
    if (!version) throw notFound('run')
    const runId = await transaction(context.pool, async (client) => {
      const id = await context.beginRun(client, {
        version,
        trigger: run.trigger,
        data: run.data,
        arrival: { id: null, workspaceId: run.workspaceId },
      })
      await audit(client, {
        workspaceId: run.workspaceId,
        userId: c.var.user.userId,
        what: 'started run again',
        data: { run: run.id, as: id ?? null },
      })
      return id
    })
    if (!runId)
      throw notice(
        409,
        { en: 'The run could not be started again.', fr: 'L’exécution n’a pas pu être relancée.' },
        { en: 'Try once more.', fr: 'Réessayez.' },
      )
    return c.json({ runId })
  })
  return routes
}
