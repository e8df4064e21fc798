import { TextField } from '../text/TextField.tsx'
import { asText, useForm, type WidgetProps } from '../field.ts'

function Text({
  mode,
  id,
  label,
  placeholder,
  value,
  invalid,
  describedBy,
  onChange,
}: WidgetProps & { mode: 'line' | 'text' | 'message' }) {
  const { readOnly, pieces, look } = useForm()
  return (
    <TextField
      id={id}
      label={label}
      mode={mode}
      value={asText(value)}
      placeholder={placeholder}
      readOnly={readOnly}
      invalid={invalid}
      describedBy={describedBy}
      pieces={pieces}
      look={look}
      onChange={(text) => onChange(text === '' ? undefined : text)}
    />
  )
}

/** One line with data. */
export const LineWidget = (props: WidgetProps) => <Text {...props} mode="line" />
/** Several lines with data. */
export const ParagraphsWidget = (props: WidgetProps) => <Text {...props} mode="text" />
/** A message: bold, italic, data. */
export const MessageWidget = (props: WidgetProps) => <Text {...props} mode="message" />
