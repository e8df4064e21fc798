import { z } from 'zod'
import { m } from '#messages'
import { type DocumentFault, type Mission, upgrade } from '../../../mission/mission.ts'
import { sameMission } from '../../../mission/sameness.ts'
import { api } from '../../data/api.ts'
import { queries } from '../../data/queries.ts'
import { sessionQuery } from '../../data/session.ts'
import { supabase, taken } from '../../data/supabase.ts'
import { type ServerTrouble, troubleOfServer } from '../../data/trouble.ts'
import { askForMission } from './asking.ts'
import type { SavedDraft, SaveOutcome } from './saving.ts'

const rowSchema = z.object({
  id: z.string(),
  workspace_id: z.string(),
  name: z.string(),
  draft: z.unknown(),
  draft_rev: z.number(),
  live_version_id: z.string().nullable(),
  updated_by: z.string().nullable(),
  updated_at: z.string(),
})

/** A mission as the server keeps it, its draft read. */
export interface OpenMission extends SavedDraft {
  id: string
  workspaceId: string
}

/** A mission whose draft cannot be read, with what is wrong. */
export interface BrokenMission {
  name: string
  faults: DocumentFault[]
}

/** Reads a mission with its draft; null when there is none that this person may see. */
export async function loadMission(id: string): Promise<OpenMission | BrokenMission | null> {
  if (!z.uuid().safeParse(id).success) return null
  const rows = z.array(rowSchema).parse(taken(await askForMission(id)))
  const [row] = rows
  if (!row) return null
  const read = upgrade(row.draft)
  if ('faults' in read) return { name: row.name, faults: read.faults }
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    mission: read.mission,
    rev: row.draft_rev,
    at: row.updated_at,
    ...(await nameOf(row.workspace_id, row.updated_by)),
  }
}

async function nameOf(workspaceId: string, userId: string | null): Promise<{ by?: string }> {
  if (userId === null) return {}
  // Most missions were saved last by whoever opens them.
  const own = queries.getQueryData(sessionQuery.queryKey)
  if (own?.user.id === userId && own.workspace.id === workspaceId) return { by: own.person.name }
  const { data } = await supabase.from('people').select('name').eq('workspace_id', workspaceId).eq('user_id', userId)
  const [person] = z
    .array(z.object({ name: z.string() }))
    .catch([])
    .parse(data)
  return person ? { by: person.name } : {}
}

/** Statuses that mean "not now": nobody there, or a proxy before somebody who is not there. */
const silent: readonly number[] = [0, 408, 429, 502, 503, 504]

/** Saves a draft if nobody else has saved since revision `rev`. */
export async function saveDraft(id: string, mission: Mission, rev: number): Promise<SaveOutcome> {
  const { data, error, status } = await supabase
    .from('missions')
    .update({ name: mission.name, draft: mission })
    .eq('id', id)
    .eq('draft_rev', rev)
    .select('draft_rev')
  if (error) return silent.includes(status) ? 'unreachable' : { refused: troubleOfServer(error).message }
  const [saved] = z.array(z.object({ draft_rev: z.number() })).parse(data)
  if (saved) return { saved: saved.draft_rev }
  const theirs = await loadMission(id).catch(() => undefined)
  if (theirs === undefined) return 'unreachable'
  if (theirs === null) return { refused: m.designer_gone() }
  if (!('mission' in theirs)) return { refused: m.designer_unreadable() }
  // An answer got lost and this is the second try, or both did the same.
  if (sameMission(theirs.mission, mission)) return { saved: theirs.rev }
  return theirs.rev === rev ? { refused: m.designer_not_allowed() } : { newer: theirs }
}

/** The number of the newest revision; undefined when nobody can tell now. */
export async function newestRev(id: string): Promise<number | undefined> {
  const { data } = await supabase.from('missions').select('draft_rev').eq('id', id)
  const [row] = z
    .array(z.object({ draft_rev: z.number() }))
    .catch([])
    .parse(data)
  return row?.draft_rev
}

const versionSchema = z.object({ id: z.string(), number: z.number(), mission: z.unknown(), published_at: z.string() })

/** The version that is live, and how many runs of it are under way; null when none is live. */
export async function loadLive(id: string): Promise<{ id: string; number: number; mission: Mission | undefined; under: number } | null> {
  const [row] = z
    .array(z.object({ live_version_id: z.string().nullable() }))
    .parse(taken(await supabase.from('missions').select('live_version_id').eq('id', id)))
  if (!row?.live_version_id) return null
  const [versions, runs] = await Promise.all([
    supabase.from('versions').select('id, number, mission, published_at').eq('id', row.live_version_id),
    supabase
      .from('runs')
      .select('id', { count: 'exact', head: true })
      .eq('version_id', row.live_version_id)
      .is('position', null)
      .is('ended_at', null),
  ])
  const [version] = z.array(versionSchema).parse(taken(versions))
  if (!version) return null
  const read = upgrade(version.mission)
  return { id: version.id, number: version.number, mission: 'mission' in read ? read.mission : undefined, under: runs.count ?? 0 }
}

const togetherSchema = z.object({ together: z.array(z.object({ id: z.string(), name: z.string(), draftRev: z.number() })).min(1) })

/** Another mission that can go live only together with this one. */
export type Together = z.output<typeof togetherSchema>['together']

/** The missions that would have to be published with one that was refused; undefined when that would not help. */
export function togetherOf(trouble: ServerTrouble): Together | undefined {
  return togetherSchema.safeParse(trouble.body).data?.together
}

/**
 * Puts a draft live, and with it others that can go live only together with it.
 *
 * @throws ServerTrouble 409 when somebody saved meanwhile, 422 when problems are left.
 */
export async function publish(id: string, draftRev: number, note: string, also: Together = []): Promise<number> {
  const { version } = await api(
    `/api/missions/${id}/publish`,
    { draftRev, note, also: also.map((one) => ({ id: one.id, draftRev: one.draftRev })) },
    { answer: z.object({ version: z.object({ number: z.number() }) }) },
  )
  return version.number
}

/** Takes the live version down; runs under way go on. */
export async function unpublish(id: string): Promise<void> {
  await api(`/api/missions/${id}/unpublish`, {})
}

const doorsSchema = z.object({ doors: z.array(z.object({ trigger: z.string(), kind: z.enum(['form', 'hook']), url: z.string() })) })

/** Public addresses of the mission's forms and web hooks. */
export async function loadDoors(id: string): Promise<z.output<typeof doorsSchema>['doors']> {
  const { doors } = await api(`/api/missions/${id}/doors`, undefined, { answer: doorsSchema })
  return doors
}

const wordsSchema = z.object({ en: z.string(), fr: z.string() })
/** What the server says about a form that was filled in wrongly. */
export const wrongSchema = z.object({ wrong: z.record(z.string(), wordsSchema) })

/** Starts a run by hand. Its id is null when it has not begun yet. */
export async function startRun(id: string, trigger: string, values: Record<string, unknown>): Promise<string | null> {
  const { runId } = await api(`/api/missions/${id}/start`, { trigger, values }, { answer: z.object({ runId: z.string().nullable() }) })
  return runId
}
