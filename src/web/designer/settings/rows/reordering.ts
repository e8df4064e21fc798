import { type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** A list in which the item at `from` has moved to `to`. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const next = [...list]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(to, 0, item)
  return next
}

/** A list without one of its items. */
export const without = <Item>(list: readonly Item[], at: number): Item[] => list.filter((_, index) => index !== at)

/** Where a row lies and how high it is, in CSS pixels. */
export interface Band {
  top: number
  height: number
}

/** The place that a row dragged by so many pixels comes to: after all others whose middle it has passed. */
export function placeAfterDrag(bands: readonly Band[], from: number, by: number): number {
  const dragged = bands[from]
  if (!dragged) return from
  const [top, bottom] = [dragged.top + by, dragged.top + dragged.height + by]
  return bands.filter(({ top: other, height }, at) => {
    const middle = other + height / 2
    return at < from ? top >= middle : at > from && bottom > middle
  }).length
}

interface Drag {
  from: number
  to: number
  by: number
  bands: readonly Band[]
}

/** What a grip needs to move its row. */
export interface GripProps {
  onPointerDown(event: PointerEvent<HTMLElement>): void
  onPointerMove(event: PointerEvent<HTMLElement>): void
  onPointerUp(): void
  onPointerCancel(): void
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
}

/**
 * Lets people choose the order of rows by dragging a grip (mouse, pen, touch) or with the arrow keys on it. Rows are the children of
 * `list` that carry `data-row`, their grips carry `data-grip`.
 */
export function useReordering(onMove: (from: number, to: number) => void): {
  list: RefObject<HTMLDivElement | null>
  grip(at: number): GripProps
  row(at: number): { style: CSSProperties; 'data-row': true; 'data-dragged': true | undefined }
} {
  const list = useRef<HTMLDivElement>(null)
  const start = useRef(0)
  const [drag, setDrag] = useState<Drag>()
  const rows = () => [...(list.current?.children ?? [])].filter((row) => row.hasAttribute('data-row'))
  const end = (done: boolean) => {
    if (done && drag && drag.to !== drag.from) onMove(drag.from, drag.to)
    setDrag(undefined)
  }
  return {
    list,
    grip: (at) => ({
      onPointerDown(event) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = event.clientY
        const bands = rows().map((row) => row.getBoundingClientRect())
        setDrag({ from: at, to: at, by: 0, bands })
      },
      onPointerMove(event) {
        if (!drag || drag.from !== at) return
        const by = event.clientY - start.current
        setDrag({ ...drag, by, to: placeAfterDrag(drag.bands, at, by) })
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
      onKeyDown(event) {
        if (event.key === 'Escape' && drag) {
          event.stopPropagation()
          return end(false)
        }
        const to = event.key === 'ArrowUp' ? at - 1 : event.key === 'ArrowDown' ? at + 1 : at
        if (to === at) return
        event.preventDefault()
        if (to < 0 || to >= rows().length) return
        // The cursor goes with the row.
        flushSync(() => onMove(at, to))
        rows()[to]?.querySelector<HTMLElement>('[data-grip]')?.focus()
      },
    }),
    row: (at) => ({ 'data-row': true, 'data-dragged': drag?.from === at || undefined, style: drag ? shift(drag, at) : {} }),
  }
}

/** Where a row is drawn while one is being dragged: the others make room. */
function shift({ from, to, by, bands }: Drag, at: number): CSSProperties {
  if (at === from) return { transform: `translateY(${by}px)` }
  const [first, second] = [bands[0], bands[1]]
  const gap = first && second ? second.top - first.top - first.height : 0
  const step = (bands[from]?.height ?? 0) + gap
  if (at > from && at <= to) return { transform: `translateY(${-step}px)` }
  return at < from && at >= to ? { transform: `translateY(${step}px)` } : {}
}
