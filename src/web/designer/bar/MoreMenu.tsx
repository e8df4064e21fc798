import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { m } from '#messages'
import { Callers } from '../../gallery/Callers.tsx'
import { Confirm } from '../../shell/Confirm.tsx'
import { tell } from '../../shell/tell.ts'
import { useDoings } from '../doings.ts'
import { unpublish } from '../draft/server.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { useRefresh } from './live.ts'

const TemplateDialog = lazy(() => import('../../gallery/TemplateDialog.tsx'))

/** What else can be looked at and done with a mission. */
export default function MoreMenu() {
  const { desk } = useWorkshop()
  const sharing = useDesk((state) => state.sharing)
  const unpublishing = useDesk((state) => state.unpublishing)
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={m.designer_more()}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Items />
        </Menu.Dropdown>
      </Menu>
      <Suspense>{sharing && <TemplateDialog mission={sharing} onClose={() => desk.setState({ sharing: undefined })} />}</Suspense>
      {unpublishing && <Unpublishing />}
    </>
  )
}

/** Drawn while the menu is open, so that nobody's keys wait for it. */
function Items() {
  const { desk } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const doings = useDoings()
  return (
    <>
      <Menu.Item onClick={() => desk.setState({ finding: true })}>{readOnly ? m.designer_find_read() : m.designer_find()}</Menu.Item>
      {doings
        .filter((doing) => doing.more)
        .map(({ name, title, run }) => (
          <Menu.Item key={name} onClick={run}>
            {title}
          </Menu.Item>
        ))}
    </>
  )
}

function Unpublishing() {
  const { missionId, desk } = useWorkshop()
  const refresh = useRefresh()
  return (
    <Confirm
      title={m.designer_unpublish_ask()}
      go={m.designer_unpublish()}
      onClose={() => desk.setState({ unpublishing: false })}
      onGo={async () => {
        await unpublish(missionId)
        await refresh()
        tell(m.designer_unpublished())
      }}
    >
      {m.designer_unpublish_why()}
      <Callers missionId={missionId} />
    </Confirm>
  )
}
