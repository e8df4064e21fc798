import { createFileRoute } from '@tanstack/react-router'
import { Missions } from '../../../gallery/Missions.tsx'

export const Route = createFileRoute('/_app/missions/')({ component: Missions })
