import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { m } from '#messages'
import { comparisons, type Comparison } from '../../../../mission/condition.ts'
import { pickId } from '../../../../mission/ids.ts'
import { type Place, placeOf } from '../../desk.ts'
import { DataMenu } from '../data/DataMenu.tsx'
import { useDraft } from '../../workshop.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { pillOf, readPill } from '../text/markup.ts'
import { comparisonWords } from './comparison-words.ts'
import { moved, RowButtons, without } from './ListWidgets.tsx'
import classes from './widgets.module.css'

const conditionSchema = z.object({ left: z.unknown(), is: z.enum(comparisons).catch('is'), right: z.array(z.unknown()).catch([]) })
/** A path as far as it has been written. */
const pathSchema = z.object({ id: z.string().catch(''), label: z.string().catch(''), when: z.array(conditionSchema).catch([]) })
type Condition = z.output<typeof conditionSchema>
type Path = z.output<typeof pathSchema>

/** The paths of a choice, each with its conditions as a sentence: "Which laptop · answer — is — Mac". */
export function PathsWidget({ label, value, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const paths = z
    .array(pathSchema)
    .catch([])
    .parse(value ?? [])
  const take = (next: Path[]) => onChange(next.length === 0 ? undefined : next)
  const change = (at: number, part: Partial<Path>) => take(paths.map((path, index) => (index === at ? { ...path, ...part } : path)))
  const name = (at: number) => paths[at]?.label || m.designer_path_number({ number: at + 1 })
  const add = () => {
    const words = m.designer_path_number({ number: paths.length + 1 })
    // Lines on the canvas leave by the path's id, so it stays whatever the path is called later.
    const id = pickId(new Set(paths.map((path) => path.id)), [`path_${paths.length + 1}`])
    take([...paths, { id, label: words, when: [{ left: '', is: 'is', right: [] }] }])
  }
  return (
    <div className={classes.rows} role="group" aria-label={label} aria-describedby={describedBy}>
      {paths.map((path, at) => (
        <div key={path.id || at} className={classes.block} role="group" aria-label={name(at)}>
          <div className={classes.row}>
            <TextInput
              className={classes.grow}
              aria-label={m.designer_path_name({ number: at + 1 })}
              value={path.label}
              maxLength={60}
              disabled={readOnly}
              onChange={(event) => change(at, { label: event.currentTarget.value })}
            />
            {!readOnly && (
              <RowButtons
                name={name(at)}
                at={at}
                count={paths.length}
                onMove={(by) => take(moved(paths, at, by))}
                onRemove={() => take(without(paths, at))}
              />
            )}
          </div>
          {path.when.map((condition, index) => (
            <ConditionRow
              key={index}
              condition={condition}
              first={index === 0}
              onChange={(next) => change(at, { when: path.when.map((one, other) => (other === index ? next : one)) })}
              onRemove={path.when.length > 1 ? () => change(at, { when: without(path.when, index) }) : undefined}
            />
          ))}
          {!readOnly && path.when.length < 10 && (
            <Button
              variant="subtle"
              size="compact-xs"
              className={classes.add}
              onClick={() => change(at, { when: [...path.when, { left: '', is: 'is', right: [] }] })}
            >
              {m.designer_condition_add()}
            </Button>
          )}
        </div>
      ))}
      {!readOnly && paths.length < 10 && (
        <Button variant="subtle" size="compact-sm" className={classes.add} leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {m.designer_path_add()}
        </Button>
      )}
    </div>
  )
}

function ConditionRow({
  condition,
  first,
  onChange,
  onRemove,
}: {
  condition: Condition
  first: boolean
  onChange(next: Condition): void
  onRemove: (() => void) | undefined
}) {
  const { readOnly, pieces, look } = useForm()
  const [menu, setMenu] = useState<Place>()
  const left = asText(condition.left)
  const chosen = left === '' ? undefined : readPill(left) === undefined ? { title: left, known: true, tip: '' } : look(left)
  const compares = condition.is !== 'is-empty' && condition.is !== 'is-not-empty'
  const suggestions = useAnswers(left)
  return (
    <div className={classes.condition}>
      <span className={classes.note}>{first ? m.designer_if() : m.designer_and_if()}</span>
      <button
        type="button"
        className={classes.choose}
        disabled={readOnly}
        data-known={chosen?.known ?? 'none'}
        title={chosen?.tip}
        onClick={(event) => setMenu(placeOf(event.currentTarget))}
      >
        {chosen?.title ?? m.designer_condition_data()}
      </button>
      {onRemove && !readOnly && (
        <button type="button" className={classes.small} aria-label={m.designer_condition_remove()} onClick={onRemove}>
          <IconX size={15} aria-hidden />
        </button>
      )}
      <Select
        size="sm"
        className={classes.comparison}
        aria-label={m.designer_condition_how()}
        data={comparisons.map((is) => ({ value: is, label: comparisonWords(is) }))}
        value={condition.is}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(is) => {
          const next: Comparison = comparisons.find((one) => one === is) ?? 'is'
          onChange({ ...condition, is: next, right: next === 'is-empty' || next === 'is-not-empty' ? [] : condition.right })
        }}
      />
      {compares && (
        <TagsInput
          size="sm"
          className={classes.values}
          aria-label={m.designer_condition_values()}
          placeholder={condition.right.length === 0 ? m.designer_condition_hint() : ''}
          data={suggestions}
          value={condition.right.map(asText)}
          disabled={readOnly}
          splitChars={['\n']}
          acceptValueOnBlur
          comboboxProps={{ withinPortal: true }}
          onChange={(right) => onChange({ ...condition, right })}
        />
      )}
      {menu && (
        <DataMenu
          place={menu}
          pieces={pieces}
          onChoose={(piece) => onChange({ ...condition, left: pillOf(piece.reference) })}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  )
}

/** What an earlier question can be answered with, as far as it is known: its buttons. */
function useAnswers(left: string): string[] {
  const [id, part] = (readPill(left)?.reference ?? '').split('.')
  const choices = useDraft((state) => state.mission.steps.find((step) => step.id === id)?.settings['choices'])
  return part !== undefined && ['answer', 'winner', 'winners'].includes(part) && Array.isArray(choices)
    ? [...new Set(choices.map(asText))].filter((one) => one !== '')
    : []
}
