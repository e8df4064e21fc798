import { Temporal } from 'temporal-polyfill'
import { durationParts } from '../mission/duration.ts'

/** The longest time a step may wait, in days: five years. Beyond it, a wait is far more likely a slip than a wish. */
export const longestWaitDays = 5 * 366

/** True for an IANA time zone that this machine knows, such as `Europe/Paris`. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    // An offset such as +02:00 is no zone: it would be wrong for half of the year.
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}

const inZone = (instant: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
const dateOf = (time: Temporal.ZonedDateTime) => new Date(time.epochMilliseconds)

/**
 * The instant a written duration after another, as a calendar counts: days and weeks keep the time of day in `zone` across
 * daylight saving, hours and less are exact.
 *
 * @throws RangeError for a text that is no duration, an unknown zone, or more than {@link longestWaitDays}.
 */
export function later(from: Date, duration: string, zone: string): Date {
  let days = 0
  let milliseconds = 0
  for (const { count, unit } of durationParts(duration)) {
    if (unit === 'w') days += count * 7
    else if (unit === 'd') days += count
    else milliseconds += count * { h: 3_600_000, m: 60_000, s: 1_000 }[unit]
  }
  if (days + milliseconds / 86_400_000 > longestWaitDays) throw new RangeError(`Longer than ${longestWaitDays} days: ${duration}`)
  return dateOf(inZone(from, zone).add({ days, milliseconds }))
}

/** Hour at which a date without a time begins for people: in the morning, not at midnight. */
const morning = 9

/**
 * The instant that a text means: exact with an offset or `Z`, otherwise local to `zone`; a date alone means nine in the morning there.
 * Undefined when the text is no date.
 */
export function readInstant(text: string, zone: string): Date | undefined {
  const written = text.trim()
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(written) && /T|\s\d/.test(written))
      return new Date(Temporal.Instant.from(written.replace(/^(\S+)\s+(?=\d)/, '$1T')).epochMilliseconds)
    const local = /^\d{4}-\d{2}-\d{2}$/.test(written)
      ? Temporal.PlainDate.from(written).toPlainDateTime({ hour: morning })
      : Temporal.PlainDateTime.from(written)
    return dateOf(local.toZonedDateTime(zone))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const opens = 9
const closes = 17
const friday = 5

/** The next instant at which people in `zone` work, Monday to Friday from 9 to 17; `from` itself when they are at work. */
export function nextWorkingHour(from: Date, zone: string): Date {
  const now = inZone(from, zone)
  const workday = now.dayOfWeek <= friday
  if (workday && now.hour >= opens && now.hour < closes) return from
  let day = now.toPlainDate()
  if (!workday || now.hour >= closes) {
    do day = day.add({ days: 1 })
    while (day.dayOfWeek > friday)
  }
  return dateOf(day.toPlainDateTime({ hour: opens }).toZonedDateTime(zone))
}

/** What people call a time zone: the city that it is named after. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

/** An instant for readers, such as “Tue, 3 Dec, 16:00”, in a time zone and a language. */
export function writeInstant(instant: Date, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(instant)
}
