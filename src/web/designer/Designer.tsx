import { m } from '#messages'
import { Page } from '../shell/Page.tsx'

/** Stands here until the real page does. */
export function Designer({ missionId }: { missionId: string }) {
  return (
    <Page title={m.shell_missions()}>
      <p data-id={missionId}>{m.shell_coming()}</p>
    </Page>
  )
}
