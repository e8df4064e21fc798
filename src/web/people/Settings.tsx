import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Settings() {
  return (
    <Page title={m.shell_settings()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
