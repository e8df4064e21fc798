import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Chat({ channelId }: { channelId?: string }) {
  return (
    <Page title={m.shell_chat()}>
      <p data-id={channelId}>{m.shell_coming()}</p>
    </Page>
  )
}
