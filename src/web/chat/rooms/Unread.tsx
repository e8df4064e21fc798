import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type Unread as Count, useFreshRooms, useUnread } from './rooms.ts'

/** Outside the chat, what is unread is counted anew at most so often, in milliseconds: every tab of everybody does it. */
const calm = 1_000

/** Counts what waits to be read in the chat, for whoever is elsewhere. Draws nothing. */
export default function Unread({ onCount }: { onCount: (unread: Count | undefined) => void }) {
  const { pathname } = useLocation()
  const unread = useUnread()
  useEffect(() => onCount(unread), [onCount, unread])
  // The chat keeps itself fresh.
  return /^\/chat(\/|$)/.test(pathname) ? null : <Fresh />
}

function Fresh() {
  useFreshRooms(calm)
  return null
}
