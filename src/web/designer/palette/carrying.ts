import { type PointerEvent as ReactPointerEvent, useCallback } from 'react'
import type { Point } from '../../../mission/mission.ts'
import { spotOf } from '../canvas/showing.ts'
import type { Spot } from '../draft/spot.ts'
import { nextSpot, spotAt } from '../draft/nearby.ts'
import { useWorkshop } from '../workshop.ts'
import type { ShownOffer } from './offers.ts'

/** A press that moves less than this is a click. CSS pixels. */
const threshold = 5

/** Where a carried thing would land, and the name on the canvas of what it points at. */
interface Landing {
  spot: Spot
  name: string | undefined
}

/**
 * Carrying something from the palette with pointer events, which are the same for mouse, pen and finger. A plain click adds it
 * where the work is.
 */
export function useCarrying(): (event: ReactPointerEvent<HTMLElement>, offer: ShownOffer) => void {
  const { draft, desk, commands, canvas, scene } = useWorkshop()
  return useCallback(
    (pressed, offer) => {
      if (pressed.button !== 0) return
      const start = { x: pressed.clientX, y: pressed.clientY }
      const ended = new AbortController()
      let carried = false

      const landing = (pointer: Point): Landing | undefined => {
        const under = document.elementFromPoint(pointer.x, pointer.y)
        if (!under?.closest('[data-landing]')) return undefined
        const point = canvas.current?.pointAt(pointer)
        if (offer.role === 'trigger') return { spot: { at: 'top' }, name: undefined }
        const card = under.closest<HTMLElement>('.react-flow__node-card')?.dataset['id']
        const place = card === undefined ? undefined : spotAt(scene(), card)
        if (card !== undefined && place) return { spot: place, name: card }
        const end = under.closest<HTMLElement>('.react-flow__node-end')?.dataset['id']
        const line = under.closest<HTMLElement>('.react-flow__edge, [data-line]')
        const name = end ?? line?.dataset['line'] ?? line?.dataset['id'] ?? canvas.current?.nearest(pointer)
        if (name !== undefined) return { spot: spotOf(name), name }
        return { spot: { at: 'loose', ...(point ? { point } : {}) }, name: undefined }
      }
      const move = (event: PointerEvent) => {
        const pointer = { x: event.clientX, y: event.clientY }
        if (!carried && Math.hypot(pointer.x - start.x, pointer.y - start.y) < threshold) return
        carried = true
        const target = landing(pointer)
        desk.setState({ carrying: { offer, title: offer.title, icon: offer.icon, pointer, over: target?.spot }, pointedAt: target?.name })
      }
      const stop = () => {
        ended.abort()
        desk.setState({ carrying: undefined, pointedAt: undefined })
      }
      const drop = (event: PointerEvent) => {
        const target = carried ? landing({ x: event.clientX, y: event.clientY }) : undefined
        stop()
        if (target) commands.add(offer, target.spot)
        else if (!carried) commands.add(offer, nextSpot(scene(), draft.getState().selection, offer))
      }
      const { signal } = ended
      addEventListener('pointermove', move, { signal })
      addEventListener('pointerup', drop, { signal })
      // The browser took the gesture over to scroll the list.
      addEventListener('pointercancel', stop, { signal })
      addEventListener('keydown', (event) => event.key === 'Escape' && stop(), { signal })
    },
    [canvas, commands, desk, draft, scene],
  )
}
