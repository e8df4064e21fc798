import { say, type Words } from '../mission/words.ts'
import { isDuration } from '../mission/duration.ts'
import type { FieldValue } from '../mission/form.ts'
import type { Button, Message } from '../platforms/message.ts'
import { cityOf, later, writeInstant } from './calendar.ts'
import type { Answer } from './define.ts'
import type { StandIn } from './ladder.ts'
import type { Person } from './services.ts'
import { Misconfigured } from './trouble.ts'

/** The texts and small decisions that every action which waits for people shares, so that they all look and end alike. */

/** How a wait for people ended, if it has. */
export type Over = 'answered' | 'timeout' | 'cancelled'

/**
 * When a time limit that begins now is over.
 *
 * @throws Misconfigured for a text that is no duration, or one beyond five years.
 */
export function deadline(now: Date, within: string): Date {
  try {
    return later(now, within, 'UTC')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Misconfigured(
      isDuration(within)
        ? { en: `The time limit “${within}” is longer than five years.`, fr: `Le délai « ${within} » dépasse cinq ans.` }
        : { en: `The time limit “${within}” is not a duration.`, fr: `Le délai « ${within} » n’est pas une durée.` },
      { en: 'Write it as 30m, 4h, 3d or 2w.', fr: 'Écrivez-le ainsi : 30m, 4h, 3d ou 2w.' },
      { cause: error },
    )
  }
}

/** Who answered first; undefined while nobody has. */
export function firstOf(answers: readonly Answer[]): Answer | undefined {
  return answers.reduce<Answer | undefined>((first, answer) => (first === undefined || answer.at < first.at ? answer : first), undefined)
}

/** Who answered or changed an answer last; undefined while nobody has. */
export function newestOf(answers: readonly Answer[]): Answer | undefined {
  return answers.reduce<Answer | undefined>(
    (newest, answer) => (newest === undefined || answer.at >= newest.at ? answer : newest),
    undefined,
  )
}

/** Those who were asked from the beginning, without those who were asked later instead of them. */
export function originalsOf(asked: readonly Person[], standIns: readonly StandIn[] = []): Person[] {
  const later = new Set(standIns.map((standIn) => standIn.person))
  return asked.filter((person) => !later.has(person.id))
}

/** Those who were asked from the beginning and have not answered themselves. */
export function missingOf(asked: readonly Person[], answers: readonly Answer[], standIns?: readonly StandIn[]): Person[] {
  const answered = new Set(answers.map((answer) => answer.person.id))
  return originalsOf(asked, standIns).filter((person) => !answered.has(person.id))
}

/** True when each who was asked has answered, or somebody who was asked instead has. */
export function isCovered(asked: readonly Person[], answers: readonly Answer[], standIns: readonly StandIn[] = []): boolean {
  const answered = new Set(answers.map((answer) => answer.person.id))
  const covered = new Set(standIns.flatMap((standIn) => (answered.has(standIn.person) ? standIn.for : [])))
  return missingOf(asked, answers, standIns).every((person) => covered.has(person.id))
}

/** True once everybody who was asked has answered; never when nobody was. */
export function allAnswered(asked: readonly Person[], answers: readonly Answer[]): boolean {
  return asked.length > 0 && isCovered(asked, answers)
}

const mostNames = 10

/** Names in a sentence: “Ana, Bo and Cy”; beyond ten, how many more. */
export function listNames(people: readonly Person[], language: string): string {
  const names = people.slice(0, mostNames).map((person) => person.name)
  const more = people.length - names.length
  if (more > 0) names.push(say({ en: `${more} more`, fr: `${more} autres` }, language))
  const and = say({ en: 'and', fr: 'et' }, language)
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1) ?? ''}`
}

/** The parts of the small text below a message; empty ones are left out. */
export function note(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

/** Until when one can answer, in the time zone of those who were asked; the zone is named when they do not share one. */
export function untilNote(until: Date | undefined, asked: readonly Person[], language: string, before: Words): string | undefined {
  if (until === undefined) return undefined
  const zones = asked.map((person) => person.time_zone)
  const zone = mostFrequent(zones) ?? 'UTC'
  const shared = asked.length > 0 && zones.every((other) => other === zone)
  const city = cityOf(zone)
  const named = zone === 'UTC' ? ' UTC' : say({ en: ` (${city} time)`, fr: ` (heure de ${city})` }, language)
  return `${say(before, language)} ${writeInstant(until, zone, language)}${shared ? '' : named}`
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<[string, number] | undefined>(
    (most, entry) => (most === undefined || entry[1] > most[1] ? entry : most),
    undefined,
  )?.[0]
}

/** “2 of 3 have answered”; empty when one person was asked, who knows. */
export function progressNote(answers: readonly Answer[], asked: readonly Person[], language: string): string | undefined {
  if (asked.length < 2) return undefined
  const count = Math.min(answers.length, asked.length)
  return say(
    {
      en: `${count} of ${asked.length} ${count === 1 ? 'has' : 'have'} answered`,
      fr: `${count} sur ${asked.length} ${count < 2 ? 'a répondu' : 'ont répondu'}`,
    },
    language,
  )
}

/** What the small text says once it is over without the answer that was waited for; empty when it was answered. */
export function overNote(over: Over, language: string): string | undefined {
  if (over === 'cancelled') return say({ en: 'No longer needed', fr: 'Plus nécessaire' }, language)
  if (over === 'timeout') return say({ en: 'Time is up', fr: 'Le délai est écoulé' }, language)
  return undefined
}

/** What an action that asks knows when it draws its message. */
export interface Drawing {
  answers: readonly Answer[]
  asked: readonly Person[]
  standIns?: readonly StandIn[]
  language: string
  until?: Date
  over?: Over
}

/**
 * The message of a question as it should look now: buttons while answers are welcome, what came of it once it is over, and below,
 * in small, how far it is (`progress`) and until when one can.
 */
export function draw(
  state: Drawing,
  parts: { text: string; buttons: Button[]; lines: readonly string[]; progress: string | undefined; before: Words },
): Message {
  const { asked, language, until, over } = state
  const text = [parts.text, parts.lines.join('\n')].filter((part) => part !== '').join('\n\n')
  const progress = over === 'cancelled' ? undefined : parts.progress
  const below = over ? note(overNote(over, language), progress) : note(progress, untilNote(until, asked, language, parts.before))
  return { text, ...(over ? {} : { buttons: parts.buttons }), ...(below === '' ? {} : { note: below }) }
}

/** A field's value for readers; a dash for an optional field left empty. */
export function writeValue(value: FieldValue | undefined, language: string): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return say(value ? { en: 'Yes', fr: 'Oui' } : { en: 'No', fr: 'Non' }, language)
  return Array.isArray(value) ? value.join(', ') || '–' : String(value)
}

const longestLine = 600

/** What somebody wrote, short enough for a message that may show many answers. */
export function clip(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine - 1).trimEnd()}…` : text
}

/** “Label :” or “Label:”, as the language writes it. */
export function colon(label: string, language: string): string {
  return say({ en: `${label}:`, fr: `${label} :` }, language)
}
