import { createFileRoute } from '@tanstack/react-router'
import { Join } from '../shell/Join.tsx'

export const Route = createFileRoute('/join/$token')({ component: JoinPage })

function JoinPage() {
  const { token } = Route.useParams()
  return <Join token={token} />
}
