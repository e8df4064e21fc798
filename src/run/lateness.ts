import type { Missed } from '../catalogue/define.ts'

/**
 * How late an instant may come and still be on time, in milliseconds. Workers look every second; a minute covers a restart, and
 * is the shortest time between two instants of a schedule.
 */
export const grace = 60_000

/** How many missed instants are made up for by a run each; of more, the newest. A week of hours, all at once, helps nobody. */
export const mostMadeUp = 100

/** How many missed instants are counted; beyond it “more than” is all that is told. */
export const mostCounted = 1_000

/** An instant that starts a run. */
export interface Firing {
  due: Date
  /** It was missed and is made up for. */
  late: boolean
  /** How many instants before it were missed and have no run of their own. */
  missed: number
}

/** What was missed, for the report. */
export interface Missing {
  first: Date
  last: Date
  /** How many; {@link mostCounted} means that many or more. */
  count: number
  did: Missed
  /** How many runs make up for them. */
  runs: number
}

/**
 * Decides which of the instants that have come start a run. `skip`: only those that are on time. `once`: the newest, whatever came
 * before it. `all`: each, up to {@link mostMadeUp} missed ones.
 *
 * @param instants the instants not yet dealt with, in order, none of them ahead of `now`.
 */
export function fireInstants(instants: readonly Date[], did: Missed, now: Date): { firings: Firing[]; missing: Missing | undefined } {
  const missed = instants.filter((instant) => now.getTime() - instant.getTime() > grace)
  const punctual = instants.slice(missed.length)
  const chosen = choose(missed, punctual, did)
  const unmade = instants.length - chosen.length
  const firings = chosen.map((due, index) => ({ due, late: missed.includes(due), missed: index === 0 ? unmade : 0 }))
  const [first] = missed
  const last = missed.at(-1)
  return {
    firings,
    missing: first && last && { first, last, count: missed.length, did, runs: firings.filter(({ late }) => late).length },
  }
}

function choose(missed: readonly Date[], punctual: readonly Date[], did: Missed): readonly Date[] {
  if (did === 'skip') return punctual
  if (did === 'all') return [...missed.slice(-mostMadeUp), ...punctual]
  // On time, a run each: a schedule of every minute is not to lose one because a worker was busy for as long.
  return punctual.length > 0 ? punctual : missed.slice(-1)
}
