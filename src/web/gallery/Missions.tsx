import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Missions() {
  return (
    <Page title={m.shell_missions()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
