import { Autocomplete } from '@mantine/core'
import { useEffect, useState } from 'react'
import { m } from '#messages'
import { useWorkshop } from '../../workshop.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { durationInWords, readDurationWords, suggestDurations } from './duration-words.ts'
import { OrData } from './OrData.tsx'

/** A duration in words: "3 days". */
export function DurationWidget(props: WidgetProps) {
  const { language, readOnly } = useForm()
  return (
    <OrData {...props} kinds={texts}>
      <Words
        id={props.id}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        written={asText(props.value)}
        disabled={readOnly}
        error={props.invalid}
        placeholder={props.fallback === undefined ? m.designer_duration_hint() : durationInWords(asText(props.fallback), language)}
        onWrite={props.onChange}
      />
    </OrData>
  )
}

/** A duration in words outside a kind's settings. What cannot be read changes nothing. */
export function DurationInput({
  label,
  value,
  readOnly,
  onChange,
}: {
  label: string
  value: string
  readOnly: boolean
  onChange(value: string): void
}) {
  return (
    <Words
      label={label}
      written={value}
      disabled={readOnly}
      onWrite={(written) => written !== undefined && readDurationWords(written) === written && onChange(written)}
    />
  )
}

const texts = ['text'] as const

interface WordsProps {
  id?: string
  label?: string
  'aria-label'?: string
  'aria-describedby'?: string | undefined
  /** As kept in the mission. */
  written: string
  disabled: boolean
  error?: boolean
  placeholder?: string
  onWrite(written: string | undefined): void
}

function Words({ written, onWrite, ...field }: WordsProps) {
  const { language } = useWorkshop()
  const [text, setText] = useState(durationInWords(written, language))
  useEffect(() => setText((now) => (readDurationWords(now) === written ? now : durationInWords(written, language))), [written, language])
  const take = (next: string) => {
    const read = readDurationWords(next)
    // What cannot be read is kept as it was written, and the check says so.
    onWrite(next.trim() === '' ? undefined : (read ?? next.trim()))
    if (read !== undefined) setText(durationInWords(read, language))
  }
  return (
    <Autocomplete
      {...field}
      value={text}
      data={suggestDurations(text, language)}
      filter={({ options }) => options}
      comboboxProps={{ withinPortal: true }}
      onChange={(next) => {
        setText(next)
        const read = readDurationWords(next)
        if (read !== undefined) onWrite(read)
      }}
      onOptionSubmit={take}
      onBlur={() => {
        if (text !== durationInWords(written, language)) take(text)
      }}
    />
  )
}
