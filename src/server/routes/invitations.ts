import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { notice } from '../notice.ts'
import { peopleByIds } from '../store/people.ts'
import { transaction } from '../store/transaction.ts'
import { createInvitation, findInvitation, type Invitation, joinWorkspace } from '../store/workspaces.ts'
import { readBody } from './body.ts'
import { newcomerSchema } from './newcomer.ts'
import { memberOf, type SignedIn, signedIn } from './session.ts'

const newInvitationSchema = z.strictObject({
  workspaceId: z.uuid(),
  role: z.enum(['owner', 'builder', 'member']),
  managerId: z.uuid().nullable().default(null),
  buddyId: z.uuid().nullable().default(null),
})

/** Long enough to be found in a mailbox after a holiday, short enough not to stay open for ever. */
const lasts = '14 days'

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Inviting by link. The link holds a secret of 192 bits, of which only a hash is kept. */
export default function invitationRoutes(context: Pick<Context, 'pool' | 'authenticate' | 'wakeInbox' | 'publicUrl'>): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  const onlySignedIn = signedIn(context)

  async function openInvitation(token: string): Promise<Invitation> {
    const invitation = await findInvitation(context.pool, hashOf(token))
    const askAnew = { en: 'Ask whoever invited you for a new link.', fr: 'Demandez un nouveau lien à la personne qui vous a invité.' }
    if (!invitation)
      throw notice(
        404,
        {
          en: 'There is no such invitation. The link may be incomplete.',
          fr: 'Cette invitation n’existe pas. Le lien est peut-être incomplet.',
        },
        askAnew,
      )
    if (!invitation.open)
      throw notice(410, { en: 'This invitation is no longer open.', fr: 'Cette invitation n’est plus valable.' }, askAnew)
    return invitation
  }

  routes.post('/', onlySignedIn, async (c) => {
    const { workspaceId, role, managerId, buddyId } = await readBody(c, newInvitationSchema)
    await memberOf(context, c, workspaceId, ['owner'])
    const near = [managerId, buddyId].filter((id) => id !== null)
    if ((await peopleByIds(context.pool, workspaceId, near)).length < near.length)
      throw notice(
        409,
        {
          en: 'The manager or buddy is not in this workspace (any more).',
          fr: 'Le responsable ou le binôme n’est pas (ou plus) dans cet espace de travail.',
        },
        { en: 'Pick somebody else.', fr: 'Choisissez quelqu’un d’autre.' },
      )
    const token = randomBytes(24).toString('base64url')
    const expiresAt = await transaction(context.pool, (client) =>
      createInvitation(client, { workspaceId, role, tokenHash: hashOf(token), managerId, buddyId, by: c.var.user.userId, lasts }),
    )
    return c.json({ url: `${context.publicUrl}/join/${token}`, expiresAt: expiresAt.toISOString() })
  })

  routes.get('/:token', async (c) => {
    const { workspaceName, role } = await openInvitation(c.req.param('token'))
    return c.json({ workspace: { name: workspaceName }, role })
  })

  routes.post('/:token/accept', onlySignedIn, async (c) => {
    const { personName, timeZone, language } = await readBody(c, newcomerSchema)
    const invitation = await openInvitation(c.req.param('token'))
    await transaction(context.pool, (client) => joinWorkspace(client, invitation, { ...c.var.user, name: personName, timeZone, language }))
    context.wakeInbox()
    return c.json({ workspaceId: invitation.workspaceId })
  })
  return routes
}
