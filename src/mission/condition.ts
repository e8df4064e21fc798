import { isChannel, isEmpty, isMessage, isPerson, readable } from './value.ts'

/** How a value is compared with another in a condition. */
export const comparisons = [
  'is',
  'is-not',
  'contains',
  'starts-with',
  'ends-with',
  'more-than',
  'less-than',
  'is-empty',
  'is-not-empty',
] as const

/** One way to compare. */
export type Comparison = (typeof comparisons)[number]

/** One condition: `left` is compared with each of `right`; several mean "one of them". */
export interface Condition {
  left: unknown
  is: Comparison
  right: readonly unknown[]
}

/**
 * True when a condition holds, references already filled in.
 *
 * Texts are compared without regard to case and blanks around; numbers, yes/no and instants by what they mean, also when
 * written as text; people by id or e-mail address; a list *is* one of several when all its items are, and *contains* one
 * when any item is.
 */
export function holds({ left, is, right: written }: Condition): boolean {
  // A reference among the values may itself be a list: any of its items will do.
  const right = written.flat()
  switch (is) {
    case 'is':
      return isOneOf(left, right)
    case 'is-not':
      return !isOneOf(left, right)
    case 'contains':
      return right.some((one) =>
        Array.isArray(left) ? left.some((item) => equal(item, one)) : !isEmpty(one) && fold(readable(left)).includes(fold(readable(one))),
      )
    case 'starts-with':
      return right.some((one) => !isEmpty(one) && fold(readable(left)).startsWith(fold(readable(one))))
    case 'ends-with':
      return right.some((one) => !isEmpty(one) && fold(readable(left)).endsWith(fold(readable(one))))
    case 'more-than':
      return right.some((one) => compare(left, one) > 0)
    case 'less-than':
      return right.some((one) => compare(left, one) < 0)
    case 'is-empty':
      return isEmpty(left)
    case 'is-not-empty':
      return !isEmpty(left)
  }
}

function isOneOf(left: unknown, right: readonly unknown[]): boolean {
  if (!Array.isArray(left)) return right.some((one) => equal(left, one))
  return left.length > 0 && left.every((item) => right.some((one) => equal(item, one)))
}

function equal(one: unknown, other: unknown): boolean {
  const names = namesOf(one)
  if (namesOf(other).some((name) => names.includes(name))) return true
  return compare(one, other) === 0
}

/** All texts by which a value may be called. */
function namesOf(value: unknown): string[] {
  if (isPerson(value)) return [value.id, value.email].map(fold)
  if (isChannel(value)) return [value.id, value.name, `#${value.name}`].map(fold)
  if (isMessage(value)) return [value.message, value.link].map(fold)
  if (isEmpty(value)) return ['']
  const yesno = asYesno(value)
  return yesno === undefined ? [fold(readable(value))] : [fold(readable(value)), String(yesno)]
}

function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}

function asYesno(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const text = fold(value)
  if (['true', 'yes', 'oui', 'vrai'].includes(text)) return true
  return ['false', 'no', 'non', 'faux'].includes(text) ? false : undefined
}

/** Negative, 0 or positive as numbers or instants compare; NaN where that makes no sense. A list counts its items. */
function compare(one: unknown, other: unknown): number {
  const numbers = asNumber(one) - asNumber(other)
  return Number.isNaN(numbers) ? asInstant(one) - asInstant(other) : numbers
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'string' || !/^\s*[-+]?\d+([.,]\d+)?\s*$/.test(value)) return Number.NaN
  return Number(value.trim().replace(',', '.'))
}

function asInstant(value: unknown): number {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(value.trim())) return Number.NaN
  const text = value.trim()
  // Without a zone the meaning would depend on the machine.
  return Date.parse(/(Z|[-+]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`)
}
