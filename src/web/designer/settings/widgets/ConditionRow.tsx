import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { m } from '#messages'
import { comparisons } from '../../../../mission/condition.ts'
import { type Place, placeOf } from '../../desk.ts'
import { DataMenu } from '../data/DataMenu.tsx'
import type { Piece } from '../data/earlier.ts'
import { asText, useForm } from '../field.ts'
import { faultOfCondition } from '../rows/row-faults.ts'
import rows from '../rows/rows.module.css'
import { pillOf, readPill } from '../text/pill-parts.ts'
import { comparisonsFor, comparisonWords, fitComparison, valueKind } from './comparison-words.ts'
import { ConditionValues } from './ConditionValues.tsx'
import classes from './conditions.module.css'

/** A condition as far as it has been written. */
export const conditionSchema = z.object({ left: z.unknown(), is: z.enum(comparisons).catch('is'), right: z.array(z.unknown()).catch([]) })
/** See {@link conditionSchema}. */
export type Condition = z.output<typeof conditionSchema>

/** A condition that says nothing yet. */
export const blankCondition: Condition = { left: '', is: 'is', right: [] }

/** One condition as a sentence whose parts can be pressed: “If — Pick a laptop · the answer — is — Mac”. */
export function ConditionRow({
  condition,
  joint,
  onChange,
  onJoin,
  onRemove,
}: {
  condition: Condition
  /** How it follows the one before it; `if` for the first. */
  joint: 'if' | 'and' | 'or'
  onChange(next: Condition): void
  onJoin(joint: 'and' | 'or'): void
  onRemove: (() => void) | undefined
}) {
  const { readOnly, pieces, look } = useForm()
  const [menu, setMenu] = useState<Place>()
  const left = asText(condition.left)
  const read = readPill(left)
  const piece = pieces.find((one) => one.reference === read?.reference)
  const kind = piece?.kind ?? 'any'
  const chosen = left === '' ? undefined : read ? look(left) : { title: left, known: true, tip: '' }
  const as = valueKind(kind, condition.is)
  const fault = faultOfCondition(condition)
  const choose = (next: Piece) => {
    const is = fitComparison(next.kind, condition.is)
    // A value stays while it can mean the same to the new data.
    const keeps = valueKind(next.kind, is) === as
    onChange({ left: pillOf(next.reference), is, right: keeps ? condition.right : [] })
  }
  return (
    <div
      className={classes.condition}
      role="group"
      aria-label={m.designer_condition()}
      data-removable={onRemove && !readOnly ? true : undefined}
    >
      {joint === 'if' ? (
        <span className={classes.joint}>{m.designer_if()}</span>
      ) : (
        <select
          className={classes.verb}
          aria-label={m.designer_condition_joint()}
          value={joint}
          disabled={readOnly}
          onChange={(event) => onJoin(event.currentTarget.value === 'or' ? 'or' : 'and')}
        >
          <option value="and">{m.designer_joint_and()}</option>
          <option value="or">{m.designer_joint_or()}</option>
        </select>
      )}
      <button
        type="button"
        className={classes.data}
        disabled={readOnly}
        data-known={chosen?.known ?? 'none'}
        title={chosen?.tip}
        aria-haspopup="dialog"
        onClick={(event) => setMenu(placeOf(event.currentTarget))}
      >
        <span className={classes.dataWords}>
          {chosen ? (piece ? `${piece.source} · ${chosen.title}` : chosen.title) : m.designer_condition_data()}
        </span>
        <IconChevronDown size={14} aria-hidden />
      </button>
      {left !== '' && (
        <select
          className={classes.verb}
          aria-label={m.designer_condition_how()}
          value={condition.is}
          disabled={readOnly}
          onChange={(event) => {
            const is = comparisons.find((one) => one === event.currentTarget.value) ?? 'is'
            onChange({ ...condition, is, right: valueKind(kind, is) === as ? condition.right : [] })
          }}
        >
          {comparisonsFor(kind, condition.is).map((is) => (
            <option key={is} value={is}>
              {comparisonWords(is, kind)}
            </option>
          ))}
        </select>
      )}
      {left !== '' && as !== 'none' && (
        <div className={classes.values}>
          <ConditionValues
            as={as}
            left={left}
            values={condition.right}
            invalid={false}
            onChange={(right) => onChange({ ...condition, right })}
          />
        </div>
      )}
      {onRemove && !readOnly && (
        <button type="button" className={`${rows.small} ${classes.remove}`} aria-label={m.designer_condition_remove()} onClick={onRemove}>
          <IconX size={15} aria-hidden />
        </button>
      )}
      {fault === 'right' && <p className={classes.missing}>{m.designer_condition_incomplete()}</p>}
      {menu && <DataMenu place={menu} pieces={pieces} onChoose={choose} onClose={() => setMenu(undefined)} />}
    </div>
  )
}
