import { createFileRoute } from '@tanstack/react-router'
import { chatSearchSchema } from '../../../chat/address.ts'
import { Chat } from '../../../chat/Chat.tsx'

export const Route = createFileRoute('/_app/chat/$channelId')({ validateSearch: chatSearchSchema, component: ChannelPage })

function ChannelPage() {
  const { channelId } = Route.useParams()
  return <Chat channelId={channelId} search={Route.useSearch()} />
}
