import { m } from '#messages'
import { locale } from '../shell/time.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions, at: string | Date): string {
  const key = `${locale()} ${JSON.stringify(options)}`
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(key, found)
  return found.format(typeof at === 'string' ? new Date(at) : at)
}

/** Time of the day: 14:05. */
export const clock = (at: string) => format({ hour: '2-digit', minute: '2-digit' }, at)

/** Day and time in full, for whoever wants to know exactly. */
export const fullTime = (at: string) => format({ dateStyle: 'full', timeStyle: 'short' }, at)

const dayMilliseconds = 86_400_000

/** A day as one says it: today, yesterday, Monday 3 March, with the year when it is another. */
export function day(at: string): string {
  const then = new Date(at)
  const now = new Date()
  if (then.toDateString() === now.toDateString()) return m.chat_today()
  if (then.toDateString() === new Date(now.getTime() - dayMilliseconds).toDateString()) return m.chat_yesterday()
  const withYear = then.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...withYear }, then)
}

/** When something was, as short as it is clear: the time today, else the date. */
export function moment(at: string): string {
  const then = new Date(at)
  const now = new Date()
  if (then.toDateString() === now.toDateString()) return clock(at)
  return format({ day: 'numeric', month: 'short', ...(then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) }, then)
}
