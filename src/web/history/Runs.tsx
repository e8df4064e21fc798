import { m } from '#messages'
import { Page } from '../shell/Page.tsx'
import type { RunsFilter } from '../shell/search.ts'

/** Stands here until the real page does. `onFilter` writes the filter into the address. */
export function Runs({ filter }: { filter: RunsFilter; onFilter: (filter: RunsFilter) => void }) {
  return (
    <Page title={m.shell_runs()}>
      <p data-page={filter.page}>{m.shell_coming()}</p>
    </Page>
  )
}
