import { createFileRoute, useParams } from '@tanstack/react-router'
import { chatSearchSchema } from '../../../chat/address.ts'
import { Chat } from '../../../chat/Chat.tsx'

/** One page for all rooms: going from room to room keeps the list, a dialog that is open, and where one had scrolled to. */
export const Route = createFileRoute('/_app/chat')({ validateSearch: chatSearchSchema, component: ChatPage })

function ChatPage() {
  const { channelId } = useParams({ strict: false })
  return <Chat {...(channelId === undefined ? {} : { channelId })} search={Route.useSearch()} />
}
