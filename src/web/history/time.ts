import { useEffect, useState } from 'react'
import { writeInstant } from '../../catalogue/calendar.ts'
import type { Language } from '../../mission/words.ts'

const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }

/** The time now, anew every `every` milliseconds, so that what says “3 minutes ago” stays true. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

const steps = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** “3 minutes ago”, in the largest unit that fits. */
export function writeAgo(iso: string, now: number, language: Language): string {
  const seconds = Math.min(0, Math.round((Date.parse(iso) - now) / 1_000))
  const [unit, size] = steps.find((step) => -seconds >= step[1]) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(Math.ceil(seconds / size), unit)
}

/** An instant in full: “Saturday, 21 November 2026 at 14:05:09 CET”. */
export function writeExact(iso: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeStyle: 'long', timeZone: zone }).format(new Date(iso))
}

/** The day of an instant: “Saturday, 21 November 2026”. */
export function writeDay(iso: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: zone }).format(new Date(iso))
}

/** The time of day of an instant, to the second. */
export function writeClock(iso: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { timeStyle: 'medium', timeZone: zone }).format(new Date(iso))
}

/** The day and time of an instant, short. */
export function writeShort(iso: string, zone: string, language: Language): string {
  return writeInstant(new Date(iso), zone, language)
}
