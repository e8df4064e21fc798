import { createFileRoute } from '@tanstack/react-router'
import { Designer } from '../../../designer/Designer.tsx'

export const Route = createFileRoute('/_app/missions/$missionId')({ component: MissionPage })

function MissionPage() {
  const { missionId } = Route.useParams()
  return <Designer key={missionId} missionId={missionId} />
}
