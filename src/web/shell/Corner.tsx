import { lazy, Suspense, useSyncExternalStore } from 'react'

const Notifications = lazy(async () => {
  await import('@mantine/notifications/styles.css')
  return { default: (await import('@mantine/notifications')).Notifications }
})

let wanted = false
const watchers = new Set<() => void>()

/** Brings the corner in, for the first thing that is to be told. */
export function wantCorner(): void {
  wanted = true
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** The corner where short notes appear (see tell.ts). Not there, and not loaded, before there is one. */
export function Corner() {
  const shown = useSyncExternalStore(watch, () => wanted)
  if (!shown) return null
  return (
    <Suspense>
      <Notifications position="bottom-right" containerWidth={380} />
    </Suspense>
  )
}
