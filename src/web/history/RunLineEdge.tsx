import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import lines from '../designer/canvas/line.module.css'
import { routeAside, routeDown } from '../designer/canvas/route.ts'
import type { RunLineEdgeType } from './drawing.ts'
import classes from './RunCanvas.module.css'

/** A line of a run: strong where the run went along it, faint where it never will. */
export const RunLineEdge = memo(DrawnLine, (before, after) => before.data === after.data)

function DrawnLine({ id, data }: EdgeProps<RunLineEdgeType>) {
  if (!data) return null
  const { line, state, from, to, through, label, turn, head } = data
  const path = line.kind === 'failed' ? routeAside(from, through, to, head) : routeDown(from, through, to, turn, head)
  return (
    <g className={`${lines.line} ${classes.line}`} data-kind={line.kind} data-state={state}>
      <path className={lines.stroke} d={path} />
      <path className={lines.arrow} d={`M${to.x - 4.5},${to.y - 4} L${to.x},${to.y + 1.5} L${to.x + 4.5},${to.y - 4}`} />
      {line.label !== '' && (
        <EdgeLabelRenderer>
          <div
            className={lines.label}
            data-line={id}
            data-kind={line.kind}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            <span className={`${lines.labelText} ${classes.label}`} data-state={state}>
              {line.label}
            </span>
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  )
}
