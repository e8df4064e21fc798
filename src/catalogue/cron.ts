import { Cron } from 'croner'

/** True for a cron expression of five fields that will be due some day; “30 February” never is. */
export function isSchedule(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false
  return nextOfSchedule(expression, 'UTC', new Date('2026-01-01T00:00:00Z')) !== undefined
}

/** The next instant of a schedule after one, right across daylight saving; undefined when it never comes again or cannot be read. */
export function nextOfSchedule(expression: string, zone: string, after: Date): Date | undefined {
  try {
    return new Cron(expression.trim(), { paused: true, timezone: zone }).nextRun(after) ?? undefined
  } catch {
    return undefined
  }
}
