import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import type { Point } from '../../../mission/mission.ts'

interface Pinch {
  /** How far apart the fingers were, and what of the drawing was between them. */
  apart: number
  under: Point
  zoom: number
}

/**
 * Two fingers zoom wherever they are. React Flow zooms only where both are beside all cards: a card takes the first finger for its own, to be
 * dragged, and most of a picture is cards. So as soon as a second finger is down, nobody else hears of them until all are lifted.
 */
export function usePinching(board: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    const element = board.current
    if (!element) return undefined
    const ended = new AbortController()
    let pinch: Pinch | undefined
    const own = (event: TouchEvent) => [...event.touches].filter(({ target }) => target instanceof Node && element.contains(target))
    const begin = (one: Touch, other: Touch) => {
      const { middle, apart } = measure(one, other)
      // Something that is being carried is put down first.
      if (apart === 0 || element.querySelector('.react-flow__node.dragging, .react-flow__connection')) return
      pinch = { apart, under: flow.screenToFlowPosition(middle), zoom: flow.getZoom() }
    }
    const move = (one: Touch, other: Touch, { apart: before, under, zoom: from }: Pinch) => {
      const { middle, apart } = measure(one, other)
      const { domNode, minZoom, maxZoom } = store.getState()
      const { left = 0, top = 0 } = domNode?.getBoundingClientRect() ?? {}
      const zoom = Math.min(maxZoom, Math.max(minZoom, (from * apart) / before))
      void flow.setViewport({ x: middle.x - left - under.x * zoom, y: middle.y - top - under.y * zoom, zoom })
    }
    const hear = (event: TouchEvent) => {
      const [one, other] = own(event)
      if (event.type === 'touchstart' && !pinch && one && other) begin(one, other)
      if (!pinch) return
      event.stopPropagation()
      if (event.cancelable) event.preventDefault()
      if (event.type === 'touchmove' && one && other) move(one, other, pinch)
    }
    // Whoever had the first finger is told that it is gone.
    const lift = (event: TouchEvent) => {
      if (own(event).length === 0) pinch = undefined
    }
    const how = { capture: true, passive: false, signal: ended.signal }
    element.addEventListener('touchstart', hear, how)
    element.addEventListener('touchmove', hear, how)
    element.addEventListener('touchend', lift, how)
    element.addEventListener('touchcancel', lift, how)
    return () => ended.abort()
  }, [board, flow, store])
}

function measure(one: Touch, other: Touch): { middle: Point; apart: number } {
  return {
    middle: { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 },
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
  }
}
