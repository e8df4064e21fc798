import { createFileRoute } from '@tanstack/react-router'
import { People } from '../../people/People.tsx'

export const Route = createFileRoute('/_app/people')({ component: People })
