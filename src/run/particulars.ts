import { z } from 'zod'
import { writeInstant } from '../catalogue/calendar.ts'
import { isShown, settingMeta } from '../catalogue/catalogue.ts'
import type { Action, TriggerType } from '../catalogue/define.ts'
import { listed, readableDuration } from '../catalogue/readable.ts'
import type { Datum } from '../mission/kinds.ts'
import { isChannel, isEmpty, isMessage, isPerson } from '../mission/value.ts'
import type { Words } from '../mission/words.ts'
import type { Answered } from './visits.ts'

/** For whom it is written: names of people and channels by id, where a setting holds only the id; and the reader's time zone. */
export interface Reader {
  names: ReadonlyMap<string, string>
  timeZone: string
}

/** One line of what went into a step or came out of it. */
export interface Particular {
  /** The setting's or datum's own name. */
  name: string
  label: Words
  value: Words
}

/** The same text in every language. */
export const same = (text: string): Words => ({ en: text, fr: text })

/** An instant for readers, in both languages. */
export function instantWords(iso: string, timeZone: string): Words {
  const instant = new Date(iso)
  return { en: writeInstant(instant, timeZone, 'en'), fr: writeInstant(instant, timeZone, 'fr') }
}

/** A message's small Markdown as plain text: people by name, no marks, no backslashes. */
export function plainText(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replace(/<@([\w.:-]+)>/g, (_, id: string) => `@${names.get(id) ?? id}`)
    .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/gs, '$1')
    .replace(/\\([\\*_~`<>[\]()|!@+#.-])/g, '$1')
}

/** Any value as people read it. An empty one is a dash. */
export function writeValue(value: unknown, reader: Reader): Words {
  if (isEmpty(value)) return same('–')
  if (typeof value === 'boolean') return value ? { en: 'Yes', fr: 'Oui' } : { en: 'No', fr: 'Non' }
  if (typeof value === 'string') return same(reader.names.get(value) ?? plainText(value, reader.names))
  if (Array.isArray(value))
    return joined(
      value.map((item) => writeValue(item, reader)),
      ', ',
    )
  if (isPerson(value)) return same(value.name)
  if (isChannel(value)) return same(`#${value.name.replace(/^#/, '')}`)
  if (isMessage(value)) return same(value.link)
  if (typeof value !== 'object' || value === null) return same(String(value))
  // Choices of paths and fields of forms name themselves.
  if ('label' in value && typeof value.label === 'string') return same(value.label)
  return joined(
    Object.entries(value).map(([key, inner]) => labelled(same(key), writeValue(inner, reader))),
    ', ',
  )
}

const joined = (items: readonly Words[], between: string): Words => ({
  en: items.map(({ en }) => en).join(between),
  fr: items.map(({ fr }) => fr).join(between),
})

/** “Label: value”, as each language writes it. */
export function labelled(label: Words, value: Words): Words {
  return { en: `${label.en}: ${value.en}`, fr: `${label.fr}\u00a0: ${value.fr}` }
}

/** What went into a step, setting by setting, without what is empty or was hidden. An unknown action's settings go by their own names. */
export function inputsOf(action: Action | undefined, inputs: Record<string, unknown>, reader: Reader): Particular[] {
  const known = Object.entries(action?.settings.shape ?? {}).flatMap(([name, schema]: [string, unknown]): Particular[] => {
    const value = inputs[name]
    if (!action || isEmpty(value) || !isShown(action.settings, name, inputs)) return []
    const meta = schema instanceof z.ZodType ? settingMeta(schema) : undefined
    return [{ name, label: meta?.label ?? same(name), value: writeSetting(value, meta, reader) }]
  })
  if (action) return known
  return Object.entries(inputs).map(([name, value]) => ({ name, label: same(name), value: writeValue(value, reader) }))
}

function writeSetting(value: unknown, meta: ReturnType<typeof settingMeta>, reader: Reader): Words {
  if (typeof value !== 'string') return writeValue(value, reader)
  const option = meta?.options?.[value]
  if (option) return option
  if (meta?.widget === 'duration') return readableDuration(value)
  if (meta?.widget === 'channel') return same(`#${(reader.names.get(value) ?? value).replace(/^#/, '')}`)
  return writeValue(value, reader)
}

/** What a step or a trigger gave, datum by datum; what nobody declared goes by its own name. */
export function outputsOf(gives: readonly Datum[], outputs: Record<string, unknown>, reader: Reader): Particular[] {
  return Object.entries(outputs)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => {
      const datum = gives.find((candidate) => candidate.name === name)
      const instant = datum?.kind === 'instant' && typeof value === 'string' && z.iso.datetime({ offset: true }).safeParse(value).success
      return {
        name,
        label: datum?.label ?? same(name),
        value: instant ? instantWords(String(value), reader.timeZone) : writeValue(value, reader),
      }
    })
}

/** What a kind of trigger or step gives with these settings. Nothing is sure of settings from an old version: a kind that cannot cope gives nothing. */
export function givesOf(kind: Pick<Action | TriggerType, 'gives'> | undefined, settings: Record<string, unknown>): readonly Datum[] {
  const gives = kind?.gives ?? []
  if (typeof gives !== 'function') return gives
  return attempt(() => gives(settings)) ?? []
}

/** Runs what an action or trigger declares; undefined if it throws, because no defect of one may keep a whole history from being read. */
export function attempt<Result>(ask: () => Result): Result | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

/** The message text among the inputs: the question of a step that asks. */
export function questionOf(action: Action | undefined, inputs: Record<string, unknown>, reader: Reader): string | undefined {
  const name = Object.entries(action?.settings.shape ?? {}).find(
    ([, schema]: [string, unknown]) => schema instanceof z.ZodType && settingMeta(schema)?.widget === 'message',
  )?.[0]
  const text = name === undefined ? undefined : inputs[name]
  return typeof text === 'string' ? plainText(text, reader.names) : undefined
}

interface Labels {
  buttons: ReadonlyMap<string, string>
  fields: ReadonlyMap<string, string>
}

/** The words on the buttons and fields of a question, as it was drawn in a language. */
function labelsOf(action: Action | undefined, inputs: Record<string, unknown>, language: string): Labels {
  const message = attempt(() => action?.asking?.show({ settings: inputs, answers: [], asked: [], language }))
  const buttons = message?.buttons ?? []
  return {
    buttons: new Map(buttons.map(({ id, label }) => [id, label])),
    fields: new Map(buttons.flatMap(({ form }) => (form?.fields ?? []).map((field): [string, string] => [field.id, field.label]))),
  }
}

/** What somebody answered: “Mac”; a form field by field; a text alone where the only button led to one field. */
export function answerWords(action: Action | undefined, inputs: Record<string, unknown>, answer: Answered, reader: Reader): Words {
  return {
    en: writeAnswer(labelsOf(action, inputs, 'en'), answer, reader, 'en'),
    fr: writeAnswer(labelsOf(action, inputs, 'fr'), answer, reader, 'fr'),
  }
}

function writeAnswer(labels: Labels, { picked, values }: Answered, reader: Reader, language: 'en' | 'fr'): string {
  const quote = (text: string) => (language === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`)
  const filled = Object.entries(values).filter(([, value]) => !isEmpty(value))
  const [only] = filled
  const chosen = listed(picked.map((id) => same(quote(labels.buttons.get(id) ?? id))))[language]
  if (!only) return chosen
  const alone = labels.buttons.size === 1
  if (alone && labels.fields.size <= 1) return quote(writeValue(only[1], reader)[language])
  const rows = filled.map(([id, value]) => labelled(same(labels.fields.get(id) ?? id), writeValue(value, reader))[language])
  return alone || chosen === '' ? rows.join(', ') : `${chosen} (${rows.join(', ')})`
}
