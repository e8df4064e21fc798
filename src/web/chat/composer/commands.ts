import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { api } from '../../data/api.ts'
import { useSession } from '../../data/session.ts'
import type { TypedCommand } from './completion.ts'

const answerSchema = z.object({ commands: z.array(z.object({ name: z.string(), mission: z.string(), about: z.string() })) })
const none: readonly TypedCommand[] = []

/** What can be typed after a slash: the commands of live missions. Read while one is being typed. */
export function useCommands(wanted: boolean): readonly TypedCommand[] {
  const { workspace } = useSession()
  const { data } = useQuery({
    queryKey: ['missions', 'commands', workspace.id],
    enabled: wanted,
    queryFn: async () => (await api(`/api/chat/commands?workspace=${workspace.id}`, undefined, { answer: answerSchema })).commands,
  })
  return data ?? none
}
