import { createFileRoute } from '@tanstack/react-router'
import { Designer } from '../../../designer/Designer.tsx'
import { askEarly } from '../../../designer/draft/asking.ts'

export const Route = createFileRoute('/_app/missions/$missionId')({
  // Pointing at a link opens nothing yet.
  loader: ({ cause, params }) => (cause === 'enter' ? askEarly(params.missionId) : undefined),
  component: MissionPage,
})

function MissionPage() {
  const { missionId } = Route.useParams()
  return <Designer key={missionId} missionId={missionId} />
}
