import type { Edge, EdgeProps } from '@xyflow/react'
import { createContext, memo, use } from 'react'
import { createPortal } from 'react-dom'
import { m } from '#messages'
import type { Point } from '../../../mission/mission.ts'
import { placeOf } from '../desk.ts'
import { isLineInWalk } from '../review/track.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import classes from './line.module.css'
import { markWords } from './CardNode.tsx'
import { labelPoint } from './labels.ts'
import { portRadius } from './ports.ts'
import { routeAside, routeDown } from './route.ts'
import type { Line } from './scene.ts'

/** What a line needs; the same object as long as nothing in it changes. */
export interface LineData extends Record<string, unknown> {
  line: Line
  /** Points of the tidy layout that it passes through, and where its label stands; without, it finds its own way. */
  way: { through: Point[]; label: Point } | undefined
  /** Where it leaves and arrives; while a card is being moved, React Flow says. */
  ends: { from: Point; to: Point } | undefined
  /** How far below its card it turns sideways. */
  turn: number
  /** How far above the card it leads to all its lines have come together. */
  head: number
  /** What the "+" says to those who hear it. */
  insert: string
  readOnly: boolean
}

/** A line between two cards, or to an open end. */
export type LineEdgeType = Edge<LineData, 'line'>

/**
 * Where labels are drawn: React Flow's own layer above the lines. Its EdgeLabelRenderer looks that up in the page for each line and
 * each change of anything, which with a hundred lines costs more than drawing.
 */
export const LabelLayer = createContext<Element | null>(null)

/** Drawn anew only when its ends or its data change. */
export const LineEdge = memo(DrawnLine)

function DrawnLine({ id, sourceX, sourceY, targetX, targetY, data, selected }: EdgeProps<LineEdgeType>) {
  const pointedAt = useDesk((state) => state.pointedAt === id)
  const walked = useDesk((state) => isLineInWalk(state.walk, id))
  if (!data) return null
  const { line, way, turn, head } = data
  const aside = line.kind === 'failed'
  // React Flow measures to the rim of a port, lines begin and end at its middle: the border of the card.
  const from = data.ends?.from ?? (aside ? { x: sourceX - portRadius, y: sourceY } : { x: sourceX, y: sourceY - portRadius })
  const into = data.ends?.to ?? { x: targetX, y: line.kind === 'open' ? targetY : targetY + portRadius }
  const to = line.kind === 'open' ? into : { x: into.x, y: into.y - 3 }
  const through = way?.through ?? []
  const path = aside ? routeAside(from, through, to, head) : routeDown(from, through, to, turn, head)
  const label = way?.label ?? labelPoint(from, to, line, turn, head)
  return (
    <g
      className={classes.line}
      data-kind={line.kind}
      data-selected={selected || undefined}
      data-pointed={pointedAt || undefined}
      data-walked={walked || undefined}
      data-mark={line.mark}
    >
      <path className={classes.stroke} d={path} />
      {line.kind !== 'open' && (
        <path className={classes.arrow} d={`M${to.x - 4.5},${to.y - 4} L${to.x},${to.y + 1.5} L${to.x + 4.5},${to.y - 4}`} />
      )}
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={22} />
      {(line.label !== '' || line.told || (line.kind !== 'open' && !data.readOnly)) && (
        <LineLabel id={id} data={data} at={label} selected={selected === true} pointedAt={pointedAt} />
      )}
    </g>
  )
}

function LineLabel({
  id,
  data,
  at,
  selected,
  pointedAt,
}: {
  id: string
  data: LineData
  at: Point
  selected: boolean
  pointedAt: boolean
}) {
  const { desk, commands } = useWorkshop()
  const { line, readOnly } = data
  const link = { from: line.from, exit: line.exit, to: line.to }
  const layer = use(LabelLayer)
  if (!layer) return null
  return createPortal(
    // What is pressed here is not a press on the line below it, whose child this is to React.
    <div
      role="presentation"
      className={`${classes.label} nodrag nopan`}
      onClick={(event) => event.stopPropagation()}
      data-line={id}
      data-kind={line.kind}
      data-pointed={pointedAt || undefined}
      style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
    >
      {line.label !== '' && <span className={classes.labelText}>{line.label}</span>}
      {line.mark && line.told && (
        <span className={classes.mark} data-mark={line.mark}>
          {markWords[line.mark]()}
        </span>
      )}
      {line.kind !== 'open' && !readOnly && (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={classes.plus}
            aria-label={data.insert}
            onClick={(event) => desk.setState({ adding: { spot: { at: 'line', link }, place: placeOf(event.currentTarget) } })}
          />
          {selected && (
            <button
              type="button"
              className={`${classes.plus} ${classes.cut}`}
              aria-label={m.designer_unlink()}
              title={m.designer_unlink()}
              onClick={() => commands.unlink(link)}
            />
          )}
        </>
      )}
    </div>,
    layer,
  )
}
