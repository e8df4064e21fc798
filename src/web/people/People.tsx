import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function People() {
  return (
    <Page title={m.shell_people()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
