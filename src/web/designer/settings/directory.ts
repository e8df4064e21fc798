import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import type { Mission } from '../../../mission/mission.ts'
import { supabase, taken } from '../../data/supabase.ts'
import { findIds } from '../names.ts'
import { useForm } from './field.ts'

/** Somebody in the directory. */
export interface DirectoryPerson {
  id: string
  name: string
  email: string
}

const personSchema = z.object({ id: z.string(), name: z.string(), email: z.string() })
const namedSchema = z.object({ id: z.string(), name: z.string() })

/** How many matches a picker shows; more are found by typing on. */
const most = 30

/** A search text as a pattern of the database, in which its own signs mean themselves. */
const pattern = (search: string) => `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`

/** People whose name or e-mail address holds a text. */
export function usePeopleSearch(search: string, enabled: boolean): readonly DirectoryPerson[] {
  const { workspaceId } = useForm()
  const { data } = useQuery({
    queryKey: ['people', workspaceId, 'search', search.trim()],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const find = (column: 'name' | 'email') =>
        supabase
          .from('people')
          .select('id, name, email')
          .eq('workspace_id', workspaceId)
          .is('left_at', null)
          .ilike(column, pattern(search))
          .order('name')
          .limit(most)
      const [byName, byEmail] = await Promise.all([find('name'), search.trim() === '' ? undefined : find('email')])
      const found = z.array(personSchema).parse([...taken(byName), ...(byEmail ? taken(byEmail) : [])])
      return [...new Map(found.map((person) => [person.id, person])).values()].slice(0, most)
    },
  })
  return data ?? []
}

/** Channels whose name holds a text. */
export function useChannelSearch(search: string, enabled: boolean): readonly { id: string; name: string }[] {
  const { workspaceId } = useForm()
  const { data } = useQuery({
    queryKey: ['channels', workspaceId, 'search', search.trim()],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const rows = await supabase
        .from('channels')
        .select('id, name')
        .eq('workspace_id', workspaceId)
        .in('kind', ['public', 'private'])
        .ilike('name', pattern(search.replace(/^#/, '')))
        .order('name')
        .limit(most)
      return z.array(namedSchema).parse(taken(rows))
    },
  })
  return data ?? []
}

/** Names of the tables that the workspace has. */
export function useTables(): readonly string[] {
  const { workspaceId } = useForm()
  const { data } = useQuery({
    queryKey: ['tables', workspaceId, 'names'],
    queryFn: async () => {
      const rows = await supabase.from('tables').select('name').eq('workspace_id', workspaceId).order('name').limit(500)
      return z
        .array(z.object({ name: z.string() }))
        .parse(taken(rows))
        .map((row) => row.name)
    },
  })
  return data ?? []
}

/** The workspace's other missions. */
export function useMissions(): readonly { id: string; name: string }[] {
  const { workspaceId } = useForm()
  const { data } = useQuery({
    queryKey: ['missions', workspaceId, 'names'],
    queryFn: async () => {
      const rows = await supabase
        .from('missions')
        .select('id, name')
        .eq('workspace_id', workspaceId)
        .is('archived_at', null)
        .order('name')
        .limit(500)
      return z.array(namedSchema).parse(taken(rows))
    },
  })
  return data ?? []
}

/** Names of the people and missions whose ids stand in a mission's settings. */
export function useNames(mission: Mission, workspaceId: string): ReadonlyMap<string, string> {
  const ids = findIds(mission)
  const { data } = useQuery({
    queryKey: ['people', workspaceId, 'names', ids],
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: async () => {
      const find = (table: 'people' | 'missions' | 'channels') =>
        supabase.from(table).select('id, name').eq('workspace_id', workspaceId).in('id', ids)
      const [people, missions, channels] = await Promise.all([find('people'), find('missions'), find('channels')])
      const rows = z.array(namedSchema).parse([...taken(people), ...taken(missions), ...taken(channels)])
      return new Map(rows.map((row) => [row.id, row.name]))
    },
  })
  return data ?? noNames
}

const noNames: ReadonlyMap<string, string> = new Map()
