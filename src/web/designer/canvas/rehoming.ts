import { useMemo, useRef } from 'react'
import { m } from '#messages'
import { chainOf } from '../../../mission/edit.ts'
import type { Point } from '../../../mission/mission.ts'
import { exitsOf } from '../draft/exits.ts'
import { useWorkshop } from '../workshop.ts'
import { spotOf } from './showing.ts'

/** What dragging a card over lines of others does, and what the cards that are chosen with it. Pointers come as events of the mouse or of a finger. */
export interface Rehoming {
  /** The card is being dragged: a line or open end under the pointer is pointed at. */
  over(event: MouseEvent | TouchEvent, id: string): void
  /** Cards are let go at their corners: true when they went into a line. */
  drop(event: MouseEvent | TouchEvent, id: string, corners: Readonly<Record<string, Point>>): boolean
}

/**
 * A step dragged onto a line that is not its own is taken out of its line, which heals, and put into that one; several that are chosen
 * together are, when they follow one another.
 */
export function useRehoming(): Rehoming {
  const { draft, desk, commands, canvas, scene } = useWorkshop()
  const frame = useRef(0)
  return useMemo(() => {
    const dragged = (id: string): string[] | undefined => {
      const { mission, selection } = draft.getState()
      return chainOf(mission, selection.includes(id) ? selection : [id], exitsOf(mission))
    }
    /** Shows where the cards would go: the line, and at the pointer in words, because they themselves may cover the line. */
    const point = (pointedAt: string | undefined, [id, ...others]: readonly string[], pointer: Point | undefined) => {
      const { pointedAt: before, carrying } = desk.getState()
      const step = draft.getState().mission.steps.find((one) => one.id === id)
      const card = pointedAt === undefined || !pointer ? undefined : scene().cards.find((one) => one.id === id)
      if (before !== pointedAt) desk.setState({ pointedAt })
      if (!card && !carrying) return
      const title = others.length === 0 ? card?.title : m.designer_count_steps({ count: others.length + 1 })
      desk.setState({
        carrying:
          card && step && pointer && pointedAt !== undefined
            ? { offer: { role: 'step', type: step.type }, title: title ?? '', icon: card.icon ?? '', pointer, over: spotOf(pointedAt) }
            : undefined,
      })
    }
    const target = (event: MouseEvent | TouchEvent, chain: readonly string[] | undefined): string | undefined => {
      const pointer = pointerOf(event)
      if (!chain || !pointer) return undefined
      return nameUnder(pointer, chain) ?? foreign(canvas.current?.nearest(pointer), chain)
    }
    return {
      over(event, id) {
        // Looking what lies under the pointer costs more than moving the card: once a frame is enough.
        cancelAnimationFrame(frame.current)
        frame.current = requestAnimationFrame(() => {
          const chain = dragged(id)
          point(target(event, chain), chain ?? [], pointerOf(event))
        })
      },
      drop(event, id, corners) {
        cancelAnimationFrame(frame.current)
        const chain = dragged(id)
        const name = target(event, chain)
        point(undefined, [], undefined)
        const free = Object.keys(draft.getState().mission.layout).length > 0
        const [first = id] = chain ?? []
        return name !== undefined && chain !== undefined && commands.moveTo(chain, spotOf(name), free ? corners[first] : undefined)
      },
    }
  }, [canvas, commands, desk, draft, scene])
}

function pointerOf(event: MouseEvent | TouchEvent): Point | undefined {
  const pointer = 'changedTouches' in event ? event.changedTouches[0] : event
  return pointer && { x: pointer.clientX, y: pointer.clientY }
}

/** Name on the canvas of the line or open end of other cards at a pointer. The dragged cards lie on top of it. */
function nameUnder(pointer: Point, dragged: readonly string[]): string | undefined {
  for (const element of document.elementsFromPoint(pointer.x, pointer.y)) {
    const found = element.closest<HTMLElement | SVGElement>('.react-flow__edge, .react-flow__node-end, [data-line]')
    const name = found?.dataset['line'] ?? found?.dataset['id']
    if (foreign(name, dragged) !== undefined) return name
  }
  return undefined
}

/** A name on the canvas, unless it is one of the dragged cards' own lines. */
function foreign(name: string | undefined, dragged: readonly string[]): string | undefined {
  if (name === undefined) return undefined
  const [from = '', , to = ''] = name.split(':')
  return dragged.includes(from) || dragged.includes(to) ? undefined : name
}
