import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Join(_: { token: string }) {
  return (
    <Page title={m.shell_app()}>
      <p>{m.shell_coming()}</p>
    </Page>
  )
}
