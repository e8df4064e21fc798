import { fireSchedule, keepSchedules, nextInstants, takeDueSchedules } from '../store/schedules.ts'
import { transaction } from '../store/transaction.ts'
import type { ReceiveContext } from './receive.ts'

const batch = 50

/**
 * Fires the schedules that are due and moves each to its next instant, in one transaction. Instants missed while nothing ran
 * count as one: it fires once, late, and goes on with the next instant that lies ahead.
 *
 * @returns how many fired.
 */
export async function fireSchedules(context: ReceiveContext): Promise<number> {
  return transaction(context.pool, async (client) => {
    const due = await takeDueSchedules(client, batch)
    for (const schedule of due) {
      const version = await context.versions.load(client, schedule.versionId)
      const next = version && nextInstants(context.triggers, version.mission, new Date()).get(schedule.trigger)
      if (version) await fireSchedule(client, schedule, next)
      else await keepSchedules(client, schedule, new Map())
    }
    return due.length
  })
}
