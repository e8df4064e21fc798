import { createFileRoute } from '@tanstack/react-router'
import { Run } from '../../../history/Run.tsx'

export const Route = createFileRoute('/_app/runs/$runId')({ component: RunPage })

function RunPage() {
  const { runId } = Route.useParams()
  return <Run key={runId} runId={runId} />
}
