import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Account } from '../authenticate.ts'
import type { Context } from '../context.ts'
import { notice } from '../notice.ts'
import type { Sql } from '../store/transaction.ts'
import { anyWorkspace, membershipOf, type Membership, type Role } from '../store/workspaces.ts'

/** What a route behind `signedIn` knows: `c.var.user`. */
export interface SignedIn {
  Variables: { user: Account }
}

/** Whether this server is still waiting for its first visitor. Public. */
export default function sessionRoutes(context: Pick<Context, 'pool'>): Hono {
  const routes = new Hono()
  routes.get('/', async (c) => c.json({ first: !(await anyWorkspace(context.pool)) }))
  return routes
}

/** Lets only requests with a valid access token through, and notes whose it is. */
export function signedIn(context: Pick<Context, 'authenticate'>): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
    const user = token ? await context.authenticate(token) : undefined
    if (!user)
      throw notice(
        401,
        { en: 'You are not signed in, or no longer.', fr: 'Vous n’êtes pas connecté, ou ne l’êtes plus.' },
        { en: 'Sign in and try again.', fr: 'Connectez-vous et réessayez.' },
      )
    c.set('user', user)
    await next()
  }
}

/**
 * As whom the signed-in account is in a workspace.
 *
 * @param context its `pool` is, inside a transaction, the client of that: with a second session for each, requests would wait for one another.
 * @throws Notice (403) when it is not in it, or not in one of the roles. Nobody learns whether the workspace exists.
 */
export async function memberOf(
  context: { pool: Sql },
  c: { var: { user: Account } },
  workspaceId: string,
  roles?: readonly Role[],
): Promise<Membership> {
  const membership = z.uuid().safeParse(workspaceId).success ? await membershipOf(context.pool, workspaceId, c.var.user.userId) : undefined
  if (!membership)
    throw notice(
      403,
      { en: 'You are not in this workspace.', fr: 'Vous ne faites pas partie de cet espace de travail.' },
      { en: 'Ask one of its owners for an invitation.', fr: 'Demandez une invitation à l’un de ses propriétaires.' },
    )
  if (roles && !roles.includes(membership.role))
    throw notice(
      403,
      { en: 'Your role in this workspace does not allow this.', fr: 'Votre rôle dans cet espace de travail ne le permet pas.' },
      {
        en: 'One of its owners can change your role, on the page People.',
        fr: 'L’un de ses propriétaires peut changer votre rôle, sur la page Personnes.',
      },
    )
  return membership
}
