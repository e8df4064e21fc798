import { useMemo, useRef } from 'react'
import type { Point } from '../../../mission/mission.ts'
import { useWorkshop } from '../workshop.ts'
import { spotOf } from './showing.ts'

/** What dragging a card over lines of others does. Pointers come as events of the mouse or of a finger. */
export interface Rehoming {
  /** The card is being dragged: a line or open end under the pointer is pointed at. */
  over(event: MouseEvent | TouchEvent, id: string): void
  /** The card is let go at a corner: true when it went into a line. */
  drop(event: MouseEvent | TouchEvent, id: string, corner: Point): boolean
}

/** A step dragged onto a line that is not its own is taken out of its line, which heals, and put into that one. */
export function useRehoming(): Rehoming {
  const { draft, desk, commands, canvas, scene } = useWorkshop()
  const frame = useRef(0)
  return useMemo(() => {
    /** Shows where the card would go: the line, and at the pointer in words, because the card itself may cover the line. */
    const point = (pointedAt: string | undefined, id: string, pointer: Point | undefined) => {
      const { pointedAt: before, carrying } = desk.getState()
      const step = draft.getState().mission.steps.find((one) => one.id === id)
      const card = pointedAt === undefined || !pointer ? undefined : scene().cards.find((one) => one.id === id)
      if (before !== pointedAt) desk.setState({ pointedAt })
      if (!card && !carrying) return
      desk.setState({
        carrying:
          card && step && pointer && pointedAt !== undefined
            ? { offer: { role: 'step', type: step.type }, title: card.title, icon: card.icon ?? '', pointer, over: spotOf(pointedAt) }
            : undefined,
      })
    }
    const target = (event: MouseEvent | TouchEvent, id: string): string | undefined => {
      const { mission, selection } = draft.getState()
      // Several cards dragged together keep their lines; a trigger has none to be put into.
      const single = selection.length <= 1 || !selection.includes(id)
      if (!single || !mission.steps.some((step) => step.id === id)) return undefined
      const pointer = pointerOf(event)
      return pointer && (nameUnder(pointer, id) ?? foreign(canvas.current?.nearest(pointer), id))
    }
    return {
      over(event, id) {
        // Looking what lies under the pointer costs more than moving the card: once a frame is enough.
        cancelAnimationFrame(frame.current)
        frame.current = requestAnimationFrame(() => point(target(event, id), id, pointerOf(event)))
      },
      drop(event, id, corner) {
        cancelAnimationFrame(frame.current)
        const name = target(event, id)
        point(undefined, id, undefined)
        const free = Object.keys(draft.getState().mission.layout).length > 0
        return name !== undefined && commands.moveTo(id, spotOf(name), free ? corner : undefined)
      },
    }
  }, [canvas, commands, desk, draft, scene])
}

function pointerOf(event: MouseEvent | TouchEvent): Point | undefined {
  const pointer = 'changedTouches' in event ? event.changedTouches[0] : event
  return pointer && { x: pointer.clientX, y: pointer.clientY }
}

/** Name on the canvas of the line or open end of other cards at a pointer. The dragged card lies on top of it. */
function nameUnder(pointer: Point, id: string): string | undefined {
  for (const element of document.elementsFromPoint(pointer.x, pointer.y)) {
    const found = element.closest<HTMLElement | SVGElement>('.react-flow__edge, .react-flow__node-end, [data-line]')
    const name = found?.dataset['line'] ?? found?.dataset['id']
    if (foreign(name, id) !== undefined) return name
  }
  return undefined
}

/** A name on the canvas, unless it is one of the card's own lines. */
function foreign(name: string | undefined, id: string): string | undefined {
  if (name === undefined) return undefined
  const [from, , to] = name.split(':')
  return from === id || to === id ? undefined : name
}
