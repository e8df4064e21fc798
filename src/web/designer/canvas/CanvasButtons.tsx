import { useReactFlow, useStoreApi } from '@xyflow/react'
import { IconArrowsMaximize, IconHelp, IconMinus, IconNote, IconPlus, IconSparkles } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { m } from '#messages'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './canvas.module.css'
import { wantsLessMotion } from './gliding.ts'
import { isFree, type Placing } from './placing.ts'
import { showStart } from './showing.ts'

/** Zoom, see all, and order after cards were moved by hand. */
export function CanvasButtons({ placing }: { placing: Placing }) {
  const { commands, desk } = useWorkshop()
  const flow = useReactFlow()
  const store = useStoreApi()
  const readOnly = useDraft((state) => state.readOnly)
  const free = useDraft((state) => isFree(state.mission))
  const duration = wantsLessMotion() ? 0 : 200
  const all = () => {
    const { width, height } = store.getState()
    void flow.fitView({ maxZoom: 1, padding: 0.1, duration }).then((fitted) => fitted || showStart(flow, placing, { width, height }))
  }
  return (
    <div className={classes.buttons} role="toolbar" aria-label={m.designer_view()}>
      <Press label={m.designer_zoom_in()} onPress={() => void flow.zoomIn({ duration })}>
        <IconPlus size={18} aria-hidden />
      </Press>
      <Press label={m.designer_zoom_out()} onPress={() => void flow.zoomOut({ duration })}>
        <IconMinus size={18} aria-hidden />
      </Press>
      <Press label={m.designer_see_all()} onPress={all}>
        <IconArrowsMaximize size={18} aria-hidden />
      </Press>
      <Press label={m.designer_key_help()} onPress={() => desk.setState({ helping: true })}>
        <IconHelp size={18} aria-hidden />
      </Press>
      {!readOnly && (
        <Press label={m.designer_note_add()} onPress={() => commands.addNote()}>
          <IconNote size={18} aria-hidden />
        </Press>
      )}
      {!readOnly && free && (
        <button type="button" className={classes.tidy} onClick={commands.tidy}>
          <IconSparkles size={17} aria-hidden />
          {m.designer_tidy()}
        </button>
      )}
    </div>
  )
}

function Press({ label, onPress, children }: { label: string; onPress(): void; children: ReactNode }) {
  return (
    <button type="button" className={classes.press} aria-label={label} title={label} onClick={onPress}>
      {children}
    </button>
  )
}
