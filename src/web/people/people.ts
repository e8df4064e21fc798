import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { m } from '#messages'
import { api } from '../data/api.ts'
import type { Role } from '../data/session.ts'
import { done, supabase, taken } from '../data/supabase.ts'

const personSchema = z.object({
  id: z.string(),
  user_id: z.nullable(z.string()),
  name: z.string(),
  email: z.string(),
  time_zone: z.string(),
  manager_id: z.nullable(z.string()),
  manager_name: z.nullable(z.string()),
  buddy_id: z.nullable(z.string()),
  buddy_name: z.nullable(z.string()),
  role: z.nullable(z.enum(['owner', 'builder', 'member'])),
})

/** An entry of the directory. */
export type PersonCard = z.infer<typeof personSchema>

/** People on a page of the directory. */
export const pageSize = 50

/** What a role is called. */
export const roleNames: Record<Role, () => string> = {
  owner: m.shell_role_owner,
  builder: m.shell_role_builder,
  member: m.shell_role_member,
}

/** What somebody in a role does. */
export const roleAbouts: Record<Role, () => string> = {
  owner: m.people_role_owner_about,
  builder: m.people_role_builder_about,
  member: m.people_role_member_about,
}

/** Roles, the least powerful first. */
export const roles: readonly Role[] = ['member', 'builder', 'owner']

const columns = 'id, user_id, name, email, time_zone, manager_id, manager_name, buddy_id, buddy_name, role'

/**
 * Those whose name or e-mail address contains the words. `or` reads commas, quotes and parentheses as its own, and not every
 * server undoes quoting there; such characters, rare in names, stand for any one character instead.
 */
export function matching(words: string): string {
  const pattern = `%${words.replace(/[%_\\,()"]/g, '_')}%`
  return `name.ilike.${pattern},email.ilike.${pattern}`
}

/** A page of a workspace's directory. */
export function peopleQuery(workspaceId: string, words: string, page: number, size = pageSize) {
  return queryOptions({
    queryKey: ['people', 'list', workspaceId, words, page, size],
    queryFn: async ({ signal }) => {
      let request = supabase.from('person_cards').select(columns, { count: 'exact' }).eq('workspace_id', workspaceId)
      if (words !== '') request = request.or(matching(words))
      const outcome = await request
        .order('name')
        .order('id')
        .range((page - 1) * size, page * size - 1)
        .abortSignal(signal)
      return { people: z.array(personSchema).parse(taken(outcome)), total: outcome.count ?? 0 }
    },
  })
}

/** How many owners a workspace has. */
export function ownersQuery(workspaceId: string) {
  return queryOptions({
    queryKey: ['members', 'owners', workspaceId],
    queryFn: async () => {
      const outcome = await supabase
        .from('members')
        .select('user_id', { count: 'exact' })
        .eq('workspace_id', workspaceId)
        .eq('role', 'owner')
        .limit(1)
      taken(outcome)
      return outcome.count ?? 0
    },
  })
}

/** What an owner may change of somebody. */
export interface PersonChange {
  name: string
  managerId: string | null
  buddyId: string | null
  role: Role | null
}

/** Keeps what an owner changed of somebody. */
export async function changePerson(workspaceId: string, person: PersonCard, change: PersonChange): Promise<void> {
  done(
    await supabase.from('people').update({ name: change.name, manager_id: change.managerId, buddy_id: change.buddyId }).eq('id', person.id),
  )
  if (person.user_id !== null && change.role !== null && change.role !== person.role)
    done(await supabase.from('members').update({ role: change.role }).eq('workspace_id', workspaceId).eq('user_id', person.user_id))
}

/** Takes somebody out of a workspace. */
export async function removePerson(workspaceId: string, userId: string): Promise<void> {
  done(await supabase.from('members').delete().eq('workspace_id', workspaceId).eq('user_id', userId))
}

const invitationSchema = z.object({
  id: z.string(),
  role: z.enum(['owner', 'builder', 'member']),
  created_at: z.string(),
  expires_at: z.string(),
})

/** An invitation link that is open; the link itself is kept nowhere. */
export type OpenInvitation = z.infer<typeof invitationSchema>

/** The open links of a workspace, newest first. Owners only. */
export function invitationsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: ['invitations', 'open', workspaceId],
    queryFn: async () => {
      const rows = await supabase
        .from('invitations')
        .select('id, role, created_at, expires_at')
        .eq('workspace_id', workspaceId)
        .is('revoked_at', null)
        .gt('expires_at', new Date().toISOString())
        .order('created_at', { ascending: false })
        .limit(50)
      return z.array(invitationSchema).parse(taken(rows))
    },
  })
}

/** Makes a link by which others join, with the manager and buddy they get. */
export async function makeInvitation(invitation: {
  workspaceId: string
  role: Role
  managerId: string | null
  buddyId: string | null
}): Promise<string> {
  const { url } = await api('/api/invitations', invitation, { answer: z.object({ url: z.string() }) })
  return url
}

/** Closes a link: nobody joins by it any more. */
export async function closeInvitation(id: string): Promise<void> {
  done(await supabase.from('invitations').update({ revoked_at: new Date().toISOString() }).eq('id', id))
}
