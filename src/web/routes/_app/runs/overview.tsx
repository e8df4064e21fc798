import { createFileRoute } from '@tanstack/react-router'
import { Runs } from '../../../history/Runs.tsx'
import { runsFilterSchema } from '../../../shell/search.ts'

export const Route = createFileRoute('/_app/runs/')({ validateSearch: runsFilterSchema, component: RunsPage })

function RunsPage() {
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <Runs filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
