import { createFileRoute } from '@tanstack/react-router'
import { Missions } from '../../../gallery/Missions.tsx'
import { missionsFilterSchema } from '../../../shell/search.ts'

export const Route = createFileRoute('/_app/missions/')({ validateSearch: missionsFilterSchema, component: MissionsPage })

function MissionsPage() {
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <Missions filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
