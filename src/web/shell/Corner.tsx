import { lazy, Suspense, useEffect, useState } from 'react'

const Notifications = lazy(async () => {
  await import('@mantine/notifications/styles.css')
  return { default: (await import('@mantine/notifications')).Notifications }
})

/** The corner where short notes appear. Loaded after the page: what is told before that waits for it. */
export function Corner() {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 1_500)
    return () => clearTimeout(timer)
  }, [])
  if (!settled) return null
  return (
    <Suspense>
      <Notifications position="bottom-right" containerWidth={380} />
    </Suspense>
  )
}
