import { useEffect, useState } from 'react'
import { locale } from '../shell/time.ts'

/** The time now, anew every `every` milliseconds, so that what says “3 minutes ago” stays true. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

/** The day of an instant: “Saturday 21 November 2026”. */
export function writeDay(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeZone }).format(new Date(iso))
}

/** The time of day of an instant, to the second. */
export function writeClock(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium', timeZone }).format(new Date(iso))
}
