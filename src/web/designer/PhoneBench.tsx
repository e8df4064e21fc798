import { Button, Drawer, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { m } from '#messages'
import { Canvas } from './canvas/Canvas.tsx'
import { useScene } from './canvas/SceneProvider.tsx'
import { placeOf } from './desk.ts'
import classes from './designer.module.css'
import { nextSpot } from './draft/nearby.ts'
import { isPopupOpen } from './focusing.ts'
import { Beginning, Outline, Problems, Settings, Versions, Walking } from './later.tsx'
import { useDesk, useDraft, useWorkshop } from './workshop.ts'

/** The designer on a phone: the mission as sentences, the settings of one in a sheet, the picture if somebody wants it. */
export default function PhoneBench() {
  const { draft, desk } = useWorkshop()
  const [view, setView] = useState('outline')
  const scene = useScene()
  const selection = useDraft((state) => state.selection)
  const readOnly = useDraft((state) => state.readOnly)
  const empty = useDraft((state) => state.mission.triggers.length + state.mission.steps.length === 0)
  const side = useDesk((state) => state.side)
  const sheet = side === 'problems' || side === 'versions' ? side : selection.length > 0 ? 'settings' : undefined
  const close = () => {
    draft.getState().select([])
    desk.setState({ side: 'settings' })
  }
  return (
    <div className={classes.phone}>
      <SegmentedControl
        m="xs"
        aria-label={m.designer_view()}
        value={view}
        onChange={setView}
        data={[
          { value: 'outline', label: m.designer_outline() },
          { value: 'picture', label: m.designer_picture() },
        ]}
      />
      <div className={classes.middle} data-tour="canvas">
        {empty ? <Beginning /> : view === 'outline' ? <Outline /> : <Canvas />}
        <Walking />
      </div>
      {!readOnly && !empty && (
        <Button
          className={classes.phoneAdd}
          radius="xl"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={(event) =>
            desk.setState({ adding: { spot: nextSpot(scene, [], { role: 'step', type: '' }), place: placeOf(event.currentTarget) } })
          }
        >
          {m.designer_add_step()}
        </Button>
      )}
      <Drawer
        opened={sheet !== undefined}
        onClose={close}
        // Its own Escape would close it together with the list that lies on it.
        closeOnEscape={false}
        onKeyDownCapture={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && !isPopupOpen() && close()}
        position="bottom"
        size="82%"
        title={sheet === 'problems' ? m.designer_problems() : sheet === 'versions' ? m.versions_title() : m.designer_settings()}
        classNames={{ body: classes.sheet ?? '', content: classes.sheetContent ?? '' }}
      >
        {sheet === 'problems' ? <Problems /> : sheet === 'versions' ? <Versions sheet /> : <Settings />}
      </Drawer>
    </div>
  )
}
