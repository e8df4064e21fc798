import { Input } from '@mantine/core'
import { createElement, memo, useId, useRef } from 'react'
import type { z } from 'zod'
import { m } from '#messages'
import { settingMeta } from '../../../catalogue/catalogue.ts'
import type { SettingMeta } from '../../../catalogue/setting.ts'
import { say } from '../../../mission/words.ts'
import { useForm } from './field.ts'
import classes from './settings.module.css'
import { saysItself } from './rows/row-faults.ts'
import { widgets } from './widgets.ts'

interface SettingProps {
  name: string
  schema: z.ZodType
  value: unknown
  /** What is wrong with it, in words. */
  fault: string | undefined
  onChange(name: string, value: unknown): void
}

/** One setting: its name, its widget, help, and what is wrong with it. */
export const Setting = memo(function Setting({ name, schema, value, fault, onChange }: SettingProps) {
  const { language } = useForm()
  const id = useId()
  const meta = settingMeta(schema)
  if (!meta) return null
  const label = say(meta.label, language)
  const help = meta.help && say(meta.help, language)
  // Rows that say themselves what is wrong with them need no second word below.
  const told = fault !== undefined && !saysItself(meta.widget, value) ? fault : undefined
  const describedBy = [help ? `${id}-help` : '', told ? `${id}-fault` : ''].filter(Boolean).join(' ') || undefined
  const faultless = meta.widget === 'yesno' || meta.widget === 'option'
  return (
    <div className={classes.setting} data-setting={name} data-faultless={faultless || undefined}>
      <Input.Label component={grouped.has(meta.widget) ? 'div' : 'label'} htmlFor={id}>
        {label}
        {isOptional(schema) && !meta.needed && meta.widget !== 'yesno' && meta.widget !== 'option' && <OptionalMark />}
      </Input.Label>
      {help && (
        <p id={`${id}-help`} className={classes.help}>
          {help}
        </p>
      )}
      {createElement(widgets[meta.widget], {
        id,
        label,
        placeholder: meta.placeholder ? say(meta.placeholder, language) : '',
        value,
        fallback: defaultOf(schema),
        options: meta.options ?? noOptions,
        optional: isOptional(schema),
        invalid: fault !== undefined,
        describedBy,
        onChange: (next) => onChange(name, next),
      })}
      {(told !== undefined || !faultless) && <Fault id={`${id}-fault`} words={told} />}
    </div>
  )
})

/**
 * What is wrong with a setting, in a line that is there for it from the start: while somebody writes, a fault comes and goes, and nothing below
 * may move by that. Words of several lines keep their room once they have been there.
 */
function Fault({ id, words }: { id: string; words: string | undefined }) {
  const last = useRef(words)
  if (words !== undefined) last.current = words
  return (
    <p
      {...(words === undefined ? { 'aria-hidden': true } : { id })}
      className={classes.faultLine}
      data-quiet={words === undefined || undefined}
    >
      {words ?? last.current}
    </p>
  )
}

function OptionalMark() {
  return <span className={classes.optional}>{m.designer_optional()}</span>
}

/** Widgets of several fields, which a label cannot point at. */
const grouped: ReadonlySet<SettingMeta['widget']> = new Set(['fields', 'paths', 'schedule', 'option'] as const)
const noOptions: Readonly<Record<string, never>> = {}

/** True for a setting that may stay empty for good. */
function isOptional(schema: z.ZodType): boolean {
  const read = schema.safeParse(undefined)
  return read.success && read.data === undefined
}

/** What counts while a setting is not set. */
function defaultOf(schema: z.ZodType): unknown {
  const read = schema.safeParse(undefined)
  return read.success ? read.data : undefined
}
