import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { m } from '#messages'
import { fieldKinds } from '../../../../mission/form.ts'
import { pickId } from '../../../../mission/ids.ts'
import { useForm, type WidgetProps } from '../field.ts'
import { moved, RowButtons, without } from './ListWidgets.tsx'
import { kindOfField } from './field-kinds.ts'
import classes from './widgets.module.css'

/** A field as far as it has been written. */
const draftSchema = z.object({
  id: z.string().catch(''),
  label: z.string().catch(''),
  kind: z.enum(fieldKinds).catch('line'),
  required: z.boolean().catch(true),
  choices: z.array(z.string()).optional().catch(undefined),
  help: z.string().optional().catch(undefined),
})
type DraftField = z.output<typeof draftSchema>

/** The fields of a form. Later steps refer to a field by its id, which is made of its first label and then stays. */
export function FieldsWidget({ label, value, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const fields = z
    .array(draftSchema)
    .catch([])
    .parse(value ?? [])
  const [opened, setOpened] = useState<number>()
  const take = (next: DraftField[]) => onChange(next.length === 0 ? undefined : next)
  const change = (at: number, part: Partial<DraftField>) =>
    take(fields.map((field, index) => (index === at ? adjust({ ...field, ...part }) : field)))
  const name = (at: number) => fields[at]?.label || m.designer_field_number({ number: at + 1 })
  const add = () => {
    const label = m.designer_field_number({ number: fields.length + 1 })
    setOpened(fields.length)
    take([...fields, { id: pickId(new Set(fields.map((field) => field.id)), [label]), label, kind: 'line', required: true }])
  }
  return (
    <div className={classes.rows} role="group" aria-label={label} aria-describedby={describedBy}>
      {fields.map((field, at) => (
        <div key={at} className={classes.block}>
          <div className={classes.row}>
            <TextInput
              className={classes.grow}
              aria-label={m.designer_field_label({ number: at + 1 })}
              value={field.label}
              maxLength={150}
              disabled={readOnly}
              // A field that nobody can refer to yet takes its id from what it is called.
              onChange={(event) =>
                change(at, {
                  label: event.currentTarget.value,
                  ...(opened === at ? { id: pickId(idsBeside(fields, at), [event.currentTarget.value]) } : {}),
                })
              }
              onBlur={() => opened === at && setOpened(undefined)}
            />
            {!readOnly && (
              <RowButtons
                name={name(at)}
                at={at}
                count={fields.length}
                onMove={(by) => take(moved(fields, at, by))}
                onRemove={() => take(without(fields, at))}
              />
            )}
          </div>
          <div className={classes.row}>
            <Select
              className={classes.grow}
              size="sm"
              aria-label={m.designer_field_kind({ name: name(at) })}
              data={fieldKinds.map((kind) => ({ value: kind, label: kindOfField(kind) }))}
              value={field.kind}
              allowDeselect={false}
              disabled={readOnly}
              onChange={(kind) => change(at, { kind: fieldKinds.find((one) => one === kind) ?? 'line' })}
            />
            <Checkbox
              label={m.designer_field_required()}
              checked={field.required}
              disabled={readOnly || field.kind === 'yesno'}
              onChange={(event) => change(at, { required: event.currentTarget.checked })}
            />
          </div>
          {(field.kind === 'choice' || field.kind === 'choices') && (
            <ChoiceLines name={name(at)} choices={field.choices ?? []} onChange={(choices) => change(at, { choices })} />
          )}
        </div>
      ))}
      {!readOnly && fields.length < 50 && (
        <Button variant="subtle" size="compact-sm" className={classes.add} leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {m.designer_field_add()}
        </Button>
      )}
    </div>
  )
}

const idsBeside = (fields: readonly DraftField[], at: number) => new Set(without(fields, at).map((field) => field.id))

/** Choices belong to fields that offer some, and to no others. */
function adjust(field: DraftField): DraftField {
  const { choices, ...rest } = field
  return field.kind === 'choice' || field.kind === 'choices' ? { ...rest, choices: choices ?? [] } : rest
}

/** Choices as one text, parted by commas or lines as people write lists. */
function ChoiceLines({ name, choices, onChange }: { name: string; choices: readonly string[]; onChange(choices: string[]): void }) {
  const { readOnly } = useForm()
  const [text, setText] = useState(choices.join(', '))
  return (
    <TextInput
      size="sm"
      label={m.designer_field_choices({ name })}
      value={text}
      disabled={readOnly}
      error={choices.length === 0}
      placeholder={m.designer_field_choices_hint()}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const listed = event.currentTarget.value.split(/[,\n]/).map((one) => one.trim().slice(0, 75))
        onChange([...new Set(listed.filter((one) => one !== ''))])
      }}
    />
  )
}
