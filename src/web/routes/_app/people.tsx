import { createFileRoute } from '@tanstack/react-router'
import { People } from '../../people/People.tsx'
import { listSearchSchema } from '../../shell/search.ts'

export const Route = createFileRoute('/_app/people')({ validateSearch: listSearchSchema, component: PeoplePage })

function PeoplePage() {
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <People filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
