import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { notice } from '../notice.ts'
import { transaction } from '../store/transaction.ts'
import { createWorkspace, ownedBy } from '../store/workspaces.ts'
import { readBody } from './body.ts'
import { newcomerSchema } from './newcomer.ts'
import { type SignedIn, signedIn } from './session.ts'

const newWorkspaceSchema = newcomerSchema.extend({ name: z.string().trim().min(1).max(80) })

/** More than anybody needs; a robot with an account would otherwise fill the disk. */
const mostOwned = 20

/** Making a workspace; whoever makes it owns it. */
export default function workspaceRoutes(context: Pick<Context, 'pool' | 'authenticate' | 'wakeInbox'>): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use(signedIn(context))

  routes.post('/', async (c) => {
    const wanted = await readBody(c, newWorkspaceSchema)
    const { userId, email } = c.var.user
    const made = await transaction(context.pool, async (client) => {
      if ((await ownedBy(client, userId)) >= mostOwned)
        throw notice(
          409,
          { en: `You already own ${mostOwned} workspaces.`, fr: `Vous possédez déjà ${mostOwned} espaces de travail.` },
          {
            en: 'Use one of them, or make somebody else its owner first.',
            fr: 'Utilisez l’un d’eux, ou confiez-le d’abord à quelqu’un d’autre.',
          },
        )
      return createWorkspace(client, wanted.name, {
        userId,
        email,
        name: wanted.personName,
        timeZone: wanted.timeZone,
        language: wanted.language,
      })
    })
    context.wakeInbox()
    return c.json({ workspaceId: made.workspaceId })
  })
  return routes
}
