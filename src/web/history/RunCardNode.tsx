import { Handle, type NodeProps, Position } from '@xyflow/react'
import { IconBolt, IconBoltOff } from '@tabler/icons-react'
import { memo } from 'react'
import { m } from '#messages'
import { CardFace } from '../designer/canvas/CardFace.tsx'
import { chipPlace } from '../designer/canvas/chips.ts'
import cards from '../designer/canvas/card.module.css'
import ports from '../designer/canvas/port.module.css'
import type { RunCardNodeType } from './drawing.ts'
import { stateIcon } from './Marks.tsx'
import classes from './RunCanvas.module.css'

/** A card of a run: plain HTML and CSS, because thousands of these may be on the page. */
export const RunCardNode = memo(DrawnCard, (before, after) => before.data === after.data && before.selected === after.selected)

function DrawnCard({ data }: NodeProps<RunCardNodeType>) {
  const { card, frame, state, word, visits } = data
  const Icon = state === 'fired' ? IconBolt : state === 'not-fired' ? IconBoltOff : stateIcon(state)
  const { meeting } = card
  return (
    <div className={`${cards.card} ${classes.card}`} data-role={card.role} data-state={state}>
      {/* React Flow draws no line without these; where lines really begin and end is worked out beforehand. */}
      {card.enters && <Handle type="target" id="in" position={Position.Top} className={ports.blind} isConnectable={false} />}
      {card.ports.map(({ exit }) => (
        <Handle key={exit} type="source" id={exit} position={Position.Bottom} className={ports.blind} isConnectable={false} />
      ))}
      <CardFace card={card} lines={1} />
      <p className={classes.state}>
        <Icon size={15} stroke={2} aria-hidden />
        {word}
        {visits > 1 && <span className={classes.visits}>× {visits}</span>}
      </p>
      {meeting && (
        <span className={`${ports.chip} ${ports.when}`}>
          {meeting.join.wait === 'all'
            ? m.designer_when_all()
            : meeting.join.wait === 'any'
              ? m.designer_when_first()
              : m.designer_when_some({ count: meeting.join.count ?? 1, of: meeting.lines })}
        </span>
      )}
      {card.ports.map(
        (port) =>
          port.lines > 1 &&
          !port.aside && (
            <span key={port.exit} className={ports.chip} style={chipPlace(card.ports, port.exit, frame)}>
              {m.designer_and()}
            </span>
          ),
      )}
    </div>
  )
}
