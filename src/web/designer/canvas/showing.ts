import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import type { Point } from '../../../mission/mission.ts'
import type { Spot } from '../draft/spot.ts'
import { cardIds, cornerOf } from '../notes/lying.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import { wantsLessMotion } from './gliding.ts'
import { openingView, readable } from './opening.ts'
import type { Placing } from './placing.ts'
import { cardSize } from './scene.ts'

const margin = 48

/** Moves the view by itself only when it must: at the start, and to bring a card into sight that somebody asked for. */
export function useShowing(placing: Placing | undefined): void {
  const { canvas, draft } = useWorkshop()
  const flow = useReactFlow()
  const store = useStoreApi()
  const shown = useDesk((state) => state.shown)
  const latest = useRef(placing)
  latest.current = placing
  const started = useRef(false)
  const done = useRef(0)

  const size = useCallback(() => {
    const { width, height } = store.getState()
    return { width, height }
  }, [store])

  useEffect(() => {
    if (!placing || started.current) return undefined
    // React Flow knows its own size one frame after it was drawn.
    const frame = requestAnimationFrame(() => {
      started.current = true
      showStart(flow, placing, size())
    })
    return () => cancelAnimationFrame(frame)
  }, [placing, flow, size])

  useEffect(() => {
    const { mission } = draft.getState()
    const note = mission.notes?.find(({ id }) => id === shown.id)
    const corner = note ? placing && cornerOf(note, placing.corners, cardIds(mission)) : placing?.corners[shown.id]
    if (shown.count === done.current || !corner || !started.current) return
    done.current = shown.count
    const { width, height } = size()
    const zoom = Math.max(flow.getZoom(), readable)
    const at = flow.flowToScreenPosition(corner)
    const origin = store.getState().domNode?.getBoundingClientRect()
    const [left, top] = [at.x - (origin?.left ?? 0), at.y - (origin?.top ?? 0)]
    const seen =
      left > margin / 2 &&
      top > margin / 2 &&
      left + cardSize.width * zoom < width - margin / 2 &&
      top + (cardSize.height + 40) * zoom < height - margin / 2
    if (seen && zoom === flow.getZoom()) return
    void flow.setCenter(corner.x + cardSize.width / 2, corner.y + cardSize.height / 2, { zoom, duration: wantsLessMotion() ? 0 : 250 })
  }, [draft, shown, placing, flow, size, store])

  useEffect(() => {
    canvas.current = {
      pointAt: (pointer) => flow.screenToFlowPosition(pointer),
      nearest: (pointer) =>
        latest.current ? nearestSpot(flow.screenToFlowPosition(pointer), latest.current, 56 / flow.getZoom()) : undefined,
      corner: (id) => latest.current?.corners[id],
      corners: () => latest.current?.corners ?? {},
    }
    return () => {
      canvas.current = undefined
    }
  }, [canvas, flow])
}

/** Shows all of a small mission, the beginning of a larger one. */
export function showStart(
  flow: Pick<ReactFlowInstance, 'setViewport'>,
  placing: Placing,
  size: { width: number; height: number },
  duration = 0,
): void {
  const view = openingView(placing, size)
  if (view) void flow.setViewport(view, { duration })
}

/** Name on the canvas of the line whose label, or the open end that, is nearest to a point and within reach of it. */
function nearestSpot(point: Point, placing: Placing, reach: number): string | undefined {
  let best: { id: string; distance: number } | undefined
  const consider = (id: string, x: number, y: number) => {
    const distance = Math.hypot(x - point.x, y - point.y)
    if (distance < reach && (!best || distance < best.distance)) best = { id, distance }
  }
  for (const [id, corner] of Object.entries(placing.corners)) if (id.endsWith(':')) consider(id, corner.x + 14, corner.y + 14)
  for (const [id, way] of Object.entries(placing.ways)) if (!id.endsWith(':')) consider(id, way.label.x, way.label.y)
  return best?.id
}

/** What other parts of the designer may ask of the canvas while it is shown. Pointers are in CSS pixels of the window. */
export interface CanvasHandle {
  pointAt(pointer: Point): Point
  /** Name on the canvas of the line or open end close to a pointer. */
  nearest(pointer: Point): string | undefined
  corner(id: string): Point | undefined
  corners(): Readonly<Record<string, Point>>
}

/** What a name on the canvas stands for. Names of lines are `from:exit:to`, of open ends `from:exit:`. */
export function spotOf(name: string): Spot {
  const [from = '', exit = '', to = ''] = name.split(':')
  return to === '' ? { at: 'exit', from, exit } : { at: 'line', link: { from, exit, to } }
}
