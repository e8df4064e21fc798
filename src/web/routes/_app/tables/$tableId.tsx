import { createFileRoute } from '@tanstack/react-router'
import { listSearchSchema } from '../../../shell/search.ts'
import { Table } from '../../../tables/Table.tsx'

export const Route = createFileRoute('/_app/tables/$tableId')({ validateSearch: listSearchSchema, component: TablePage })

function TablePage() {
  const { tableId } = Route.useParams()
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <Table key={tableId} tableId={tableId} filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
