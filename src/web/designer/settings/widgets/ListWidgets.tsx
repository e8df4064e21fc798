import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { m } from '#messages'
import { useMissions, useTables } from '../directory.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import classes from './widgets.module.css'

/** A list without one of its items, and with two neighbours changed over. */
export const without = <Item,>(list: readonly Item[], at: number): Item[] => list.filter((_, index) => index !== at)
/** A list in which the item at `at` has moved up (-1) or down (1). */
export function moved<Item>(list: readonly Item[], at: number, by: -1 | 1): Item[] {
  const next = [...list]
  const [item] = next.splice(at, 1)
  if (item !== undefined) next.splice(at + by, 0, item)
  return next
}

/** Buttons that move an item of a list or take it out. */
export function RowButtons({
  name,
  at,
  count,
  onMove,
  onRemove,
}: {
  name: string
  at: number
  count: number
  onMove?(by: -1 | 1): void
  onRemove(): void
}) {
  return (
    <>
      {onMove && count > 1 && (
        <>
          <button
            type="button"
            className={classes.small}
            disabled={at === 0}
            aria-label={m.designer_move_up({ name })}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={16} aria-hidden />
          </button>
          <button
            type="button"
            className={classes.small}
            disabled={at === count - 1}
            aria-label={m.designer_move_down({ name })}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={16} aria-hidden />
          </button>
        </>
      )}
      <button type="button" className={classes.small} aria-label={m.designer_take_out({ title: name })} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </button>
    </>
  )
}

/** Changes the rows and moves the cursor to one of them before the next key: whoever types fast would write into the old row. */
export function useRowFocus(): { ref: React.RefObject<HTMLDivElement | null>; changeAndFocus(change: () => void, at: number): void } {
  const ref = useRef<HTMLDivElement>(null)
  return {
    ref,
    changeAndFocus(change, at) {
      flushSync(change)
      const fields = ref.current?.querySelectorAll<HTMLInputElement>('[data-row-field]')
      fields?.[at]?.focus()
    },
  }
}

/** Short texts one below the other: the buttons of a question. Enter begins the next one. */
export function ChoicesWidget({ id, label, value, describedBy, invalid, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const rows = useRowFocus()
  const written = Array.isArray(value) ? value.map(asText) : []
  const shown = written.length === 0 ? [''] : written
  // A row that is still empty is kept while it is being written; the check asks for it.
  const take = (next: readonly string[]) => onChange(next.every((one) => one === '') ? undefined : [...next])
  const add = (at: number) => {
    rows.changeAndFocus(() => onChange([...shown.slice(0, at), '', ...shown.slice(at)]), at)
  }
  return (
    <div className={classes.rows} role="group" aria-label={label} aria-describedby={describedBy} ref={rows.ref}>
      {shown.map((choice, at) => (
        <div key={at} className={classes.row}>
          <TextInput
            {...(at === 0 ? { id } : {})}
            data-row-field
            className={classes.grow}
            aria-label={m.designer_choice_number({ number: at + 1 })}
            value={choice}
            maxLength={75}
            disabled={readOnly}
            error={invalid && choice.trim() === ''}
            onChange={(event) => take(shown.map((one, index) => (index === at ? event.currentTarget.value : one)))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && choice !== '') add(at + 1)
              if (event.key === 'Backspace' && choice === '' && shown.length > 1) {
                event.preventDefault()
                rows.changeAndFocus(() => take(without(shown, at)), Math.max(0, at - 1))
              }
            }}
          />
          {!readOnly && shown.length > 1 && (
            <RowButtons
              name={choice || m.designer_choice_number({ number: at + 1 })}
              at={at}
              count={shown.length}
              onMove={(by) => take(moved(shown, at, by))}
              onRemove={() => take(without(shown, at))}
            />
          )}
        </div>
      ))}
      {!readOnly && shown.length < 25 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.add}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => add(shown.length)}
        >
          {m.designer_choice_add()}
        </Button>
      )}
    </div>
  )
}

/** A table by name: one that is there, or a new one, which its first row creates. */
export function TableWidget({ id, label, placeholder, value, invalid, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  return (
    <Autocomplete
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholder || m.designer_table_hint()}
      data={[...useTables()]}
      value={asText(value)}
      maxLength={63}
      disabled={readOnly}
      error={invalid}
      onChange={(name) => onChange(name === '' ? undefined : name)}
    />
  )
}

/** Another mission of the workspace. */
export function MissionWidget({ id, label, placeholder, value, optional, invalid, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const missions = useMissions()
  return (
    <Select
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      searchable
      clearable={optional}
      placeholder={placeholder || m.designer_pick_mission()}
      data={missions.map((mission) => ({ value: mission.id, label: mission.name }))}
      value={asText(value) === '' ? null : asText(value)}
      disabled={readOnly}
      error={invalid}
      nothingFoundMessage={m.designer_nothing_found()}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  )
}
