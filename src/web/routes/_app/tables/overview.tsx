import { createFileRoute } from '@tanstack/react-router'
import { listSearchSchema } from '../../../shell/search.ts'
import { Tables } from '../../../tables/Tables.tsx'

export const Route = createFileRoute('/_app/tables/')({ validateSearch: listSearchSchema, component: TablesPage })

function TablesPage() {
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <Tables filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
