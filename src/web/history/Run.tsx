import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Run({ runId }: { runId: string }) {
  return (
    <Page title={m.shell_runs()}>
      <p data-id={runId}>{m.shell_coming()}</p>
    </Page>
  )
}
