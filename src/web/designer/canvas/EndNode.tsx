import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { placeOf } from '../desk.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import classes from './line.module.css'
import ports from './port.module.css'

/** What an open end needs. */
export interface EndData extends Record<string, unknown> {
  from: string
  exit: string
  /** What the button says to those who hear it. */
  label: string
}

/** The "+" where an exit leads nowhere yet. */
export type EndNodeType = Node<EndData, 'end'>

/** Drawn once and then left alone: only its data counts. */
export const EndNode = memo(DrawnEnd, (before, after) => before.data === after.data)

function DrawnEnd({ id, data }: NodeProps<EndNodeType>) {
  const { desk } = useWorkshop()
  const pointedAt = useDesk((state) => state.pointedAt === id)
  return (
    <>
      <Handle type="target" id="in" position={Position.Top} className={ports.blind} isConnectable={false} />
      <button
        type="button"
        className={`${classes.plus} ${classes.end} nodrag nopan`}
        data-pointed={pointedAt || undefined}
        aria-label={data.label}
        onClick={(event) =>
          desk.setState({ adding: { spot: { at: 'exit', from: data.from, exit: data.exit }, place: placeOf(event.currentTarget) } })
        }
      />
    </>
  )
}
