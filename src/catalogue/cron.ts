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

/**
 * The newest instants of a schedule from one instant to another, both included, in order; at most so many. (50 µs each; found
 * backwards, so that of a year without the program only the end is looked at.)
 */
export function instantsOfSchedule(expression: string, zone: string, from: Date, until: Date, most: number): Date[] {
  const found: Date[] = []
  try {
    const schedule = new Cron(expression.trim(), { paused: true, timezone: zone })
    // What is looked for lies before the reference, never on it.
    let reference = new Date(until.getTime() + 1)
    while (found.length < most) {
      const [instant] = schedule.previousRuns(1, reference)
      if (!instant || instant < from) break
      found.unshift(instant)
      reference = instant
    }
    return found
  } catch {
    return []
  }
}
