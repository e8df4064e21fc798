import { z } from 'zod'
import { fieldSchema, readForm, type FieldValue } from '../mission/form.ts'
import type { Datum, SettingFault } from '../mission/kinds.ts'
import { holdsReference } from './setting.ts'

/** A field as far as it has been written: while somebody edits, anything may be missing. */
const draftSchema = z.array(
  z.object({
    id: z.string().catch(''),
    label: z.string().catch(''),
    kind: z.string().catch('line'),
    required: z.boolean().catch(true),
    choices: z.array(z.string()).catch([]),
  }),
)

const readDraft = (fields: unknown) => (draftSchema.safeParse(fields).data ?? []).filter((field) => field.id !== '')

const kinds: Record<string, Datum['kind']> = { number: 'number', yesno: 'yesno', date: 'instant', choices: 'list' }
const samples: Record<string, FieldValue> = { number: 3, yesno: true, date: '2026-12-01', email: 'ana@example.com' }

/** What the fields of a form give to later steps, each under its own name. */
export function fieldData(fields: unknown): Datum[] {
  return readDraft(fields).map(({ id, label, kind, required, choices }) => ({
    name: id,
    label: { en: label || id, fr: label || id },
    kind: kinds[kind] ?? 'text',
    sample: kind === 'choices' ? choices.slice(0, 2) : ((kind === 'choice' ? choices[0] : samples[kind]) ?? label),
    ...(required || kind === 'yesno' ? {} : { maybeEmpty: true }),
  }))
}

/** What is wrong with the names of fields: one used twice, or `taken` by something else; and choices that are missing. */
export function fieldFaults(setting: string, fields: unknown, taken: readonly string[] = []): SettingFault[] {
  const faults: SettingFault[] = []
  const ids = readDraft(fields).map((field) => field.id)
  for (const id of new Set(ids)) {
    if (taken.includes(id))
      faults.push({
        setting,
        why: {
          en: `A field cannot be called “${id}”: something else is given under this name.`,
          fr: `Un champ ne peut pas s’appeler « ${id} » : ce nom désigne déjà autre chose.`,
        },
        remedy: { en: 'Give the field another name.', fr: 'Donnez un autre nom à ce champ.' },
      })
    if (ids.indexOf(id) !== ids.lastIndexOf(id))
      faults.push({
        setting,
        why: { en: `Two fields are called “${id}”.`, fr: `Deux champs s’appellent « ${id} ».` },
        remedy: { en: 'Rename one of them.', fr: 'Renommez l’un des deux.' },
      })
  }
  for (const field of readDraft(fields))
    if ((field.kind === 'choice' || field.kind === 'choices') && field.choices.length === 0)
      faults.push({
        setting,
        why: {
          en: `The field “${field.label || field.id}” has no choices.`,
          fr: `Le champ « ${field.label || field.id} » ne propose aucun choix.`,
        },
        remedy: { en: 'Add the choices that people can pick.', fr: 'Ajoutez les choix possibles.' },
      })
  return faults
}

/**
 * Reads the values that count as a form's answers when nobody fills it in, by the fields' names or labels. No values when none are
 * written; references are taken as they stand and read once they are filled in.
 */
export function readDefaults(
  fields: unknown,
  defaults: Record<string, unknown> | undefined,
): { values: Record<string, FieldValue> | undefined } | { faults: SettingFault[] } {
  const written = Object.entries(defaults ?? {})
  const known = z.array(fieldSchema).safeParse(fields)
  if (written.length === 0 || !known.success) return { values: undefined }
  const faults: SettingFault[] = []
  const given: Record<string, unknown> = {}
  for (const [name, value] of written) {
    const field = known.data.find(({ id, label }) => id === name || label.toLowerCase() === name.trim().toLowerCase())
    if (field) given[field.id] = field.kind === 'choices' && typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value
    else
      faults.push({
        setting: 'defaults',
        why: { en: `The form has no field “${name}”.`, fr: `Le formulaire n’a pas de champ « ${name} ».` },
        remedy: { en: 'Write the name of one of its fields.', fr: 'Écrivez le nom de l’un de ses champs.' },
      })
  }
  const read = readForm(
    known.data.filter(({ id }) => !holdsReference(given[id])),
    given,
  )
  if ('wrong' in read)
    for (const [id, why] of Object.entries(read.wrong)) {
      const label = known.data.find((field) => field.id === id)?.label ?? id
      faults.push({
        setting: 'defaults',
        why: { en: `The default for “${label}” does not fit.`, fr: `La valeur par défaut de « ${label} » ne convient pas.` },
        remedy: why,
      })
    }
  return faults.length > 0 ? { faults } : { values: 'values' in read ? read.values : undefined }
}
