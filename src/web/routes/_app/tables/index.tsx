import { createFileRoute } from '@tanstack/react-router'
import { Tables } from '../../../tables/Tables.tsx'

export const Route = createFileRoute('/_app/tables/')({ component: Tables })
