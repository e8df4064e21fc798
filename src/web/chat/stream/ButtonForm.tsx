import { Button, Checkbox, Group, Modal, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { m } from '#messages'
import type { Filled, Wrong } from './Buttons.tsx'
import type { FormField, MessageForm } from './message.ts'

/** Up to this many choices are shown at once; more go into a menu. */
const mostRadios = 7

interface Dialog {
  form: MessageForm
  /** Resolves to what is wrong, field by field, or to nothing when it was dealt with. */
  send(values: Filled): Promise<Wrong | undefined>
  close(): void
}

/** The form behind a button. What is wrong is told field by field, and what was typed stays. */
export function ButtonForm({ form, send, close }: Dialog) {
  const [values, setValues] = useState<Filled>(() => Object.fromEntries(form.fields.map((field) => [field.id, emptyValue(field)])))
  const [wrong, setWrong] = useState<Wrong>({})
  const [sending, setSending] = useState(false)
  const place = useRef<HTMLFormElement>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    const faults = await send(values)
    setSending(false)
    if (!faults) return close()
    setWrong(faults)
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <Modal opened onClose={close} title={form.title} centered>
      <form ref={place} onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {form.fields.map((field, index) => (
            <FieldInput
              key={field.id}
              field={field}
              value={values[field.id] ?? emptyValue(field)}
              error={wrong[field.id]}
              first={index === 0}
              change={(value) => {
                setValues((before) => ({ ...before, [field.id]: value }))
                setWrong((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== field.id)))
              }}
            />
          ))}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {m.chat_cancel()}
            </Button>
            <Button type="submit" loading={sending}>
              {form.submit || m.chat_submit()}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function emptyValue(field: FormField): string | string[] | boolean {
  if (field.kind === 'choices') return []
  return field.kind === 'yesno' ? false : ''
}

interface Input {
  field: FormField
  value: string | string[] | boolean
  error: string | undefined
  first: boolean
  change(value: string | string[] | boolean): void
}

function FieldInput({ field, value, error, first, change }: Input) {
  const shared = {
    label: field.label,
    description: field.help,
    error,
    withAsterisk: field.required && field.kind !== 'yesno',
    required: false,
    'aria-required': field.required,
    'data-autofocus': first || undefined,
  }
  const text = typeof value === 'string' ? value : ''
  const choices = field.choices ?? []
  switch (field.kind) {
    case 'text':
      return <Textarea {...shared} autosize minRows={3} maxRows={10} value={text} onChange={(event) => change(event.currentTarget.value)} />
    case 'choice':
      return choices.length <= mostRadios ? (
        <Radio.Group
          label={field.label}
          description={field.help}
          error={error}
          withAsterisk={field.required}
          value={text}
          onChange={change}
        >
          <Stack gap={8} my={8}>
            {choices.map((choice, index) => (
              <Radio
                key={choice}
                value={choice}
                label={choice}
                data-autofocus={(first && index === 0) || undefined}
                aria-invalid={error !== undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <NativeSelect
          {...shared}
          value={text}
          data={[{ value: '', label: m.chat_pick() }, ...choices]}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )
    case 'choices':
      return (
        <Checkbox.Group
          label={field.label}
          description={field.help}
          error={error}
          withAsterisk={field.required}
          value={Array.isArray(value) ? value : []}
          onChange={change}
        >
          <Stack gap={8} my={8}>
            {choices.map((choice, index) => (
              <Checkbox
                key={choice}
                value={choice}
                label={choice}
                data-autofocus={(first && index === 0) || undefined}
                aria-invalid={error !== undefined}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )
    case 'yesno':
      return (
        <Checkbox
          label={field.label}
          description={field.help}
          error={error}
          checked={value === true}
          data-autofocus={first || undefined}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      )
    default:
      return (
        <TextInput
          {...shared}
          type={field.kind === 'email' ? 'email' : field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )
  }
}
