import { createFileRoute } from '@tanstack/react-router'
import { chatSearchSchema } from '../../../chat/address.ts'
import { Chat } from '../../../chat/Chat.tsx'

export const Route = createFileRoute('/_app/chat/')({ validateSearch: chatSearchSchema, component: ChatPage })

function ChatPage() {
  return <Chat search={Route.useSearch()} />
}
