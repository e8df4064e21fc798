import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { Language } from '../../mission/words.ts'
import { getLocale } from '../paraglide/runtime.js'
import { accounts, signedInUser, type User } from './account.ts'
import { speak } from './language.ts'
import { queries } from './queries.ts'
import { supabase, taken } from './supabase.ts'

const languageSchema = z.enum(['en', 'fr'])
/** What somebody may do in a workspace. */
export type Role = 'owner' | 'builder' | 'member'

const membershipSchema = z.object({
  role: z.enum(['owner', 'builder', 'member']),
  workspace: z.object({ id: z.string(), name: z.string(), language: languageSchema, time_zone: z.string() }),
  person: z.object({ id: z.string(), name: z.string(), email: z.string(), language: languageSchema, time_zone: z.string() }),
})

/** One workspace somebody is in, as whom and with which role. */
export type Membership = z.infer<typeof membershipSchema>

/** Who is signed in and where they are. */
export interface Session extends Membership {
  user: User
  language: Language
  /** Every workspace of this account, the current one included. */
  memberships: Membership[]
}

const rememberedWorkspace = 'missions.workspace'

/** The account of this browser, for pages that people see before they are in a workspace. */
export const userQuery = queryOptions({ queryKey: ['account'], queryFn: signedInUser, staleTime: 0 })

/** Key and reading of the session; null when nobody is signed in or the account is in no workspace yet. */
export const sessionQuery = queryOptions({
  queryKey: ['members', 'session'],
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    const user = await signedInUser()
    if (!user) return null
    const rows = await supabase
      .from('members')
      .select('role, workspace:workspaces(id, name, language, time_zone), person:people(id, name, email, language, time_zone)')
      .eq('user_id', user.id)
      .order('created_at')
    // The server does not know this session (any more): another database, or signed out everywhere.
    if (rows.status === 401) {
      await (await accounts()).signOut({ scope: 'local' })
      return null
    }
    const memberships = z.array(membershipSchema).parse(taken(rows))
    const remembered = localStorage.getItem(rememberedWorkspace)
    const current = memberships.find((one) => one.workspace.id === remembered) ?? memberships[0]
    return current ? { ...current, user, language: current.person.language, memberships } : null
  },
})

/** Notes who is signed in now: a form that made an account and then failed must not make it again. */
export async function noteAccount(): Promise<void> {
  queries.setQueryData(userQuery.queryKey, await signedInUser())
}

/** Reads the session for the guard of the signed-in pages and speaks the person's language from here on. */
export async function openSession(): Promise<Session | null> {
  const session = await queries.ensureQueryData(sessionQuery)
  if (session && session.language !== getLocale()) speak(session.language)
  return session
}

/** Goes to another workspace of the same account; everything read so far belongs to the old one. */
export function enterWorkspace(workspaceId: string): void {
  localStorage.setItem(rememberedWorkspace, workspaceId)
  queries.clear()
}

/** Ends the session in this browser. */
export async function signOut(): Promise<void> {
  await (await accounts()).signOut({ scope: 'local' })
  queries.clear()
}

/** Who is signed in, on every page behind the sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data) throw new Error('This page is only shown to people who are signed in.')
  return data
}

/** Whether the signed-in person may draw and publish missions. */
export function mayBuild(role: Role): boolean {
  return role !== 'member'
}
