import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { useSession } from '../../data/session.ts'
import { supabase, taken } from '../../data/supabase.ts'

const neighbourSchema = z.object({ person_id: z.nullable(z.string()), sender: z.nullable(z.string()), text: z.string() })

const hitSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  thread_id: z.nullable(z.string()),
  person_id: z.nullable(z.string()),
  sender: z.nullable(z.string()),
  text: z.string(),
  at: z.string(),
  before: z.nullable(neighbourSchema),
  after: z.nullable(neighbourSchema),
  total: z.number(),
})

/** A message that was found, with what stands before and after it. */
export type Hit = z.infer<typeof hitSchema>
export type Neighbour = z.infer<typeof neighbourSchema>

/** Hits on one page. */
export const hitsAtOnce = 20
/** More than these are not counted. */
export const mostHits = 1_000

/** Everything said that contains all the words, newest first, a page (from 1) at a time. */
export function useSearch(words: string, page: number) {
  const { workspace } = useSession()
  return useQuery({
    queryKey: ['messages', 'search', workspace.id, words, page],
    placeholderData: (previous) => previous,
    queryFn: async () =>
      z
        .array(hitSchema)
        .parse(
          taken(await supabase.rpc('search_chat', { workspace: workspace.id, words, skip: (page - 1) * hitsAtOnce, size: hitsAtOnce })),
        ),
  })
}

/** A text in pieces, those that were searched for marked. Words count from their beginning, as the search does. */
export function markWords(text: string, words: string): { text: string; hit: boolean }[] {
  const wanted = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (wanted.length === 0) return [{ text, hit: false }]
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join('|')})`, 'giu')
  return text.split(pattern).flatMap((piece, index) => (piece === '' ? [] : [{ text: piece, hit: index % 2 === 1 }]))
}
