import { createFileRoute } from '@tanstack/react-router'

/** The chat with one room open. */
export const Route = createFileRoute('/_app/chat/$channelId')({})
