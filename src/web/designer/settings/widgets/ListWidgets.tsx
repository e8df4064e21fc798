import { Autocomplete, Select } from '@mantine/core'
import { m } from '#messages'
import { useMissions, useTables } from '../directory.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { TextRows } from '../rows/TextRows.tsx'

/** Short texts one below the other: the buttons of a question. */
export function ChoicesWidget({ id, label, value, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  return (
    <TextRows
      id={id}
      label={label}
      describedBy={describedBy}
      texts={Array.isArray(value) ? value.map(asText) : []}
      most={25}
      add={m.designer_choice_add()}
      labelOf={(number) => m.designer_choice_number({ number })}
      readOnly={readOnly}
      onChange={(next) => onChange(next.length === 0 || (next.length === 1 && next[0] === '') ? undefined : next)}
    />
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
  const { readOnly, names } = useForm()
  const { found, searching, failed, again } = useMissions()
  const chosen = asText(value)
  // What is chosen has its name before the list is there, and when it is in no list any more.
  const isListed = chosen === '' || found.some(({ id: one }) => one === chosen)
  const missions = isListed ? found : [{ id: chosen, name: names.get(chosen) ?? '…' }, ...found]
  return (
    <Select
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      searchable
      clearable={optional}
      placeholder={placeholder || m.designer_pick_mission()}
      data={missions.map((mission) => ({ value: mission.id, label: mission.name }))}
      value={chosen === '' ? null : chosen}
      disabled={readOnly}
      error={invalid}
      nothingFoundMessage={searching ? m.designer_searching() : failed ? m.designer_missions_failed() : m.designer_nothing_found()}
      onDropdownOpen={() => failed && again()}
      onChange={(picked) => onChange(picked ?? undefined)}
    />
  )
}
