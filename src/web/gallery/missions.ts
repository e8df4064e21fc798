import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { done, supabase, taken } from '../data/supabase.ts'
import { api } from '../data/api.ts'

/** Which missions a list shows. */
export type Show = 'all' | 'live' | 'draft' | 'archived'

const cardSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  updated_at: z.string(),
  updated_by: z.nullable(z.string()),
  archived_at: z.nullable(z.string()),
  live_number: z.nullable(z.number()),
  edited: z.boolean(),
  waiting: z.number(),
  running: z.number(),
  last_run_id: z.nullable(z.string()),
  last_run_status: z.nullable(z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled'])),
  last_run_at: z.nullable(z.string()),
})

/** A line of the list of missions. */
export type MissionCard = z.infer<typeof cardSchema>

/** Missions on a page of the list. */
export const pageSize = 25

const columns =
  'id, name, description, updated_at, updated_by, archived_at, live_number, edited, waiting, running, last_run_id, last_run_status, last_run_at'

/** A page of a workspace's missions, newest change first; `none` when the workspace has no mission at all, not even an archived one. */
export function missionsQuery(workspaceId: string, show: Show, words: string, page: number) {
  return queryOptions({
    queryKey: ['missions', 'list', workspaceId, show, words, page],
    queryFn: async ({ signal }) => {
      let request = supabase.from('mission_cards').select(columns, { count: 'exact' }).eq('workspace_id', workspaceId)
      request = show === 'archived' ? request.not('archived_at', 'is', null) : request.is('archived_at', null)
      if (show === 'live') request = request.not('live_number', 'is', null)
      if (show === 'draft') request = request.is('live_number', null)
      if (words !== '') request = request.ilike('name', `%${words.replace(/[%_\\]/g, '\\$&')}%`)
      const outcome = await request
        .order('updated_at', { ascending: false })
        .order('id')
        .range((page - 1) * pageSize, page * pageSize - 1)
        .abortSignal(signal)
      const total = outcome.count ?? 0
      const missions = z.array(cardSchema).parse(taken(outcome))
      return { missions, total, none: total === 0 && show === 'all' && words === '' && !(await anyArchived(workspaceId)) }
    },
  })
}

async function anyArchived(workspaceId: string): Promise<boolean> {
  return (
    taken(await supabase.from('missions').select('id').eq('workspace_id', workspaceId).not('archived_at', 'is', null).limit(1)).length > 0
  )
}

/** Begins a mission from a document. @returns its id. */
export async function beginMission(workspaceId: string, mission: { name: string }): Promise<string> {
  const row = taken(
    await supabase.from('missions').insert({ workspace_id: workspaceId, name: mission.name, draft: mission }).select('id').single(),
  )
  return z.object({ id: z.string() }).parse(row).id
}

/** Takes a mission out of service and puts it away. */
export async function archiveMission({ id, live_number }: Pick<MissionCard, 'id' | 'live_number'>): Promise<void> {
  if (live_number !== null) await api(`/api/missions/${id}/unpublish`, {})
  done(await supabase.from('missions').update({ archived_at: new Date().toISOString() }).eq('id', id))
}

/** Brings an archived mission back, as a draft. */
export async function restoreMission(id: string): Promise<void> {
  done(await supabase.from('missions').update({ archived_at: null }).eq('id', id))
}
