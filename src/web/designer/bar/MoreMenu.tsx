import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { m } from '#messages'
import type { Mission } from '../../../mission/mission.ts'
import { Confirm } from '../../shell/Confirm.tsx'
import { tell } from '../../shell/tell.ts'
import { bringIn } from '../draft/bringing.ts'
import { fileNameOf, writeMissionFile } from '../draft/file.ts'
import { unpublish } from '../draft/server.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { useLiveVersion, useRefresh } from './live.ts'

const TemplateDialog = lazy(() => import('../../gallery/TemplateDialog.tsx'))

/** What else can be looked at and done with a mission. */
export default function MoreMenu() {
  const workshop = useWorkshop()
  const { missionId, desk, draft } = workshop
  const chooser = useRef<HTMLInputElement>(null)
  const readOnly = useDraft((state) => state.readOnly)
  const live = useLiveVersion()
  const refresh = useRefresh()
  const [taking, setTaking] = useState(false)
  const [sharing, setSharing] = useState<Mission>()
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={m.designer_more()}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => desk.setState({ finding: true })}>{readOnly ? m.designer_find_read() : m.designer_find()}</Menu.Item>
          <Menu.Item
            onClick={() => {
              draft.getState().select([])
              desk.setState({ side: 'versions' })
            }}
          >
            {m.versions_title()}
          </Menu.Item>
          <Menu.Item onClick={() => download(draft.getState().mission)}>{m.designer_file_download()}</Menu.Item>
          {!readOnly && <Menu.Item onClick={() => chooser.current?.click()}>{m.designer_file_choose()}</Menu.Item>}
          {!readOnly && <Menu.Item onClick={() => setSharing(draft.getState().mission)}>{m.gallery_template_save()}</Menu.Item>}
          {live && !readOnly && <Menu.Item onClick={() => setTaking(true)}>{m.designer_unpublish()}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={m.designer_file_choose()}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) void bringIn(file, workshop)
          // The same file may be chosen again once it is mended.
          currentTarget.value = ''
        }}
      />
      <Suspense>{sharing && <TemplateDialog mission={sharing} onClose={() => setSharing(undefined)} />}</Suspense>
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

function download(mission: Mission): void {
  const address = URL.createObjectURL(new Blob([writeMissionFile(mission)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileNameOf(mission)
  link.click()
  URL.revokeObjectURL(address)
}
