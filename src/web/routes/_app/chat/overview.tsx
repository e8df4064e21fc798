import { createFileRoute } from '@tanstack/react-router'

/** The chat with no room chosen yet. */
export const Route = createFileRoute('/_app/chat/')({})
