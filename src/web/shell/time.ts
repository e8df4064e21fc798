import { m } from '#messages'
import { getLocale } from '../paraglide/runtime.js'

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** How long ago something was, in words: "3 hours ago". Less than a minute: "just now". */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1_000
  const unit = units.find(([, length]) => Math.abs(seconds) >= length)
  if (!unit) return m.shell_just_now()
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(seconds / unit[1]), unit[0])
}

/** Which customs dates and times follow: those of the sentences that missions and runs are told in, 24 hours and the day first. */
export function locale(): string {
  return getLocale() === 'fr' ? 'fr-FR' : 'en-GB'
}

/** Date and time of day in the reader's language, in the browser's time zone or the one given. */
export function dateAndTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', ...(timeZone ? { timeZone } : {}) }).format(
    new Date(iso),
  )
}

/** What time of day it is in a time zone now; undefined when the browser does not know the zone. */
export function timeIn(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone }).format(new Date())
  } catch {
    return undefined
  }
}
