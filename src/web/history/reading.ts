import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { upgrade, type Mission } from '../../mission/mission.ts'
import { entrySchema, type KeptEntry } from '../../run/journal.ts'
import type { Waiting } from '../../run/waiting.ts'
import { supabase, taken } from '../data/supabase.ts'
import { troubleOfServer } from '../data/trouble.ts'
import type { RunsFilter } from '../shell/search.ts'
import { spanOf } from './span.ts'

/** Runs on one page of the list. */
export const pageSize = 20

/** A timestamp however the database's interface writes it (`2026-11-21 10:48:54.881+00`), as an ISO text, which every browser reads. */
export const instantSchema = z.string().transform((text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString())

const whoSchema = z.object({ id: z.string(), name: z.string() })

const waitingKinds = { asked: 'people', waiting: 'time', called: 'runs', retrying: 'retry' } as const

const waitingSchema = z
  .object({
    what: z.enum(['asked', 'waiting', 'called', 'retrying']),
    until: z.string().nullable(),
    channel: whoSchema.nullable(),
    people: z.array(whoSchema),
    runs: z.object({ count: z.number(), ended: z.number(), failed: z.number(), mission: whoSchema.optional() }).nullable(),
  })
  .transform(({ what, until, channel, people, runs }): Omit<Waiting, 'step' | 'visit'> => ({
    kind: waitingKinds[what],
    people,
    ...(channel ? { channel } : {}),
    ...(runs ? { runs } : {}),
    ...(until ? { until } : {}),
  }))

const cardSchema = z.object({
  id: z.string(),
  mission_id: z.string(),
  mission_name: z.string(),
  version_id: z.string(),
  version_number: z.number(),
  parent_id: z.string().nullable(),
  /** Its place in the list whose item it does; null for a run of a whole mission. */
  position: z.number().nullable(),
  status: z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled']),
  started_at: instantSchema,
  ended_at: instantSchema.nullable(),
  trigger: z.object({ type: z.string(), name: z.string().optional(), settings: z.record(z.string(), z.json()).default({}) }).nullable(),
  data: z.record(z.string(), z.unknown()),
  waiting: z.array(waitingSchema),
})

/** One run in one line. */
export type RunCard = z.infer<typeof cardSchema>

const cardColumns =
  'id, mission_id, mission_name, version_id, version_number, parent_id, position, status, started_at, ended_at, trigger, data, waiting'

/** One page of the list, and how many runs there are on all pages. */
export interface RunsPage {
  runs: RunCard[]
  total: number
  page: number
}

/** What PostgREST says to a page behind the last one. */
const pageTooFar = 'PGRST103'

/** The runs of a workspace that match a filter, newest first; those of single items belong to the run that goes through the list. A page behind the last one gives the first. `zone` is where the filter's dates begin. */
export const runsQuery = (workspaceId: string, filter: RunsFilter, zone: string) =>
  queryOptions({
    queryKey: ['runs', 'list', workspaceId, filter, zone],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<RunsPage> => {
      const read = async (page: number) => {
        let rows = supabase.from('run_cards').select(cardColumns, { count: 'exact' }).eq('workspace_id', workspaceId).is('position', null)
        if (filter.mission) rows = rows.eq('mission_id', filter.mission)
        if (filter.status) rows = rows.eq('status', filter.status)
        const { from, before } = spanOf(filter, zone, new Date())
        if (from) rows = rows.gte('started_at', from.toISOString())
        if (before) rows = rows.lt('started_at', before.toISOString())
        const words = filter.q?.trim()
        if (words) rows = rows.ilike('words', `%${words.replace(/[\\%_]/g, '\\$&')}%`)
        return rows
          .order('started_at', { ascending: false })
          .order('id')
          .range((page - 1) * pageSize, page * pageSize - 1)
      }
      let page = filter.page ?? 1
      let outcome = await read(page)
      if (outcome.error?.code === pageTooFar && page > 1) outcome = await read((page = 1))
      return { runs: z.array(cardSchema).parse(taken(outcome)), total: outcome.count ?? 0, page }
    },
  })

/** One run's line; null when there is none that may be read. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: async (): Promise<RunCard | null> => {
      if (!z.uuid().safeParse(id).success) return null
      const rows = taken(await supabase.from('run_cards').select(cardColumns).eq('id', id))
      return z.array(cardSchema).parse(rows)[0] ?? null
    },
  })

/** How many of the runs that a run has started are listed. */
const mostChildren = 100

/** The runs that a run has started, in the order of its list; the first of them, and how many there are. */
export const childrenQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'children', id],
    queryFn: async (): Promise<{ runs: RunCard[]; total: number }> => {
      const outcome = await supabase
        .from('run_cards')
        .select(cardColumns, { count: 'exact' })
        .eq('parent_id', id)
        .order('position')
        .order('started_at')
        .limit(mostChildren)
      const runs = z.array(cardSchema).parse(taken(outcome))
      return { runs, total: outcome.count ?? runs.length }
    },
  })

const rowSchema = z.looseObject({ number: z.number(), at: instantSchema })
/** Rows that one request gives at most: what hosted Supabase allows. */
const mostRows = 1_000

/** A run's journal. Entries never change, so only those after the newest known one are asked for. */
export const entriesQuery = (runId: string) =>
  queryOptions({
    queryKey: ['entries', runId],
    queryFn: async ({ client }): Promise<KeptEntry[]> => {
      const known = knownEntries(client, runId)
      const fresh: KeptEntry[] = []
      for (;;) {
        const after = (fresh.at(-1) ?? known.at(-1))?.number ?? 0
        const rows = taken(
          await supabase
            .from('entries')
            .select('number, at, step, visit, what, data')
            .eq('run_id', runId)
            .gt('number', after)
            .order('number')
            .limit(mostRows),
        )
        fresh.push(...rows.map(readEntry))
        if (rows.length < mostRows) return fresh.length === 0 ? known : [...known, ...fresh]
      }
    },
  })

function knownEntries(client: QueryClient, runId: string): KeptEntry[] {
  return client.getQueryData<KeptEntry[]>(['entries', runId]) ?? []
}

function readEntry(row: unknown): KeptEntry {
  const { number, at, ...rest } = rowSchema.parse(row)
  return { ...entrySchema.parse(rest), number, at }
}

/** The mission as it was when it was published. Versions never change. */
export const versionQuery = (id: string) =>
  queryOptions({
    queryKey: ['versions', id],
    staleTime: Infinity,
    queryFn: async (): Promise<Mission> => {
      const row = taken(await supabase.from('versions').select('mission').eq('id', id).single())
      const reading = upgrade(row.mission)
      if ('faults' in reading)
        throw troubleOfServer({ message: `version ${id}: ${reading.faults.map(({ where, what }) => `${where} ${what.en}`).join('; ')}` })
      return reading.mission
    },
  })

const namedSchema = z.array(whoSchema)

/** Names of people and channels by id, for settings that hold only ids. */
export const namesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['people', 'names', workspaceId],
    staleTime: 300_000,
    queryFn: async (): Promise<Map<string, string>> => {
      const [people, channels] = await Promise.all([
        supabase.from('people').select('id, name').eq('workspace_id', workspaceId).limit(mostRows),
        supabase.from('channels').select('id, name').eq('workspace_id', workspaceId).neq('kind', 'direct').limit(mostRows),
      ])
      return new Map([...namedSchema.parse(taken(people)), ...namedSchema.parse(taken(channels))].map(({ id, name }) => [id, name]))
    },
  })

/** Every mission's name, for the filter. */
export const missionNamesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['missions', 'names', workspaceId],
    staleTime: 60_000,
    queryFn: async () =>
      namedSchema.parse(
        taken(await supabase.from('missions').select('id, name').eq('workspace_id', workspaceId).order('name').limit(mostRows)),
      ),
  })
