import { Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { m } from '#messages'
import { useForm, type WidgetProps } from '../field.ts'

/** A value as JSON, for the curious. What is not JSON is told and not kept. */
export function JsonWidget({ id, label, value, invalid, describedBy, onChange }: WidgetProps) {
  const { readOnly } = useForm()
  const written = value === undefined ? '' : JSON.stringify(value, null, 2)
  const [text, setText] = useState(written)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    setText(written)
    setBroken(false)
  }, [written])
  return (
    <Textarea
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      disabled={readOnly}
      spellCheck={false}
      error={broken ? m.designer_not_json() : invalid}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text.trim() === '') return onChange(undefined)
        try {
          onChange(JSON.parse(text))
        } catch {
          setBroken(true)
        }
      }}
    />
  )
}
