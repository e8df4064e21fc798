import { QueryClient } from '@tanstack/react-query'
import { ServerTrouble } from './trouble.ts'

/** What this tab has read. Keys begin with the name of the table, so that live events refresh by prefix. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only silence is worth asking again.
      retry: (times, error) => times < 2 && !(error instanceof ServerTrouble && error.status >= 400 && error.status < 500),
    },
  },
})
