import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Tables() {
  return (
    <Page title={m.shell_tables()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
