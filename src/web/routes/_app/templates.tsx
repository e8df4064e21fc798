import { createFileRoute } from '@tanstack/react-router'
import { Templates } from '../../gallery/Templates.tsx'

export const Route = createFileRoute('/_app/templates')({ component: Templates })
