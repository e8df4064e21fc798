import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { IconChevronDown } from '@tabler/icons-react'
import { memo, type MouseEvent } from 'react'
import { m } from '#messages'
import { type Mark, placeOf } from '../desk.ts'
import { OtherMark } from '../others/OtherMark.tsx'
import { cardInWalk } from '../review/track.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import type { Area } from './arrange.ts'
import { CardFace } from './CardFace.tsx'
import { chipPlace, meetingWords } from './chips.ts'
import classes from './card.module.css'
import frames from './frame.module.css'
import { lentExit } from './lent.ts'
import { toggle } from './opened.ts'
import ports from './port.module.css'
import { portPoint } from './route.ts'
import type { Card, Port } from './scene.ts'

/** What a card needs; the same object as long as nothing in it changes, so that cards are drawn only when they must. */
export interface CardData extends Record<string, unknown> {
  card: Card
  /** The worst problem in words; none when all is well. */
  fault: string | undefined
  /** How many problems there are. */
  faults: number
  severity: 'error' | 'warning'
  /** What it is, compared with a version. */
  mark: Mark | undefined
  readOnly: boolean
  /** Its open frame, measured from its own corner. */
  frame: Area | undefined
}

/** A card on the canvas. */
export type CardNodeType = Node<CardData, 'card'>

/** What stands on what is different. */
export const markWords: Readonly<Record<Mark, () => string>> = {
  added: m.versions_added,
  changed: m.versions_changed,
  removed: m.versions_removed,
}

/** The name of a card for people who hear it. */
export function nameCard({ card, fault, mark }: CardData, holder?: string): string {
  const plain =
    card.role === 'trigger'
      ? m.designer_card_trigger({ title: card.title, sentence: card.sentence })
      : m.designer_card_step({ number: card.number, title: card.title, sentence: card.sentence })
  const placed = holder === undefined ? plain : m.canvas_card_within({ name: plain, holder })
  const name = mark ? m.versions_card_marked({ name: placed, mark: markWords[mark]() }) : placed
  return fault ? m.designer_card_fault({ name, fault }) : name
}

/** A trigger or a step: plain HTML and CSS, because thousands of these may be on the page. */
export const CardNode = memo(DrawnCard, (before, after) => before.data === after.data && before.selected === after.selected)

function DrawnCard({ id, data }: NodeProps<CardNodeType>) {
  const { card, fault, faults, severity, mark, readOnly, frame } = data
  const walked = useDesk((state) => cardInWalk(state.walk, id))
  const holds = card.frame !== undefined || card.runs !== undefined
  return (
    <>
      {card.frame?.open === false && (
        <>
          <div className={frames.pile} />
          <div className={frames.pile} />
        </>
      )}
      <div className={classes.card} data-role={card.role} data-fault={fault ? severity : undefined} data-walked={walked} data-mark={mark}>
        <OtherMark id={id} on="card" />
        {mark && <span className={classes.mark}>{markWords[mark]()}</span>}
        {card.enters && <Handle type="target" id="in" position={Position.Top} className={ports.inlet} isConnectable={!readOnly} />}
        <CardFace card={card} lines={fault || holds ? 1 : 2} />
        <div className={classes.foot}>
          {fault && (
            <p className={classes.fault}>
              <span className={classes.faultText} title={fault}>
                {fault}
              </span>
              {faults > 1 && <span className={classes.more}>{m.designer_card_more({ count: faults - 1 })}</span>}
            </p>
          )}
          {holds && <FrameToggle id={id} title={card.title} frame={card.frame ?? notLent} />}
        </div>
        {card.meeting && <MeetingChip id={id} meeting={card.meeting} readOnly={readOnly} />}
        {card.ports.map((port) => (
          <Outlet key={port.exit} id={id} card={card} frame={frame} port={port} readOnly={readOnly || port.exit === lentExit} />
        ))}
      </div>
    </>
  )
}

interface OutletOf {
  id: string
  card: Card
  frame: Area | undefined
  port: Port
  readOnly: boolean
}

function Outlet({ id, card, frame, port, readOnly }: OutletOf) {
  const { desk } = useWorkshop()
  const { x, y } = portPoint(card.ports, port.exit, frame)
  const add = (event: MouseEvent) => {
    event.stopPropagation()
    if (!readOnly) desk.setState({ adding: { spot: { at: 'exit', from: id, exit: port.exit }, place: placeOf(event.currentTarget) } })
  }
  if (port.aside) {
    if (readOnly && port.lines === 0) return null
    return (
      <div className={ports.aside} data-linked={port.lines > 0}>
        <Handle
          type="source"
          id={port.exit}
          position={Position.Right}
          className={ports.outlet}
          style={{ left: x, top: y, right: 'auto', transform: 'translate(-50%, -50%)' }}
          isConnectable={!readOnly}
          onClick={add}
        >
          {port.lines === 0 && (
            // Inside the port, so that one can pull a wire from it, too.
            <button type="button" tabIndex={-1} className={ports.asideAdd} aria-label={m.designer_add_if_fails({ title: card.title })}>
              <span className={ports.asideWords}>{port.label}</span>
            </button>
          )}
        </Handle>
      </div>
    )
  }
  return (
    <>
      <Handle
        type="source"
        id={port.exit}
        position={Position.Bottom}
        className={ports.outlet}
        style={{ left: x, top: y, bottom: 'auto', transform: 'translate(-50%, -50%)' }}
        isConnectable={!readOnly}
        onClick={add}
      />
      {port.lines > 1 && (
        <button
          type="button"
          tabIndex={-1}
          disabled={readOnly}
          className={`${ports.chip} nodrag nopan`}
          style={chipPlace(card.ports, port.exit, frame)}
          onClick={add}
          title={readOnly ? undefined : m.designer_add_branch()}
        >
          {m.designer_and()}
        </button>
      )}
    </>
  )
}

const notLent: NonNullable<Card['frame']> = { open: false, count: 0 }

function frameWords({ lent, count, open }: NonNullable<Card['frame']>): string {
  if (lent === 'loading') return m.canvas_lent_loading()
  if (lent === 'nothing') return m.canvas_lent_nothing()
  return count === 0 && !open ? m.canvas_lent_show() : m.canvas_frame_steps({ count })
}

/** Opens and closes the frame of what a card holds; by keyboard, the card's own keys do. */
function FrameToggle({ id, title, frame }: { id: string; title: string; frame: NonNullable<Card['frame']> }) {
  const words = frameWords(frame)
  const { desk } = useWorkshop()
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${frames.toggle} nodrag nopan`}
      aria-expanded={frame.open}
      aria-label={m.canvas_frame_name({ words, title })}
      onClick={(event) => {
        event.stopPropagation()
        toggle(desk, id)
      }}
    >
      <IconChevronDown size={15} aria-hidden />
      {words}
    </button>
  )
}

function MeetingChip({ id, meeting, readOnly }: { id: string; meeting: NonNullable<Card['meeting']>; readOnly: boolean }) {
  const { desk } = useWorkshop()
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={readOnly}
      className={`${ports.chip} ${ports.when} nodrag nopan`}
      onClick={(event) => desk.setState({ meeting: { id, place: placeOf(event.currentTarget) } })}
    >
      {meetingWords(meeting)}
    </button>
  )
}
