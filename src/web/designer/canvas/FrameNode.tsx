import type { Node, NodeProps } from '@xyflow/react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { m } from '#messages'
import type { Area } from './arrange.ts'
import classes from './frame.module.css'

/** The frame around the steps that a card holds. What stands in it are nodes of their own, above it. */
export type FrameNodeType = Node<FrameData, 'frame'>

/** What a frame needs. */
export interface FrameData extends Record<string, unknown> {
  /** The other mission that it shows. */
  mission: string | undefined
}

/** Drawn once: React Flow gives it its size. */
export const FrameNode = memo(DrawnFrame, (before, after) => before.data.mission === after.data.mission)

function DrawnFrame({ data: { mission } }: NodeProps<FrameNodeType>) {
  return (
    <div className={classes.frame}>
      {mission !== undefined && (
        <Link to="/missions/$missionId" params={{ missionId: mission }} className={`${classes.there} nodrag nopan`}>
          {m.canvas_lent_go()}
        </Link>
      )}
    </div>
  )
}

/** The frames of a picture, as nodes that lie below all lines and let everything through. */
export function frameNode(id: string, { x, y, width, height }: Area, mission?: string): FrameNodeType {
  return {
    id: frameId(id),
    type: 'frame',
    position: { x, y },
    data: { mission },
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
