import { NumberInput, Radio, SegmentedControl, Select, Stack, Switch } from '@mantine/core'
import { m } from '#messages'
import { say } from '../../../../mission/words.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { OrData } from './OrData.tsx'

/** Yes or no. */
export function YesnoWidget({ id, label, value, fallback, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const on = typeof value === 'boolean' ? value : fallback === true
  return (
    <Switch
      id={id}
      checked={on}
      disabled={readOnly}
      aria-label={label}
      aria-describedby={describedBy}
      label={on ? m.designer_yes() : m.designer_no()}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

/** Together no longer than this, options fit side by side. Characters. */
const sideBySide = 34

/** One of a fixed list of options. */
export function OptionWidget({ id, label, value, fallback, options, describedBy, invalid, onChange }: WidgetProps) {
  const { language, readOnly } = useForm()
  const data = Object.entries(options).map(([option, words]) => ({ value: option, label: say(words, language) }))
  const chosen = asText(value ?? fallback)
  const length = data.reduce((sum, option) => sum + option.label.length, 0)
  if (data.length <= 3 && length <= sideBySide)
    return <SegmentedControl fullWidth id={id} aria-label={label} data={data} value={chosen} disabled={readOnly} onChange={onChange} />
  if (data.length <= 4)
    return (
      <Radio.Group value={chosen} onChange={onChange} aria-label={label} aria-describedby={describedBy}>
        <Stack gap={8} pt={4}>
          {data.map((option) => (
            <Radio key={option.value} value={option.value} label={option.label} disabled={readOnly} />
          ))}
        </Stack>
      </Radio.Group>
    )
  return (
    <Select
      id={id}
      aria-label={label}
      data={data}
      value={chosen}
      disabled={readOnly}
      allowDeselect={false}
      error={invalid}
      aria-describedby={describedBy}
      comboboxProps={{ withinPortal: true }}
      onChange={(option) => onChange(option ?? undefined)}
    />
  )
}

/** A number, or earlier data that is one. */
export function NumberWidget(props: WidgetProps) {
  const { id, label, placeholder, value, fallback, invalid, describedBy, onChange } = props
  const { readOnly } = useForm()
  return (
    <OrData {...props} kinds={numbers}>
      <NumberInput
        id={id}
        aria-label={label}
        placeholder={placeholder || asText(fallback)}
        value={typeof value === 'number' ? value : asText(value)}
        disabled={readOnly}
        error={invalid}
        aria-describedby={describedBy}
        onChange={(next) => onChange(next === '' ? undefined : typeof next === 'number' ? next : Number(next))}
      />
    </OrData>
  )
}

const numbers = ['number'] as const
