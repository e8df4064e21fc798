import type { z } from 'zod'
import type { Words } from './words.ts'

/** One thing that is wrong in a document that is not a mission: where (`steps.2.id`) and what. */
export interface DocumentFault {
  where: string
  what: Words
}

/** What zod finds wrong in a document, fault by fault. */
export function describeFaults(error: z.ZodError, document: unknown): DocumentFault[] {
  return error.issues.map((issue) => ({ where: issue.path.join('.'), what: describe(issue, issue.path.reduce(within, document)) }))
}

function within(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined
}

function describe(issue: z.core.$ZodIssue, value: unknown): Words {
  if (value === undefined) return { en: 'this is missing', fr: 'ceci manque' }
  switch (issue.code) {
    case 'invalid_type':
      return { en: `this should be ${typeWords(issue.expected).en}`, fr: `ceci devrait être ${typeWords(issue.expected).fr}` }
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ')
      return { en: `nothing here is called ${keys}`, fr: `rien ne s’appelle ${keys} ici` }
    }
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return { en: `only this is possible: ${values}`, fr: `seules valeurs possibles\u00a0: ${values}` }
    }
    case 'too_small':
      return {
        en: `this is too small or too short: at least ${issue.minimum}`,
        fr: `trop petit ou trop court\u00a0: au moins ${issue.minimum}`,
      }
    case 'too_big':
      return {
        en: `this is too large or too long: at most ${issue.maximum}`,
        fr: `trop grand ou trop long\u00a0: au plus ${issue.maximum}`,
      }
    case 'invalid_format':
      return {
        en: 'this is no id: small letters, digits and _ only, a letter first',
        fr: 'ce n’est pas un identifiant\u00a0: des minuscules, des chiffres et _, une lettre d’abord',
      }
    case 'custom':
      return { en: 'this is not a duration such as 30m, 4h or 3d', fr: 'ce n’est pas une durée comme 30m, 4h ou 3d' }
    default:
      return { en: 'this cannot be read', fr: 'ceci ne peut pas être lu' }
  }
}

const types: Record<string, Words> = {
  string: { en: 'a text', fr: 'un texte' },
  number: { en: 'a number', fr: 'un nombre' },
  int: { en: 'a whole number', fr: 'un nombre entier' },
  boolean: { en: 'true or false', fr: 'true ou false' },
  array: { en: 'a list', fr: 'une liste' },
  object: { en: 'a record', fr: 'un objet' },
  record: { en: 'a record', fr: 'un objet' },
}

function typeWords(type: string): Words {
  return types[type] ?? { en: type, fr: type }
}
