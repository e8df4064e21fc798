import { useEffect, useRef, useState } from 'react'
import type { Point } from '../../../mission/mission.ts'
import type { Placing } from './placing.ts'

const glideTime = 260
/** Above this many boxes a glide would drop frames; they jump instead. */
const mostGliding = 160

/** True when the person has asked the system for less motion. */
export function wantsLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** The positions to draw now: what is asked for, reached by a short glide so that the eye can follow. */
export function useGlide(target: Placing | undefined): Placing | undefined {
  const [shown, setShown] = useState(target)
  const latest = useRef(shown)
  useEffect(() => {
    const start = latest.current
    const become = (placing: Placing | undefined) => {
      latest.current = placing
      setShown(placing)
    }
    if (!target || !start || wantsLessMotion() || Object.keys(target.corners).length > mostGliding || !hasMoved(start, target)) {
      become(target)
      return undefined
    }
    const begun = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      // A frame that was under way before this began bears an earlier time: a glide would set off backwards, by half its way on a busy page.
      const part = Math.min(1, Math.max(0, (now - begun) / glideTime))
      become(part === 1 ? target : between(start, target, 1 - (1 - part) ** 3))
      if (part < 1) frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [target])
  return shown
}

function hasMoved(start: Placing, target: Placing): boolean {
  return Object.entries(target.corners).some(([id, to]) => {
    const from = start.corners[id]
    return from !== undefined && (Math.abs(from.x - to.x) > 1 || Math.abs(from.y - to.y) > 1)
  })
}

/** The picture at a part (0 to 1) of the way. What is new stands where it belongs from the beginning. */
function between(start: Placing, target: Placing, part: number): Placing {
  const mix = (from: Point | undefined, to: Point): Point =>
    from ? { x: Math.round(from.x + (to.x - from.x) * part), y: Math.round(from.y + (to.y - from.y) * part) } : to
  const corners = Object.fromEntries(Object.entries(target.corners).map(([id, to]) => [id, mix(start.corners[id], to)]))
  const ways = Object.fromEntries(
    Object.entries(target.ways).map(([id, to]) => {
      const from = start.ways[id]
      const alike = from && from.through.length === to.through.length
      return [id, { through: alike ? to.through.map((point, at) => mix(from.through[at], point)) : [], label: mix(from?.label, to.label) }]
    }),
  )
  const frames = Object.fromEntries(Object.entries(target.frames).map(([id, to]) => [id, { ...to, ...mix(start.frames[id], to) }]))
  return { ...target, corners, ways, frames }
}
