import { admit, builtinSource, type Channel, createChannel, needChannel } from './channels.ts'
import { receive } from './inbox.ts'
import { audit } from './missions.ts'
import type { Sql } from './transaction.ts'

/** What somebody may do in a workspace. */
export type Role = 'owner' | 'builder' | 'member'

/** An account and how its person is to be called. */
export interface Newcomer {
  userId: string
  email: string
  name: string
  timeZone: string
  language: 'en' | 'fr'
}

/** The channel everybody is in. */
const generalChannel = 'general'

/** Whether anybody has a workspace here yet. */
export async function anyWorkspace(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ any: boolean }>('select exists (select 1 from workspaces) as any')
  return rows[0]?.any ?? false
}

/** As whom somebody is in a workspace. */
export interface Membership {
  personId: string
  name: string
  role: Role
}

/** As whom, and with which role, an account is in a workspace; undefined when it is not. */
export async function membershipOf(sql: Sql, workspaceId: string, userId: string): Promise<Membership | undefined> {
  const { rows } = await sql.query<{ person_id: string; name: string; role: Role }>(
    `select m.person_id, p.name, m.role from members m join people p on p.id = m.person_id where m.workspace_id = $1 and m.user_id = $2`,
    [workspaceId, userId],
  )
  const row = rows[0]
  return row && { personId: row.person_id, name: row.name, role: row.role }
}

/** How many workspaces an account owns. */
export async function ownedBy(sql: Sql, userId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::integer as count from members where user_id = $1 and role = 'owner'`,
    [userId],
  )
  return rows[0]?.count ?? 0
}

/** Makes a workspace with its owner, the chat that comes with the program, and #general. In the caller's transaction. */
export async function createWorkspace(sql: Sql, name: string, owner: Newcomer): Promise<{ workspaceId: string; personId: string }> {
  const made = await sql.query<{ id: string }>('insert into workspaces (name, language, time_zone) values ($1, $2, $3) returning id', [
    name,
    owner.language,
    owner.timeZone,
  ])
  const workspaceId = onlyId(made.rows)
  await sql.query(`insert into connections (workspace_id, platform, name) values ($1, 'builtin', 'Missions')`, [workspaceId])
  const personId = await enter(sql, workspaceId, owner, 'owner')
  await createChannel(sql, { workspaceId, name: generalChannel, kind: 'public', topic: '', by: personId })
  await audit(sql, { workspaceId, userId: owner.userId, what: 'made workspace', data: { name } })
  return { workspaceId, personId }
}

/** A link by which others join, as it is to be kept. */
export interface NewInvitation {
  workspaceId: string
  role: Role
  tokenHash: string
  /** Manager and buddy of whoever joins by it: people of the same workspace. */
  managerId: string | null
  buddyId: string | null
  by: string
  /** How long it is good for, as an interval of Postgres. */
  lasts: string
}

/** Keeps an invitation. In the caller's transaction. @returns until when it is good. */
export async function createInvitation(sql: Sql, invitation: NewInvitation): Promise<Date> {
  const { rows } = await sql.query<{ expires_at: Date }>(
    `insert into invitations (workspace_id, role, token_hash, manager_id, buddy_id, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + $7::interval) returning expires_at`,
    [
      invitation.workspaceId,
      invitation.role,
      invitation.tokenHash,
      invitation.managerId,
      invitation.buddyId,
      invitation.by,
      invitation.lasts,
    ],
  )
  await audit(sql, { workspaceId: invitation.workspaceId, userId: invitation.by, what: 'invited', data: { role: invitation.role } })
  if (!rows[0]) throw new Error('the invitation was not kept')
  return rows[0].expires_at
}

/** An invitation that somebody holds the token of. */
export interface Invitation {
  workspaceId: string
  workspaceName: string
  role: Role
  managerId: string | null
  buddyId: string | null
  /** False once it has expired or was closed. */
  open: boolean
}

/** The invitation a token belongs to; undefined when there is none. */
export async function findInvitation(sql: Sql, tokenHash: string): Promise<Invitation | undefined> {
  const { rows } = await sql.query<{
    workspace_id: string
    name: string
    role: Role
    manager_id: string | null
    buddy_id: string | null
    open: boolean
  }>(
    `select i.workspace_id, w.name, i.role, i.manager_id, i.buddy_id, i.revoked_at is null and i.expires_at > now() as open
     from invitations i join workspaces w on w.id = i.workspace_id where i.token_hash = $1`,
    [tokenHash],
  )
  const row = rows[0]
  return (
    row && {
      workspaceId: row.workspace_id,
      workspaceName: row.name,
      role: row.role,
      managerId: row.manager_id,
      buddyId: row.buddy_id,
      open: row.open,
    }
  )
}

/**
 * Lets an account into a workspace and its #general, and keeps both as events that may start missions. Who is in already stays as
 * they are. In the caller's transaction.
 */
export async function joinWorkspace(
  sql: Sql,
  invitation: Pick<Invitation, 'workspaceId' | 'role'> & Partial<Invitation>,
  newcomer: Newcomer,
): Promise<{ personId: string }> {
  const already = await membershipOf(sql, invitation.workspaceId, newcomer.userId)
  if (already) return { personId: already.personId }
  const { workspaceId } = invitation
  const personId = await enter(sql, workspaceId, newcomer, invitation.role)
  // Whoever comes back keeps the manager and buddy they had.
  await sql.query('update people set manager_id = coalesce(manager_id, $2), buddy_id = coalesce(buddy_id, $3) where id = $1', [
    personId,
    invitation.managerId ?? null,
    invitation.buddyId ?? null,
  ])
  await receive(sql, {
    workspaceId,
    source: builtinSource,
    identity: `workspace/${workspaceId}/${personId}/${await joinedAt(sql, workspaceId, newcomer.userId)}`,
    kind: 'person-joined-workspace',
    data: { kind: 'person-joined-workspace', person: personId },
  })
  await admit(sql, await general(sql, workspaceId), [personId])
  await audit(sql, { workspaceId, userId: newcomer.userId, what: 'joined', data: { role: invitation.role } })
  return { personId }
}

/** Somebody who was removed and comes back is the same person as before. */
async function enter(sql: Sql, workspaceId: string, newcomer: Newcomer, role: Role): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into people (workspace_id, user_id, name, email, time_zone, language) values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, user_id) do update
       set name = excluded.name, email = excluded.email, time_zone = excluded.time_zone, language = excluded.language, left_at = null
     returning id`,
    [workspaceId, newcomer.userId, newcomer.name, newcomer.email, newcomer.timeZone, newcomer.language],
  )
  const personId = onlyId(rows)
  await sql.query('insert into members (workspace_id, user_id, person_id, role) values ($1, $2, $3, $4) on conflict do nothing', [
    workspaceId,
    newcomer.userId,
    personId,
    role,
  ])
  return personId
}

async function joinedAt(sql: Sql, workspaceId: string, userId: string): Promise<number> {
  const { rows } = await sql.query<{ created_at: Date }>('select created_at from members where workspace_id = $1 and user_id = $2', [
    workspaceId,
    userId,
  ])
  return rows[0]?.created_at.getTime() ?? 0
}

// Only a workspace from before #general, or restored by hand, could lack it.
async function general(sql: Sql, workspaceId: string): Promise<Channel> {
  await sql.query(`insert into channels (workspace_id, name, kind) values ($1, $2, 'public') on conflict do nothing`, [
    workspaceId,
    generalChannel,
  ])
  return needChannel(sql, workspaceId, generalChannel)
}

function onlyId(rows: readonly { id: string }[]): string {
  if (!rows[0]) throw new Error('the row was not kept')
  return rows[0].id
}
