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
