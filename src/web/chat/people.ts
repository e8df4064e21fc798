import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import * as z from 'zod/mini'
import { useSession } from '../data/session.ts'
import { supabase, taken } from '../data/supabase.ts'

const personSchema = z.object({ id: z.string(), name: z.string(), email: z.string(), left_at: z.nullable(z.string()) })

/** Somebody of the workspace, as the chat shows them. */
export interface ChatPerson {
  id: string
  name: string
  email: string
  /** False once they have left the workspace: their words stay, but nobody can write to them. */
  here: boolean
}

/** Everybody of the workspace by id. */
export type Directory = ReadonlyMap<string, ChatPerson>

/** Rows of one request; Supabase gives no more at once. */
const atOnce = 1_000

const directoryQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['people', 'chat', workspaceId],
    staleTime: 60_000,
    queryFn: async (): Promise<Directory> => {
      const people = new Map<string, ChatPerson>()
      for (;;) {
        const rows = z.array(personSchema).parse(
          taken(
            await supabase
              .from('people')
              .select('id, name, email, left_at')
              .eq('workspace_id', workspaceId)
              .order('name')
              .order('id')
              .range(people.size, people.size + atOnce - 1),
          ),
        )
        for (const { id, name, email, left_at } of rows) people.set(id, { id, name, email, here: left_at === null })
        if (rows.length < atOnce) return people
      }
    },
  })

const nobody: Directory = new Map()

/** The directory for everything inside: hundreds of messages ask for names, and each asking the cache itself would cost. */
export const DirectoryContext = createContext<Directory>(nobody)

/** Reads everybody of the workspace; empty until that is done. */
export function useReadDirectory(): Directory {
  const { workspace } = useSession()
  return useQuery(directoryQuery(workspace.id)).data ?? nobody
}

/** Everybody of the workspace, as the chat around has read it. */
export function useDirectory(): Directory {
  return useContext(DirectoryContext)
}
