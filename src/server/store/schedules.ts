import { parseSettings } from '../../catalogue/catalogue.ts'
import type { TriggerType } from '../../catalogue/define.ts'
import type { Mission } from '../../mission/mission.ts'
import { receive } from './inbox.ts'
import type { Sql } from './transaction.ts'

/** The next instants of a mission's schedules after one, by trigger. */
export function nextInstants(triggers: ReadonlyMap<string, TriggerType>, mission: Mission, after: Date): Map<string, Date> {
  const instants = new Map<string, Date>()
  for (const trigger of mission.triggers) {
    const type = triggers.get(trigger.type)
    const settings = type?.next ? parseSettings(type.settings, trigger.settings) : undefined
    const next = settings?.success ? type?.next?.(settings.data, after) : undefined
    if (next) instants.set(trigger.id, next)
  }
  return instants
}

/** Keeps when a mission's live version is due, in the transaction that publishes it; an empty map when it is live no more. */
export async function keepSchedules(
  sql: Sql,
  live: { missionId: string; workspaceId: string; versionId: string },
  instants: ReadonlyMap<string, Date>,
): Promise<void> {
  await sql.query('delete from schedules where mission_id = $1', [live.missionId])
  for (const [trigger, next] of instants)
    await sql.query('insert into schedules (mission_id, trigger, workspace_id, version_id, next_at) values ($1, $2, $3, $4, $5)', [
      live.missionId,
      trigger,
      live.workspaceId,
      live.versionId,
      next,
    ])
}

/** A schedule whose instant has come. */
export interface DueSchedule {
  missionId: string
  trigger: string
  workspaceId: string
  versionId: string
  due: Date
}

/** Takes the schedules that are due; they stay locked until the caller's transaction ends, so that no two workers fire the same. */
export async function takeDueSchedules(sql: Sql, most: number): Promise<DueSchedule[]> {
  const { rows } = await sql.query<{ mission_id: string; trigger: string; workspace_id: string; version_id: string; next_at: Date }>({
    name: 'due-schedules',
    text: `select mission_id, trigger, workspace_id, version_id, next_at from schedules
     where next_at <= now() order by next_at limit $1 for update skip locked`,
    values: [most],
  })
  return rows.map((row) => ({
    missionId: row.mission_id,
    trigger: row.trigger,
    workspaceId: row.workspace_id,
    versionId: row.version_id,
    due: row.next_at,
  }))
}

/** Fires a schedule and moves it on. Exactly once per (mission, trigger, instant): the arrival's identity says which. */
export async function fireSchedule(sql: Sql, schedule: DueSchedule, next: Date | undefined): Promise<void> {
  const due = schedule.due.toISOString()
  await receive(sql, {
    workspaceId: schedule.workspaceId,
    source: 'schedule',
    identity: `${schedule.missionId}:${schedule.trigger}:${due}`,
    kind: 'schedule',
    data: { kind: 'schedule', due, mission: schedule.missionId, trigger: schedule.trigger },
  })
  if (next)
    await sql.query('update schedules set next_at = $3 where mission_id = $1 and trigger = $2', [
      schedule.missionId,
      schedule.trigger,
      next,
    ])
  else await sql.query('delete from schedules where mission_id = $1 and trigger = $2', [schedule.missionId, schedule.trigger])
}
