import type { Node } from '@xyflow/react'
import { memo } from 'react'
import type { Area } from './arrange.ts'
import classes from './frame.module.css'

/** The frame around the steps that a card holds. What stands in it are nodes of their own, above it. */
export type FrameNodeType = Node<Record<string, unknown>, 'frame'>

/** Drawn once: React Flow gives it its size. */
export const FrameNode = memo(() => <div className={classes.frame} />)

/** The frames of a picture, as nodes that lie below all lines and let everything through. */
export function frameNode(id: string, { x, y, width, height }: Area): FrameNodeType {
  return {
    id: frameId(id),
    type: 'frame',
    position: { x, y },
    data: {},
    width,
    height,
    measured: { width, height },
    zIndex: -1,
    selectable: false,
    draggable: false,
    focusable: false,
    deletable: false,
    connectable: false,
  }
}

/** Name of a card's frame on the canvas. Ids of cards hold no blank. */
export const frameId = (card: string): string => `frame ${card}`
