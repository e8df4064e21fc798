import { createFileRoute } from '@tanstack/react-router'
import { Chat } from '../../../chat/Chat.tsx'

export const Route = createFileRoute('/_app/chat/$channelId')({ component: ChannelPage })

function ChannelPage() {
  const { channelId } = Route.useParams()
  return <Chat channelId={channelId} />
}
