import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { m } from '#messages'
import { Confirm } from '../../shell/Confirm.tsx'
import { tell } from '../../shell/tell.ts'
import { unpublish } from '../draft/server.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { useLiveVersion, useRefresh } from './live.ts'

/** What else can be looked at and done with a mission. */
export default function MoreMenu() {
  const { missionId, desk, draft } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const live = useLiveVersion()
  const refresh = useRefresh()
  const [taking, setTaking] = useState(false)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={m.designer_more()}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              draft.getState().select([])
              desk.setState({ side: 'versions' })
            }}
          >
            {m.versions_title()}
          </Menu.Item>
          {live && !readOnly && <Menu.Item onClick={() => setTaking(true)}>{m.designer_unpublish()}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {taking && (
        <Confirm
          title={m.designer_unpublish_ask()}
          go={m.designer_unpublish()}
          onClose={() => setTaking(false)}
          onGo={async () => {
            await unpublish(missionId)
            await refresh()
            tell(m.designer_unpublished())
          }}
        >
          {m.designer_unpublish_why()}
        </Confirm>
      )}
    </>
  )
}
