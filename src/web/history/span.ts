import { readInstant } from '../../catalogue/calendar.ts'
import type { RunsFilter } from '../shell/search.ts'

const hours = 3_600_000
const spans = { day: 24 * hours, week: 7 * 24 * hours, month: 30 * 24 * hours }

/** The instants between which a run must have started: `from` included, `before` not. A day begins at midnight in `zone`. */
export function spanOf({ span, from, to }: RunsFilter, zone: string, now: Date): { from?: Date | undefined; before?: Date | undefined } {
  if (!span) return {}
  if (span !== 'dates') return { from: new Date(now.getTime() - spans[span]) }
  const midnight = (date: string) => readInstant(`${date}T00:00`, zone)
  return { from: from ? midnight(from) : undefined, before: to ? midnight(dayAfter(to)) : undefined }
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00Z`)
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
