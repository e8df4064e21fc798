import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
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

/** supabase-js asks again by itself, three times within seven seconds; whoever waits for a list is told then. */
const retry = false

/** What a search has found so far. */
export interface Search<Found> {
  found: readonly Found[]
  /** The answer to what was typed last is on its way. */
  searching: boolean
  /** There was no answer to what was typed last, and none is on its way. */
  failed: boolean
  /** Asks once more. */
  again(): void
}

/** How far a search is, as its query tells. */
function searchOf<Found>(query: UseQueryResult<readonly Found[]>): Search<Found> {
  const { data, isPlaceholderData, isFetching, isError, isPaused, refetch } = query
  const open = data === undefined || isPlaceholderData
  return {
    found: data ?? [],
    // What is read again behind a list that is there is nobody's concern.
    searching: open && isFetching,
    failed: open && !isFetching && (isError || isPaused),
    again: () => void refetch(),
  }
}

/** People whose name or e-mail address holds a text. */
export function usePeopleSearch(search: string, enabled: boolean): Search<DirectoryPerson> {
  const { workspaceId } = useForm()
  const query = useQuery({
    queryKey: ['people', workspaceId, 'search', search.trim()],
    retry,
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
  return searchOf(query)
}

/** Channels whose name holds a text. */
export function useChannelSearch(search: string, enabled: boolean): Search<{ id: string; name: string }> {
  const { workspaceId } = useForm()
  const query = useQuery({
    queryKey: ['channels', workspaceId, 'search', search.trim()],
    retry,
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
  return searchOf(query)
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
export function useMissions(): Search<{ id: string; name: string }> {
  const { workspaceId } = useForm()
  const query = useQuery({
    queryKey: ['missions', workspaceId, 'names'],
    retry,
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
  return searchOf(query)
}

/** Whom a written id or e-mail address means: somebody who is there or has left, or `nobody`. What is still being looked up is not in it. */
export type Meant = { name: string; email: string; left: boolean } | 'nobody'

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const standingSchema = personSchema.extend({ left_at: z.string().nullable() })

/** Whom the ids and e-mail addresses of a setting mean. */
export function useMeant(written: readonly string[]): ReadonlyMap<string, Meant> {
  const { workspaceId } = useForm()
  const asked = written.filter((one) => idPattern.test(one) || one.includes('@')).toSorted()
  const { data } = useQuery({
    queryKey: ['people', workspaceId, 'meant', asked],
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: async () => {
      const find = (column: 'id' | 'email', values: readonly string[]) =>
        supabase.from('people').select('id, name, email, left_at').eq('workspace_id', workspaceId).in(column, values)
      const ids = asked.filter((one) => idPattern.test(one))
      const addresses = asked.filter((one) => one.includes('@'))
      const found = await Promise.all([
        find('id', ids),
        find('email', [...new Set([...addresses, ...addresses.map((one) => one.toLowerCase())])]),
      ])
      const people = z.array(standingSchema).parse(found.flatMap(taken))
      return new Map(
        asked.map((one): [string, Meant] => {
          // Whoever came back under the same address is there.
          const all = people.filter(({ id, email }) => id === one || email.toLowerCase() === one.toLowerCase())
          const person = all.find(({ left_at }) => left_at === null) ?? all[0]
          return [one, person ? { name: person.name, email: person.email, left: person.left_at !== null } : 'nobody']
        }),
      )
    },
  })
  return data ?? nobodyYet
}

const nobodyYet: ReadonlyMap<string, Meant> = new Map()

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
