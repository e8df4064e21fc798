import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { m } from '#messages'
import { fieldKinds } from '../../../../mission/form.ts'
import { pickId } from '../../../../mission/ids.ts'
import { useDraft } from '../../workshop.ts'
import { useForm, type WidgetProps } from '../field.ts'
import { Grip, TakeOut } from '../rows/Grip.tsx'
import { type GripProps, moved, useReordering, without } from '../rows/reordering.ts'
import rows from '../rows/rows.module.css'
import { TextRows } from '../rows/TextRows.tsx'
import { kindOfField } from './field-kinds.ts'

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

const most = 50

/** The fields of a form. Later steps refer to a field by its id, which is made of its first label and then stays. */
export function FieldsWidget({ label, value, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const tell = useDraft((state) => state.tell)
  const fields = z
    .array(draftSchema)
    .catch([])
    .parse(value ?? [])
  const [opened, setOpened] = useState<number>()
  const take = (next: DraftField[]) => onChange(next.length === 0 ? undefined : next)
  const change = (at: number, part: Partial<DraftField>) =>
    take(fields.map((field, index) => (index === at ? adjust({ ...field, ...part }) : field)))
  const name = (at: number) => fields[at]?.label || m.designer_field_number({ number: at + 1 })
  const order = useReordering((from, to) => {
    take(moved(fields, from, to))
    tell(m.designer_row_moved({ name: name(from), at: to + 1, count: fields.length }))
  })
  const add = () => {
    const fresh = m.designer_field_number({ number: fields.length + 1 })
    setOpened(fields.length)
    take([...fields, { id: pickId(new Set(fields.map((field) => field.id)), [fresh]), label: fresh, kind: 'line', required: true }])
  }
  return (
    <div className={rows.rows} role="group" aria-label={label} aria-describedby={describedBy} ref={order.list}>
      {fields.map((field, at) => (
        <div key={at} className={rows.block} role="group" aria-label={name(at)} {...order.row(at)}>
          <FieldBlock
            field={field}
            number={at + 1}
            name={name(at)}
            twice={fields.slice(0, at).some((other) => other.label.trim() !== '' && other.label.trim() === field.label.trim())}
            grip={fields.length > 1 ? order.grip(at) : undefined}
            onChange={(part) => change(at, part)}
            // A field that nobody can refer to yet takes its id from what it is called.
            onName={(text) => change(at, { label: text, ...(opened === at ? { id: pickId(idsBeside(fields, at), [text]) } : {}) })}
            onNamed={() => opened === at && setOpened(undefined)}
            onRemove={() => take(without(fields, at))}
          />
        </div>
      ))}
      {!readOnly && fields.length < most && (
        <Button variant="subtle" size="compact-sm" className={rows.add} leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {m.designer_field_add()}
        </Button>
      )}
    </div>
  )
}

interface Block {
  field: DraftField
  number: number
  name: string
  /** Another field above is called the same. */
  twice: boolean
  grip: GripProps | undefined
  onChange(part: Partial<DraftField>): void
  onName(label: string): void
  onNamed(): void
  onRemove(): void
}

/** One field: what is asked, how it is answered, whether it must be, a word of help, and the options if there are some. */
function FieldBlock({ field, number, name, twice, grip, onChange, onName, onNamed, onRemove }: Block) {
  const { readOnly } = useForm()
  const [helping, setHelping] = useState(false)
  const offers = field.kind === 'choice' || field.kind === 'choices'
  const told = field.label.trim() === '' ? m.designer_field_unnamed() : twice ? m.designer_field_twice() : undefined
  return (
    <>
      <div className={rows.line}>
        {grip && !readOnly && <Grip name={name} {...grip} />}
        <TextInput
          className={rows.grow}
          aria-label={m.designer_field_label({ number })}
          aria-description={told}
          value={field.label}
          maxLength={150}
          disabled={readOnly}
          error={field.label.trim() === ''}
          onChange={(event) => onName(event.currentTarget.value)}
          onBlur={onNamed}
        />
        {!readOnly && <TakeOut name={name} onRemove={onRemove} />}
      </div>
      {told && (
        <p className={rows.told} aria-hidden>
          {told}
        </p>
      )}
      <div className={rows.line}>
        <Select
          className={rows.grow}
          size="sm"
          aria-label={m.designer_field_kind({ name })}
          data={fieldKinds.map((kind) => ({ value: kind, label: kindOfField(kind) }))}
          value={field.kind}
          allowDeselect={false}
          disabled={readOnly}
          comboboxProps={{ withinPortal: true }}
          onChange={(kind) => onChange({ kind: fieldKinds.find((one) => one === kind) ?? 'line' })}
        />
        {field.kind !== 'yesno' && (
          <Checkbox
            ml={6}
            label={m.designer_field_required()}
            checked={field.required}
            disabled={readOnly}
            onChange={(event) => onChange({ required: event.currentTarget.checked })}
          />
        )}
      </div>
      {offers && (
        <div className={rows.options}>
          <p className={rows.caption}>{m.designer_field_options()}</p>
          <TextRows
            label={m.designer_field_choices({ name })}
            texts={field.choices ?? []}
            most={100}
            size="sm"
            add={m.designer_option_add()}
            labelOf={(at) => m.designer_option_number({ number: at })}
            readOnly={readOnly}
            onChange={(choices) => onChange({ choices: choices.length === 1 && choices[0] === '' ? [] : choices })}
          />
          {(field.choices ?? []).length === 0 && <p className={rows.told}>{m.designer_options_none()}</p>}
        </div>
      )}
      {field.help !== undefined || helping ? (
        <TextInput
          size="sm"
          aria-label={m.designer_field_help({ name })}
          placeholder={m.designer_field_help_hint()}
          value={field.help ?? ''}
          maxLength={300}
          disabled={readOnly}
          autoFocus={helping}
          onChange={(event) => onChange({ help: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
          onBlur={() => setHelping(false)}
        />
      ) : (
        !readOnly && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            className={rows.add}
            aria-label={m.designer_field_help_add({ name })}
            onClick={() => setHelping(true)}
          >
            {m.designer_field_help_begin()}
          </Button>
        )
      )}
    </>
  )
}

const idsBeside = (fields: readonly DraftField[], at: number) => new Set(without(fields, at).map((field) => field.id))

/** Choices belong to fields that offer some, and to no others; a help text that was taken away is not kept. */
function adjust({ choices, help, ...rest }: DraftField): DraftField {
  const field = { ...rest, ...(help === undefined ? {} : { help }) }
  return field.kind === 'choice' || field.kind === 'choices' ? { ...field, choices: choices ?? [] } : field
}
