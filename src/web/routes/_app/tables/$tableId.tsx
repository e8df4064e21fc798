import { createFileRoute } from '@tanstack/react-router'
import { Table } from '../../../tables/Table.tsx'

export const Route = createFileRoute('/_app/tables/$tableId')({ component: TablePage })

function TablePage() {
  const { tableId } = Route.useParams()
  return <Table key={tableId} tableId={tableId} />
}
