import { z } from 'zod'
import { comparisons } from '../mission/condition.ts'
import { isDuration, milliseconds } from '../mission/duration.ts'
import { fieldSchema } from '../mission/form.ts'
import type { Words } from '../mission/words.ts'

/**
 * The kinds of setting. Each builds a zod schema that says what is allowed, both as written in the mission (where a
 * value may be a reference such as `{{ trigger.person }}`) and as rendered for a run, and carries in `.meta` the label and
 * the widget with which the settings form draws it.
 */
export interface SettingMeta {
  label: Words
  help?: Words
  widget: Widget
  /** Shown only when another setting has one of these values, or any value at all. */
  when?: { setting: string; is: readonly (string | boolean)[] | 'filled' }
  /** Settings with the same fold are neighbours and stay folded away under this title until one of them is wanted. */
  fold?: Words
  /** Must be filled in while it is shown, although the schema has to admit it empty (because `when` may hide it). */
  needed?: boolean
  /** Labels of a fixed list of options (`widget: 'option'`), by value. */
  options?: Record<string, Words>
  placeholder?: Words
  /** What a new step has there from the start, where nearly everybody wants the same. */
  begin?: string
}

/** How the settings form draws a setting. */
export type Widget =
  | 'line'
  | 'message'
  | 'text'
  | 'person'
  | 'people'
  | 'channel'
  | 'duration'
  | 'instant'
  | 'schedule'
  | 'timezone'
  | 'number'
  | 'yesno'
  | 'option'
  | 'choices'
  | 'fields'
  | 'table'
  | 'row'
  | 'paths'
  | 'headers'
  | 'json'
  | 'mission'
  | 'list'
  | 'data'

/** What every kind of setting takes. */
type Of = Omit<SettingMeta, 'widget' | 'options'>

const meta = (of: Of, widget: Widget, more: Partial<SettingMeta> = {}) => ({ ...of, ...more, widget })

/** True for a written value that holds a reference. */
export function holdsReference(value: unknown): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value)
}

/** A single line that may hold references. */
export const line = (of: Of) => z.string().min(1).max(2_000).meta(meta(of, 'line'))
/** Formatted text of a message: small Markdown with references. */
export const message = (of: Of) => z.string().min(1).max(12_000).meta(meta(of, 'message'))
/** Several lines of plain text that may hold references. */
export const text = (of: Of) => z.string().max(100_000).meta(meta(of, 'text'))

const personSchema = z.union([z.string().min(1), z.looseObject({ id: z.string() })])

/** One person: id, e-mail address, or a reference. */
export const person = (of: Of) => personSchema.meta(meta(of, 'person'))
/** Several people: a list of persons, or one reference to a list. */
export const people = (of: Of) =>
  z.union([z.array(personSchema).min(1), z.string().min(1), z.looseObject({ id: z.string() })]).meta(meta(of, 'people'))
/** A channel: id, name, or a reference. */
export const channel = (of: Of) => personSchema.meta(meta(of, 'channel'))

/** A rendered `people` setting. */
export type PeopleValue = z.output<ReturnType<typeof people>>

/** The people of a rendered `people` setting as a list. */
export function listPeople(value: PeopleValue): (string | { id: string })[] {
  return Array.isArray(value) ? value : [value]
}

/** A duration such as `3d` or `1d 12h`, or a reference. */
export const duration = (of: Of) =>
  z
    .string()
    .refine((value) => holdsReference(value) || (isDuration(value) && milliseconds(value) >= 1_000), 'not a duration such as 30m, 4h or 3d')
    .meta(meta(of, 'duration'))

/** A date or an instant in ISO form, or a reference. */
export const instant = (of: Of) => z.string().min(1).meta(meta(of, 'instant'))
/** A cron expression of five fields. */
export const schedule = (of: Of) => z.string().min(9).max(100).meta(meta(of, 'schedule'))
/** An IANA time zone. */
export const timezone = (of: Of) => z.string().min(1).meta(meta(of, 'timezone'))
/** A number, or a reference to one. */
export const number = (of: Of) => z.union([z.number(), z.string().min(1)]).meta(meta(of, 'number'))
/** Yes or no. */
export const yesno = (of: Of) => z.boolean().meta(meta(of, 'yesno'))

/** One of a fixed list of options, each with its label. */
export const option = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  of: Of & { options: Record<Values[number], Words> },
) => z.enum(values).meta(meta(of, 'option', { options: of.options }))

/** A list of short texts: the choices of a question. */
export const choices = (of: Of) => z.array(z.string().min(1).max(75)).min(1).max(25).meta(meta(of, 'choices'))
/** The fields of a form. */
export const fields = (of: Of) => z.array(fieldSchema).min(1).max(50).meta(meta(of, 'fields'))
/** Name of a table. */
export const table = (of: Of) => z.string().min(1).max(63).meta(meta(of, 'table'))
/** Column → value, each value a text that may hold references, a number or yes/no. */
export const row = (of: Of) => z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean(), z.null()])).meta(meta(of, 'row'))
/** Header → value. */
export const headers = (of: Of) => z.record(z.string().min(1), z.string()).meta(meta(of, 'headers'))
/** A list: usually one reference to one; as text, its items separated by commas or lines. */
export const list = (of: Of) => z.union([z.array(z.unknown()), z.string().min(1), z.looseObject({})]).meta(meta(of, 'list'))

/** The items of a rendered `list` setting. One thing alone is a list of one. */
export function listItems(value: z.output<ReturnType<typeof list>>): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return [value]
  return value
    .split(/[\n,;]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Another mission, by id. */
export const mission = (of: Of) => z.string().min(1).meta(meta(of, 'mission'))
/** Name → value of any kind, for the curious. */
export const data = (of: Of) => z.record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.json()).meta(meta(of, 'data'))

/** One condition: `left` holds a reference; several texts in `right` mean "one of them". Both may be any value once rendered. */
export const conditionSchema = z.strictObject({
  left: z.unknown(),
  is: z.enum(comparisons),
  right: z.array(z.unknown()).default([]),
})

/** The ordered paths of a choice: the first whose conditions hold is taken: all of them, or with `any` at least one. Its `id` is the exit's name. */
export const paths = (of: Of) =>
  z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
        label: z.string().min(1).max(60),
        when: z.array(conditionSchema).min(1).max(10),
        any: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(10)
    .meta(meta(of, 'paths'))
