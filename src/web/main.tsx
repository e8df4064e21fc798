import '@mantine/core/styles.css'
import './shell/page.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { m } from '#messages'
import { keepSignedIn, signedInUser } from './data/account.ts'
import { browserLanguage, speak } from './data/language.ts'
import { queries } from './data/queries.ts'
import { sessionQuery } from './data/session.ts'
import { connectSupabase } from './data/supabase.ts'
import { wordsOf } from './data/trouble.ts'
import { askEarly } from './designer/draft/asking.ts'
import { routeTree } from './routeTree.gen.ts'
import { Broken } from './shell/Broken.tsx'
import { Corner } from './shell/Corner.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { accessibleColors, makeTheme } from './shell/theme.ts'

const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

speak(browserLanguage())
const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element #root')

try {
  await connectSupabase()
  const matches = router.matchRoutes(router.latestLocation)
  // Rows before scripts: a browser asks a server for six things at a time, and behind a page's scripts these small ones waited longest.
  // Trouble with this is told by the page that needs it.
  if (await signedInUser().catch(() => null)) {
    void queries.prefetchQuery(sessionQuery)
    for (const { params } of matches) if ('missionId' in params) askEarly(params.missionId)
  }
  // What draws the page is fetched while it is still being found out who is there.
  const routes = new Map(Object.entries(router.routesById))
  for (const { routeId } of matches) {
    const route = routes.get(routeId)
    if (route) void router.loadRouteChunk(route)
  }
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={makeTheme()} cssVariablesResolver={accessibleColors} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Corner />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
  setTimeout(() => void keepSignedIn(), 5_000)
} catch (error) {
  // Nothing of the app can work without the server's first answer, so this page says it and offers to ask again.
  const again = document.createElement('button')
  again.textContent = m.shell_broke_again()
  again.addEventListener('click', () => location.reload())
  const told = document.createElement('p')
  told.textContent = wordsOf(error)
  place.className = 'unreachable'
  place.replaceChildren(told, again)
}
