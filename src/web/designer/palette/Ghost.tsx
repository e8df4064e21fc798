import { createPortal } from 'react-dom'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { useScene } from '../canvas/SceneProvider.tsx'
import type { Spot } from '../draft/spot.ts'
import { useDesk } from '../workshop.ts'
import classes from './palette.module.css'

/** What is being carried from the palette, at the pointer, with a word on where it would land. */
export function Ghost() {
  const carrying = useDesk((state) => state.carrying)
  if (!carrying) return null
  const Icon = icons[carrying.icon]
  return createPortal(
    <div className={classes.ghost} style={{ left: carrying.pointer.x, top: carrying.pointer.y }} aria-hidden>
      <span className={classes.tile}>{Icon && <Icon size={18} stroke={1.8} />}</span>
      <span className={classes.words}>
        <span>{carrying.title}</span>
        {carrying.over && <Where spot={carrying.over} />}
      </span>
    </div>,
    document.body,
  )
}

function Where({ spot }: { spot: Spot }) {
  const scene = useScene()
  const title = (id: string) => scene.cards.find((card) => card.id === id)?.title ?? ''
  const linked =
    spot.at === 'exit' && scene.lines.some((line) => line.from === spot.from && line.exit === spot.exit && line.kind !== 'open')
  return <span className={classes.where}>{words()}</span>

  function words(): string {
    if (spot.at === 'top') return m.designer_land_top()
    if (spot.at === 'loose') return m.designer_land_loose()
    if (spot.at === 'line') return m.designer_land_between({ from: title(spot.link.from), to: title(spot.link.to) })
    return linked ? m.designer_land_beside({ title: title(spot.from) }) : m.designer_land_after({ title: title(spot.from) })
  }
}
