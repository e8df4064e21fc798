import { isTimeZone, later, nextWorkingHour } from './calendar.ts'
import type { Person, PersonSetting } from './services.ts'

/**
 * The ladder of a question: what is done, and when, about those who do not answer. Written by an asking action in durations,
 * turned into instants here, climbed by `run/climb.ts`.
 */
export interface Ladder {
  /** After how long those who have not answered are reminded. */
  remind?: string
  /** How long after each reminder the next one comes, until the question is passed on or over. */
  again?: string
  /** Who is asked instead of those who have not answered, and after how long: each one's manager, or people by name. */
  escalate?: { to: 'manager' | PersonSetting[]; after: string }
  /**
   * True when all of it, from the question to the end, keeps to the working hours of each person's own time zone. Only in a channel
   * the question itself comes at once.
   */
  working: boolean
}

/** Somebody who was asked later, instead of others who had not answered. All ids. */
export interface StandIn {
  person: string
  for: string[]
  /** The id of the rung on which it happened. */
  rung: string
}

/** One thing to do at an instant about those of `people` (ids) who have not answered by then. */
export interface Rung {
  /** What it does is known by it, so that a repeat after a crash does nothing twice. */
  id: string
  /** ISO instant. */
  at: string
  /** `ask`: to put the question to those who did not work when it was asked. */
  what: 'ask' | 'remind' | 'escalate'
  people: string[]
}

/** Reminders that one person gets at most. Whoever has ignored ten does not read the eleventh. */
export const mostReminders = 10

/**
 * When a question is over and what is done before, for people who are asked now. Days are days of each person's own
 * calendar, across daylight saving; the question is over once the last of them had all the time. What would fall on or after
 * its end, or a reminder on or after the passing on, is left out. `directly`: each is asked for themselves, not in a channel.
 *
 * @throws RangeError for a text that is no duration or beyond five years.
 */
export function planRungs(
  { within, ladder }: { within?: string; ladder?: Ladder },
  asked: readonly Person[],
  now: Date,
  directly: boolean,
): { until?: Date; rungs: Rung[] } {
  const move = (instant: Date, zone: string) => (ladder?.working ? nextWorkingHour(instant, zone) : instant)
  const begin = (zone: string) => (directly ? move(now, zone) : now)
  const ends = within === undefined ? [] : zonesOf(asked).map((zone) => move(later(begin(zone), within, zone), zone).getTime())
  const until = ends.length === 0 ? undefined : Math.max(...ends)
  const rungs = new Map<string, Omit<Rung, 'id'>>()
  const add = (what: Rung['what'], at: Date, person: Person) => {
    if (until !== undefined && at.getTime() >= until) return
    const key = `${at.toISOString()} ${what}`
    const rung = rungs.get(key) ?? { at: at.toISOString(), what, people: [] }
    rung.people.push(person.id)
    rungs.set(key, rung)
  }
  for (const person of ladder ? asked : []) {
    const zone = zoneOf(person)
    const { remind, again, escalate } = ladder ?? {}
    const begun = begin(zone)
    if (begun > now) add('ask', begun, person)
    // A manager is asked in the manager's own hours. Those of people by name are kept when it comes to it.
    const other = escalate?.to === 'manager' ? zoneOf(person.manager ?? person) : zone
    const passed = escalate && move(later(begun, escalate.after, zone), other)
    if (passed) add('escalate', passed, person)
    let at = remind === undefined ? undefined : move(later(begun, remind, zone), zone)
    for (let count = 0; at && count < mostReminders && !(passed && at >= passed); count++) {
      add('remind', at, person)
      at = again === undefined ? undefined : move(later(at, again, zone), zone)
    }
  }
  const sorted = [...rungs.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return {
    ...(until === undefined ? {} : { until: new Date(until) }),
    rungs: sorted.map((rung, index) => ({ id: String(index + 1), ...rung })),
  }
}

/** The time zone a person's days and hours are counted in. A directory may hold anything; what is no zone counts as UTC. */
export function zoneOf({ time_zone: zone }: Pick<Person, 'time_zone'>): string {
  return isTimeZone(zone) ? zone : 'UTC'
}

/** Time zones of people, once each; UTC when nobody is there. */
function zonesOf(people: readonly Person[]): string[] {
  return people.length === 0 ? ['UTC'] : [...new Set(people.map(zoneOf))]
}
