import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { m } from '#messages'
import { asRecord, asText, useForm, type WidgetProps } from '../field.ts'
import { TextField } from '../text/TextField.tsx'
import { TakeOut } from '../rows/Grip.tsx'
import { without } from '../rows/reordering.ts'
import rows from '../rows/rows.module.css'
import classes from './widgets.module.css'

interface Pair {
  name: string
  value: unknown
}

interface PairsProps extends WidgetProps {
  /** What the left and the right side are called. */
  nameLabel(number: number): string
  valueLabel(name: string): string
  add: string
  /** What a name is made of while it is typed. */
  clean(name: string): string
  /** What the text on the right means. */
  read(text: string): unknown
  write(value: unknown): string
}

/** Names and their values, one below the other. */
function Pairs({ id, label, value, invalid, describedBy, onChange, nameLabel, valueLabel, add, clean, read, write }: PairsProps) {
  const { readOnly, pieces, look } = useForm()
  const [pairs, setPairs] = useState<Pair[]>(() => pairsOf(value))
  // What is being written (a name still missing, two names alike) cannot be kept as a record, so it lives here until it can.
  useEffect(() => setPairs((now) => (JSON.stringify(recordOf(now)) === JSON.stringify(asRecord(value)) ? now : pairsOf(value))), [value])
  const take = (next: Pair[]) => {
    setPairs(next)
    const record = recordOf(next)
    onChange(Object.keys(record).length === 0 ? undefined : record)
  }
  const shown = pairs.length === 0 ? [{ name: '', value: '' }] : pairs
  const change = (at: number, part: Partial<Pair>) => take(shown.map((pair, index) => (index === at ? { ...pair, ...part } : pair)))
  return (
    <div className={classes.rows} role="group" aria-label={label} aria-describedby={describedBy}>
      {shown.map((pair, at) => (
        <div key={at} className={rows.block}>
          <div className={classes.row}>
            <TextInput
              {...(at === 0 ? { id } : {})}
              className={classes.grow}
              size="sm"
              aria-label={nameLabel(at + 1)}
              placeholder={nameLabel(at + 1)}
              value={pair.name}
              disabled={readOnly}
              error={
                (invalid && pair.name === '') || shown.some((other, index) => index < at && other.name === pair.name && pair.name !== '')
              }
              spellCheck={false}
              onChange={(event) => change(at, { name: clean(event.currentTarget.value) })}
            />
            {!readOnly && (shown.length > 1 || pair.name !== '') && (
              <TakeOut name={pair.name || nameLabel(at + 1)} onRemove={() => take(without(shown, at))} />
            )}
          </div>
          <TextField
            id={`${id}-${at}`}
            label={valueLabel(pair.name || String(at + 1))}
            mode="line"
            value={write(pair.value)}
            placeholder={m.designer_value()}
            readOnly={readOnly}
            invalid={false}
            describedBy={undefined}
            pieces={pieces}
            look={look}
            onChange={(text) => change(at, { value: read(text) })}
          />
        </div>
      ))}
      {!readOnly && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={rows.add}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setPairs([...shown, { name: '', value: '' }])}
        >
          {add}
        </Button>
      )}
    </div>
  )
}

const pairsOf = (value: unknown): Pair[] => Object.entries(asRecord(value)).map(([name, one]) => ({ name, value: one }))
const recordOf = (pairs: readonly Pair[]): Record<string, unknown> =>
  Object.fromEntries(pairs.filter((pair) => pair.name.trim() !== '').map((pair) => [pair.name, pair.value]))

const same = (text: string) => text

/** The columns of a table row and what goes into them. */
export const RowWidget = (props: WidgetProps) => (
  <Pairs
    {...props}
    nameLabel={(number) => m.designer_column_number({ number })}
    valueLabel={(name) => m.designer_value_of({ name })}
    add={m.designer_column_add()}
    clean={(name) => name.trimStart()}
    read={same}
    write={asText}
  />
)

/** Headers of a web call. */
export const HeadersWidget = (props: WidgetProps) => (
  <Pairs
    {...props}
    nameLabel={(number) => m.designer_header_number({ number })}
    valueLabel={(name) => m.designer_value_of({ name })}
    add={m.designer_header_add()}
    clean={(name) => name.trim()}
    read={same}
    write={asText}
  />
)

/** Names given to values of any kind: numbers, yes and no, and JSON are read as such, everything else is text. */
export const DataWidget = (props: WidgetProps) => (
  <Pairs
    {...props}
    nameLabel={(number) => m.designer_name_number({ number })}
    valueLabel={(name) => m.designer_value_of({ name })}
    add={m.designer_name_add()}
    clean={(name) =>
      name
        .toLowerCase()
        .replace(/[^a-z0-9_]+/g, '_')
        .replace(/^[^a-z]+/, '')
        .slice(0, 40)
    }
    read={readJson}
    write={(value) => (typeof value === 'string' ? value : JSON.stringify(value))}
  />
)

function readJson(text: string): unknown {
  const trimmed = text.trim()
  if (!/^(-?\d+(\.\d+)?|true|false|null|\[[\s\S]*\]|\{(?!\{)[\s\S]*\})$/.test(trimmed)) return text
  try {
    return JSON.parse(trimmed)
  } catch {
    return text
  }
}
