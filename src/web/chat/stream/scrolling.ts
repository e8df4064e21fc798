import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Nearer than this to the end counts as being there, in pixels. */
const nearEnd = 40
/** How far before the edge of what is loaded more is asked for, in pixels. */
const ahead = 800

interface Edges {
  older: boolean
  newer: boolean
  load(way: 'older' | 'newer'): Promise<void>
}

/**
 * Keeps a conversation where its reader is: at the end it follows what is said; elsewhere what is read stays in its place while
 * messages come and go above and below (browsers differ in whether they do this by themselves). Near the edges of what is
 * loaded it asks for more.
 */
export function useScrolling(
  lines: readonly { key: string }[],
  edges: Edges,
): { area: RefObject<HTMLDivElement | null>; atEnd: boolean; toEnd(): void } {
  const area = useRef<HTMLDivElement>(null)
  const held = useRef<{ key: string; top: number }>(undefined)
  const following = useRef(true)
  const [atEnd, setAtEnd] = useState(true)

  /** Notes the first line on the screen and where it stands. */
  const hold = useCallback(() => {
    const box = area.current
    if (!box) return
    const edge = box.getBoundingClientRect().top
    for (const line of box.querySelectorAll<HTMLElement>('[data-line]')) {
      const { top, bottom } = line.getBoundingClientRect()
      if (bottom <= edge) continue
      held.current = { key: line.dataset['line'] ?? '', top: top - edge }
      return
    }
  }, [])

  const settle = useCallback(() => {
    const box = area.current
    if (!box) return
    if (following.current) box.scrollTop = box.scrollHeight
    else if (held.current) {
      const line = box.querySelector(`[data-line="${CSS.escape(held.current.key)}"]`)
      if (line) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - held.current.top
    }
    hold()
  }, [hold])

  useLayoutEffect(settle, [lines, settle])

  const { older, newer, load } = edges
  const look = useCallback(() => {
    const box = area.current
    if (!box) return
    const end = box.scrollHeight - box.scrollTop - box.clientHeight
    following.current = end < nearEnd && !newer
    setAtEnd(following.current)
    hold()
    if (older && box.scrollTop < ahead) void load('older').catch(() => undefined)
    else if (newer && end < ahead) void load('newer').catch(() => undefined)
  }, [older, newer, load, hold])

  useEffect(() => {
    const box = area.current
    if (!box) return
    box.addEventListener('scroll', look, { passive: true })
    // What grows without new lines (a form, a picture of the window, the field below): the end stays in sight.
    const sizes = new ResizeObserver(() => following.current && settle())
    sizes.observe(box)
    if (box.firstElementChild) sizes.observe(box.firstElementChild)
    return () => {
      box.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [look, settle])
  // A page that does not fill the window never scrolls.
  useEffect(look, [lines, look])

  const toEnd = useCallback(() => {
    following.current = true
    settle()
  }, [settle])
  return { area, atEnd, toEnd }
}
