import { nextOfSchedule } from '../../../../catalogue/define.ts'

/** A schedule as people think of one. `own`: a cron expression that is none of these. */
export type Timetable =
  | { every: 'day' | 'workday'; hour: number; minute: number }
  /** `days`: 0 is Sunday. */
  | { every: 'week'; days: number[]; hour: number; minute: number }
  | { every: 'month'; day: number; hour: number; minute: number }
  | { every: 'own'; cron: string }

/** Days of the week in their order; without it, sort would go by their digits. */
export const ascending = (one: number, other: number): number => one - other

/** Reads a cron expression of five fields. */
export function readTimetable(cron: string): Timetable {
  const own: Timetable = { every: 'own', cron }
  const [minute, hour, day, month, days] = cron.trim().split(/\s+/)
  if (minute === undefined || hour === undefined || day === undefined || days === undefined || month !== '*') return own
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return own
  const at = { hour: Number(hour), minute: Number(minute) }
  if (day === '*' && days === '*') return { every: 'day', ...at }
  if (day === '*' && days === '1-5') return { every: 'workday', ...at }
  if (day === '*' && /^[0-7](,[0-7])*$/.test(days))
    return { every: 'week', days: [...new Set(days.split(',').map((one) => Number(one) % 7))].sort(ascending), ...at }
  if (days === '*' && /^\d{1,2}$/.test(day)) return { every: 'month', day: Number(day), ...at }
  return own
}

/** Writes a timetable as a cron expression. */
export function writeTimetable(table: Timetable): string {
  if (table.every === 'own') return table.cron
  const time = `${table.minute} ${table.hour}`
  if (table.every === 'week') return `${time} * * ${table.days.length > 0 ? table.days.join(',') : '1'}`
  if (table.every === 'month') return `${time} ${table.day} * *`
  return table.every === 'day' ? `${time} * * *` : `${time} * * 1-5`
}

/** The same time on other days. */
export function changeEvery(table: Timetable, every: Timetable['every']): Timetable {
  const { hour, minute } = table.every === 'own' ? { hour: 9, minute: 0 } : table
  if (every === 'own') return { every, cron: writeTimetable(table) }
  if (every === 'week') return { every, days: [1], hour, minute }
  if (every === 'month') return { every, day: 1, hour, minute }
  return { every, hour, minute }
}

/** The next instants of a schedule, at most `count`. */
export function nextTimes(cron: string, zone: string, from: Date, count: number): Date[] {
  const times: Date[] = []
  let after = from
  while (times.length < count) {
    const next = nextOfSchedule(cron, zone, after)
    if (!next) break
    times.push(next)
    after = next
  }
  return times
}
