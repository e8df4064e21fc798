import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { m } from '#messages'
import { useDraft } from '../../workshop.ts'
import { Grip, TakeOut } from './Grip.tsx'
import { moved, useReordering, without } from './reordering.ts'
import { faultsOfTexts } from './row-faults.ts'
import classes from './rows.module.css'

/** Short texts one below the other, in an order that people choose. Enter begins the next one; an empty one is taken out with Backspace. */
export function TextRows({
  id,
  label,
  describedBy,
  texts,
  most,
  size = 'md',
  add,
  labelOf,
  readOnly,
  onChange,
}: {
  id?: string
  label: string
  describedBy?: string | undefined
  texts: readonly string[]
  most: number
  size?: 'sm' | 'md'
  /** What the button that adds one says. */
  add: string
  labelOf(number: number): string
  readOnly: boolean
  onChange(texts: string[]): void
}) {
  const tell = useDraft((state) => state.tell)
  const [writing, setWriting] = useState<number>()
  const shown = texts.length === 0 ? [''] : texts
  const faults = faultsOfTexts(shown)
  const nameOf = (at: number) => shown[at] || labelOf(at + 1)
  const order = useReordering((from, to) => {
    onChange(moved(shown, from, to))
    tell(m.designer_row_moved({ name: nameOf(from), at: to + 1, count: shown.length }))
  })
  /** Changes the rows and moves the cursor before the next key: whoever types fast would write into the old row. */
  const changeAndFocus = (next: string[], at: number) => {
    flushSync(() => onChange(next))
    order.list.current?.querySelectorAll<HTMLInputElement>('[data-row-field]')[at]?.focus()
  }
  const begin = (at: number) => changeAndFocus([...shown.slice(0, at), '', ...shown.slice(at)], at)
  return (
    <div className={classes.rows} role="group" aria-label={label} aria-describedby={describedBy} ref={order.list}>
      {shown.map((text, at) => {
        // A row that is being written is not blamed for being empty.
        const fault = shown.length > 1 && !(faults[at] === 'empty' && writing === at) ? faults[at] : undefined
        const told = fault === 'twice' ? m.designer_row_twice() : fault && m.designer_row_empty()
        return (
          <div key={at} className={classes.row} {...order.row(at)}>
            <div className={classes.line}>
              {!readOnly && shown.length > 1 && <Grip name={nameOf(at)} {...order.grip(at)} />}
              <TextInput
                {...(at === 0 && id !== undefined ? { id } : {})}
                data-row-field
                className={classes.grow}
                size={size}
                aria-label={labelOf(at + 1)}
                aria-description={told}
                value={text}
                maxLength={75}
                disabled={readOnly}
                error={fault !== undefined}
                onFocus={() => setWriting(at)}
                onBlur={() => setWriting(undefined)}
                onChange={(event) => onChange(shown.map((one, index) => (index === at ? event.currentTarget.value : one)))}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && text !== '' && shown.length < most) {
                    event.preventDefault()
                    begin(at + 1)
                  }
                  if (event.key === 'Backspace' && text === '' && shown.length > 1) {
                    event.preventDefault()
                    changeAndFocus(without(shown, at), Math.max(0, at - 1))
                  }
                }}
              />
              {!readOnly && shown.length > 1 && <TakeOut name={nameOf(at)} onRemove={() => onChange(without(shown, at))} />}
            </div>
            {told && (
              <p className={classes.told} aria-hidden>
                {told}
              </p>
            )}
          </div>
        )
      })}
      {!readOnly && shown.length < most && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.add}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => begin(shown.length)}
        >
          {add}
        </Button>
      )}
    </div>
  )
}
