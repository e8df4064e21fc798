import { createFileRoute } from '@tanstack/react-router'
import { Templates } from '../../gallery/Templates.tsx'
import { templatesFilterSchema } from '../../shell/search.ts'

export const Route = createFileRoute('/_app/templates')({ validateSearch: templatesFilterSchema, component: TemplatesPage })

function TemplatesPage() {
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  return <Templates filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
}
