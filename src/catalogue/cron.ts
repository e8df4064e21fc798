import { Cron } from 'croner'
import cronstrue from 'cronstrue'
import 'cronstrue/locales/fr.js'
import type { Words } from '../mission/words.ts'

/** True for a cron expression of five fields that will be due some day; “30 February” never is. */
export function isSchedule(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false
  return nextOfSchedule(expression, 'UTC', new Date('2026-01-01T00:00:00Z')) !== undefined
}

/** A cron expression in words, to stand within a sentence: “at 09:00, only on Monday”. */
export function readableSchedule(expression: string): Words {
  const say = (locale: string) => {
    const text = cronstrue.toString(expression.trim(), { locale, use24HourTimeFormat: true, throwExceptionOnParseError: false })
    return text.charAt(0).toLowerCase() + text.slice(1)
  }
  return isSchedule(expression) ? { en: say('en'), fr: say('fr') } : { en: `at “${expression}”`, fr: `selon « ${expression} »` }
}

/** The next instant of a schedule after one, right across daylight saving; undefined when it never comes again or cannot be read. */
export function nextOfSchedule(expression: string, zone: string, after: Date): Date | undefined {
  try {
    return new Cron(expression.trim(), { paused: true, timezone: zone }).nextRun(after) ?? undefined
  } catch {
    return undefined
  }
}
