import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Templates() {
  return (
    <Page title={m.shell_templates()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
