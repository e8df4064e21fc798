import { z } from 'zod'
import { idSchema } from './mission.ts'
import type { Words } from './words.ts'

/** The kinds of field a form can have, in every chat and on the hosted page. */
export const fieldKinds = ['line', 'text', 'number', 'email', 'date', 'choice', 'choices', 'yesno'] as const

/** One field of a form: what a person is asked for and under which name the answer is kept. */
export const fieldSchema = z.strictObject({
  id: idSchema,
  label: z.string().min(1).max(150),
  kind: z.enum(fieldKinds).default('line'),
  required: z.boolean().default(true),
  /** For `choice` and `choices`. */
  choices: z.array(z.string().min(1).max(75)).max(100).optional(),
  help: z.string().max(300).optional(),
})

export type Field = z.infer<typeof fieldSchema>

/** What a filled field holds: text, number, yes/no, or several choices; null for an optional field left empty. */
export type FieldValue = string | number | boolean | string[] | null

/** A filled form, read field by field: the values by field id, or what is wrong, by field id. */
export type FormReading = { values: Record<string, FieldValue> } | { wrong: Record<string, Words> }

const wrong = {
  missing: { en: 'Please fill this in.', fr: 'Veuillez remplir ce champ.' },
  number: { en: 'Please enter a number.', fr: 'Veuillez saisir un nombre.' },
  email: { en: 'Please enter an e-mail address such as ana@example.com.', fr: 'Veuillez saisir une adresse e-mail comme ana@example.com.' },
  date: { en: 'Please enter a date.', fr: 'Veuillez saisir une date.' },
  choice: { en: 'Please pick one of the choices.', fr: 'Veuillez choisir parmi les propositions.' },
  long: { en: 'This is too long (10,000 characters at most).', fr: 'C’est trop long (10 000 caractères au maximum).' },
} satisfies Record<string, Words>

const longest = 10_000

/** Reads what somebody sent for a form. Every wrong field is told at once; values are trimmed and typed by kind. */
export function readForm(fields: readonly Field[], sent: Record<string, unknown>): FormReading {
  const values: Record<string, FieldValue> = {}
  const faults: Record<string, Words> = {}
  for (const field of fields) {
    const read = readField(field, sent[field.id])
    if ('fault' in read) faults[field.id] = read.fault
    else values[field.id] = read.value
  }
  return Object.keys(faults).length > 0 ? { wrong: faults } : { values }
}

type FieldReading = { value: FieldValue } | { fault: Words }

function readField(field: Field, sent: unknown): FieldReading {
  if (field.kind === 'yesno') return { value: sent === true || sent === 'true' || sent === 'on' || sent === 'yes' }
  if (field.kind === 'choices') return readChoices(field, sent)
  // No database keeps a NUL in a text, and nobody types one.
  const text = typeof sent === 'string' ? sent.replaceAll('\0', '').trim() : typeof sent === 'number' ? String(sent) : ''
  if (text === '') return field.required ? { fault: wrong.missing } : { value: null }
  if (text.length > longest) return { fault: wrong.long }
  if (field.kind === 'number') {
    const value = Number(text.replace(',', '.'))
    return Number.isFinite(value) ? { value } : { fault: wrong.number }
  }
  if (field.kind === 'email') return z.email().safeParse(text).success ? { value: text } : { fault: wrong.email }
  if (field.kind === 'date') return z.iso.date().safeParse(text).success ? { value: text } : { fault: wrong.date }
  if (field.kind === 'choice') return (field.choices ?? []).includes(text) ? { value: text } : { fault: wrong.choice }
  return { value: text }
}

function readChoices(field: Field, sent: unknown): FieldReading {
  const list = (Array.isArray(sent) ? sent : sent === undefined || sent === null || sent === '' ? [] : [sent]).map(String)
  if (list.length === 0) return field.required ? { fault: wrong.missing } : { value: [] }
  if (list.some((choice) => !(field.choices ?? []).includes(choice))) return { fault: wrong.choice }
  return { value: [...new Set(list)] }
}
