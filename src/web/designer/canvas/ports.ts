import { type NodeHandle, Position } from '@xyflow/react'
import type { Area } from './arrange.ts'
import { portPoint } from './route.ts'
import { type Card, cardSize, endSize } from './scene.ts'

/** Half of a port's size in canvas.module.css: large enough to be hit with a finger. */
export const portRadius = 12

/**
 * Where the ports of a card are. Told beforehand, React Flow need not draw each card of a large mission once to find out, and
 * has its lines in the first picture.
 */
export function handlesOf(card: Card, frame: Area | undefined): NodeHandle[] {
  const size = { width: 2 * portRadius, height: 2 * portRadius }
  const inlet: NodeHandle = {
    id: 'in',
    type: 'target',
    position: Position.Top,
    x: cardSize.width / 2 - portRadius,
    y: -portRadius,
    ...size,
  }
  const outlets = card.ports.map((port): NodeHandle => {
    const { x, y } = portPoint(card.ports, port.exit, frame)
    return {
      id: port.exit,
      type: 'source',
      position: port.aside ? Position.Right : Position.Bottom,
      x: x - portRadius,
      y: y - portRadius,
      ...size,
    }
  })
  return card.enters ? [inlet, ...outlets] : outlets
}

/** Where lines arrive at an open end. */
export const endHandles: NodeHandle[] = [
  { id: 'in', type: 'target', position: Position.Top, x: endSize.width / 2, y: 0, width: 1, height: 1 },
]
