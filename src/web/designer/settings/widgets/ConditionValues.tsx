import { NativeSelect } from '@mantine/core'
import { useId, useState } from 'react'
import { m } from '#messages'
import { useDraft } from '../../workshop.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { readPill } from '../text/pill-parts.ts'
import type { ValueKind } from './comparison-words.ts'
import { ChannelWidget, dataPicks, PeopleWidget, useDescribe } from './PeopleWidgets.tsx'
import { Picker } from './Picker.tsx'
import { NumberWidget } from './PlainWidgets.tsx'
import { InstantWidget } from './TimeWidgets.tsx'

/** What data is compared with: words, numbers, yes or no, people, a date, or other data. Several mean “one of them”. */
export function ConditionValues({
  as,
  left,
  values,
  invalid,
  onChange,
}: {
  as: Exclude<ValueKind, 'none'>
  /** What is looked at, as a pill: its own answers are offered. */
  left: string
  values: readonly unknown[]
  invalid: boolean
  onChange(values: unknown[]): void
}) {
  const { readOnly } = useForm()
  const label = m.designer_condition_values()
  const id = useId()
  const field: WidgetProps = {
    id,
    label,
    placeholder: '',
    value: values[0],
    fallback: undefined,
    options: {},
    optional: false,
    invalid,
    describedBy: undefined,
    onChange: (value) => onChange(value === undefined ? [] : Array.isArray(value) ? value : [value]),
  }
  switch (as) {
    case 'number':
      return <NumberWidget {...field} placeholder={m.designer_condition_number()} />
    case 'instant':
      return <InstantWidget {...field} />
    case 'people':
      return <PeopleWidget {...field} value={values} placeholder={m.designer_condition_who()} />
    case 'channel':
      return <ChannelWidget {...field} />
    case 'yesno':
      return (
        <NativeSelect
          aria-label={label}
          value={yesno(values[0])}
          disabled={readOnly}
          error={invalid}
          data={[
            { value: '', label: m.designer_condition_pick() },
            { value: 'yes', label: m.designer_yes() },
            { value: 'no', label: m.designer_no() },
          ]}
          onChange={({ currentTarget: { value } }) => onChange(value === '' ? [] : [value === 'yes'])}
        />
      )
    case 'words':
      return <Words left={left} values={values} invalid={invalid} onChange={onChange} />
  }
}

/** As the language reads it: yes and no may also stand there as words. */
function yesno(value: unknown): string {
  const text = asText(value).toLowerCase()
  if (['true', 'yes', 'oui', 'vrai'].includes(text)) return 'yes'
  return ['false', 'no', 'non', 'faux'].includes(text) ? 'no' : ''
}

function Words({
  left,
  values,
  invalid,
  onChange,
}: {
  left: string
  values: readonly unknown[]
  invalid: boolean
  onChange(values: unknown[]): void
}) {
  const { pieces } = useForm()
  const id = useId()
  const describe = useDescribe()
  const [, setSearch] = useState('')
  const answers = useAnswers(left).map((answer) => ({ value: answer, title: answer, about: '', group: m.designer_condition_answers() }))
  const data = dataPicks(pieces, ['text', 'number', 'instant', 'yesno', 'any', 'list', 'person', 'channel'])
  return (
    <Picker
      id={id}
      label={m.designer_condition_values()}
      placeholder={m.designer_condition_hint()}
      single={false}
      free
      invalid={invalid}
      describedBy={undefined}
      values={values.map(asText).filter((one) => one !== '')}
      fixed={[...answers, ...data]}
      describe={describe}
      create={(text) => ({ value: text, title: text, about: '', group: m.designer_condition_own() })}
      onSearch={setSearch}
      onOpen={() => undefined}
      onPick={onChange}
    />
  )
}

/** What earlier data can be, as far as it is known: the buttons of a question, the choices of a poll or of a form's field. */
function useAnswers(left: string): string[] {
  const [id, ...parts] = (readPill(left)?.reference ?? '').split('.')
  const mission = useDraft((state) => state.mission)
  const [part] = parts
  if (part === undefined) return []
  const named = [...mission.steps.filter((step) => step.id === id), ...(id === 'trigger' ? mission.triggers : [])]
  const found = named.flatMap(({ settings }) => {
    const asksForm = settings['answer'] === 'form' || settings['choices'] === undefined
    const own = asksForm && Array.isArray(settings['fields']) ? settings['fields'].flatMap(choicesOfField(parts.at(-1))) : []
    return ['answer', 'winner', 'winners'].includes(part) && Array.isArray(settings['choices']) && !asksForm ? settings['choices'] : own
  })
  return [...new Set(found.map(asText))].filter((one) => one !== '')
}

const choicesOfField =
  (id: string | undefined) =>
  (field: unknown): unknown[] => {
    if (typeof field !== 'object' || field === null || !('id' in field) || field.id !== id || !('choices' in field)) return []
    return Array.isArray(field.choices) ? field.choices : []
  }
