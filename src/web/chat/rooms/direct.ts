import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import * as z from 'zod/mini'
import { api } from '../../data/api.ts'
import { useSession } from '../../data/session.ts'
import { refreshRooms } from './rooms.ts'

const answerSchema = z.object({ channelId: z.string() })

/** Opens the conversation with some people, which begins with it if there was none. @throws ServerTrouble when that is refused. */
export function useOpenDirect(): (people: readonly string[]) => Promise<void> {
  const { workspace } = useSession()
  const navigate = useNavigate()
  return useCallback(
    async (people) => {
      const { channelId } = await api('/api/chat/direct', { workspaceId: workspace.id, people }, { answer: answerSchema })
      await refreshRooms()
      await navigate({ to: '/chat/$channelId', params: { channelId }, search: {} })
    },
    [workspace.id, navigate],
  )
}
