import { fireInstants, mostCounted, type Missing } from '../../run/lateness.ts'
import { keepFirings, moveSchedule, noteMissing, takeDueSchedules, timings, type DueSchedule, type Timing } from '../store/schedules.ts'
import { transaction, type Sql } from '../store/transaction.ts'
import { isDatabaseError, type ReceiveContext } from './receive.ts'

/** How many schedules one transaction fires. Each may fire a hundred times, if that many were missed. */
const batch = 20

/** How long a schedule rests whose version cannot be read, in milliseconds: it must not keep the others from firing. */
const restOfUnreadable = 3_600_000

/**
 * Fires the schedules that are due and moves each to its next instant, in one transaction. Instants that were missed while nothing ran
 * are skipped or made up for as the trigger says, and noted.
 *
 * @returns how many were due.
 */
export async function fireSchedules(context: ReceiveContext): Promise<number> {
  const missed: { schedule: DueSchedule; missing: Missing }[] = []
  const count = await transaction(context.pool, async (client) => {
    const due = await takeDueSchedules(client, batch)
    for (const schedule of due) {
      const missing = await fire(context, client, schedule)
      if (missing) missed.push({ schedule, missing })
    }
    return due.length
  })
  for (const { schedule, missing } of missed) {
    context.counts.missed(missing.count)
    context.log.warn(
      { mission: schedule.missionId, trigger: schedule.trigger, ...missing },
      'a schedule was missed while nothing ran; what was done is its trigger’s setting',
    )
  }
  return count
}

/** Fires one schedule, if its mission is live, and moves it on. Gives what was missed, if anything was. */
async function fire(context: ReceiveContext, client: Sql, schedule: DueSchedule): Promise<Missing | undefined> {
  const { due, now, standing } = schedule
  const timing = standing === 'gone' ? undefined : await readTiming(context, client, schedule)
  if (timing === 'unreadable') {
    await moveSchedule(client, schedule, new Date(now.getTime() + restOfUnreadable))
    return undefined
  }
  await moveSchedule(client, schedule, timing?.next(now))
  if (!timing || standing !== 'live') return undefined
  const { firings, missing } = fireInstants(timing.between(due, now, mostCounted), timing.missed, now)
  await keepFirings(client, schedule, firings)
  if (missing) await noteMissing(client, schedule, missing)
  return missing
}

/** The timing of a schedule's trigger; undefined when its version has none. */
async function readTiming(context: ReceiveContext, client: Sql, schedule: DueSchedule): Promise<Timing | 'unreadable' | undefined> {
  try {
    const version = await context.versions.load(client, schedule.versionId)
    return version && timings(context.triggers, version.mission).get(schedule.trigger)
  } catch (error) {
    // What the database says ends the transaction anyway; only a version that is no mission is passed over.
    if (isDatabaseError(error)) throw error
    context.log.error(
      { version: schedule.versionId, reason: error instanceof Error ? error.message : 'unknown' },
      'a schedule rests for an hour, because its version cannot be read',
    )
    return 'unreadable'
  }
}
