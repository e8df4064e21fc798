import { parseSettings } from '../../catalogue/catalogue.ts'
import type { Missed, TriggerType } from '../../catalogue/define.ts'
import type { Mission } from '../../mission/mission.ts'
import type { Firing, Missing } from '../../run/lateness.ts'
import { receive } from './inbox.ts'
import { timeOf, type Sql } from './transaction.ts'

/** A trigger that time starts, with its settings read. */
export interface Timing {
  next(after: Date): Date | undefined
  /** The newest instants from one to another, both included, in order; at most so many. */
  between(from: Date, until: Date, most: number): Date[]
  missed: Missed
}

/** The timings of a mission, by trigger. */
export function timings(triggers: ReadonlyMap<string, TriggerType>, mission: Mission): Map<string, Timing> {
  const found = new Map<string, Timing>()
  for (const trigger of mission.triggers) {
    const type = triggers.get(trigger.type)
    const instants = type?.instants
    const settings = instants && parseSettings(type.settings, trigger.settings)
    if (!instants || !settings?.success) continue
    found.set(trigger.id, {
      next: (after) => instants.next(settings.data, after),
      between: (from, until, most) => instants.between(settings.data, from, until, most),
      missed: instants.missed(settings.data),
    })
  }
  return found
}

/**
 * Keeps when a mission's live version is due, in the transaction that publishes it. By the database's clock, which is the same for
 * all workers. An instant that has come and was not fired yet stays due if the new version's timetable holds it too: publishing at
 * nine sharp loses nothing.
 */
export async function keepSchedules(
  sql: Sql,
  live: { missionId: string; workspaceId: string; versionId: string },
  timed: ReadonlyMap<string, Timing>,
): Promise<void> {
  const { rows: before } = await sql.query<{ trigger: string; next_at: Date }>(
    'delete from schedules where mission_id = $1 returning trigger, next_at',
    [live.missionId],
  )
  const now = await timeOf(sql)
  for (const [trigger, timing] of timed) {
    const pending = before.find((row) => row.trigger === trigger && row.next_at <= now)?.next_at
    const next = pending && timing.between(pending, pending, 1).length === 1 ? pending : timing.next(now)
    if (!next) continue
    await sql.query('insert into schedules (mission_id, trigger, workspace_id, version_id, next_at) values ($1, $2, $3, $4, $5)', [
      live.missionId,
      trigger,
      live.workspaceId,
      live.versionId,
      next,
    ])
  }
}

/** A schedule whose instant has come. */
export interface DueSchedule {
  missionId: string
  trigger: string
  workspaceId: string
  versionId: string
  due: Date
  /** The time now, by the database's clock. */
  now: Date
  /** `archived`: it moves on without starting anything. `gone`: its version is not the live one. */
  standing: 'live' | 'archived' | 'gone'
}

interface DueRow {
  mission_id: string
  trigger: string
  workspace_id: string
  version_id: string
  next_at: Date
  now: Date
  standing: DueSchedule['standing']
}

/**
 * Takes the schedules that are due. They stay locked until the caller's transaction ends, so that no two workers fire the same, and so
 * do their missions against being published or taken off meanwhile: a mission that somebody is publishing right now is left out
 * instead of waited for.
 */
export async function takeDueSchedules(sql: Sql, most: number): Promise<DueSchedule[]> {
  const { rows } = await sql.query<DueRow>({
    name: 'due-schedules',
    text: `select s.mission_id, s.trigger, s.workspace_id, s.version_id, s.next_at, clock_timestamp() as now,
       case when m.live_version_id is distinct from s.version_id then 'gone' when m.archived_at is not null then 'archived' else 'live' end as standing
     from schedules s join missions m on m.id = s.mission_id
     where s.next_at <= now() order by s.next_at limit $1 for update of s skip locked for key share of m skip locked`,
    values: [most],
  })
  return rows.map((row) => ({
    missionId: row.mission_id,
    trigger: row.trigger,
    workspaceId: row.workspace_id,
    versionId: row.version_id,
    due: row.next_at,
    now: row.now,
    standing: row.standing,
  }))
}

/** Fires instants of a schedule. Exactly once per (mission, trigger, instant): the arrival's identity says which. */
export async function keepFirings(sql: Sql, schedule: DueSchedule, firings: readonly Firing[]): Promise<void> {
  for (const { due, late, missed } of firings)
    await receive(sql, {
      workspaceId: schedule.workspaceId,
      source: 'schedule',
      identity: `${schedule.missionId}:${schedule.trigger}:${due.toISOString()}`,
      kind: 'schedule',
      data: { kind: 'schedule', due: due.toISOString(), late, missed, mission: schedule.missionId, trigger: schedule.trigger },
    })
}

/** Moves a schedule on to an instant; without one it is due no more. */
export async function moveSchedule(sql: Sql, { missionId, trigger }: DueSchedule, next: Date | undefined): Promise<void> {
  if (next) await sql.query('update schedules set next_at = $3 where mission_id = $1 and trigger = $2', [missionId, trigger, next])
  else await sql.query('delete from schedules where mission_id = $1 and trigger = $2', [missionId, trigger])
}

/** Notes that instants were missed and what was done about it, for those who read the history. */
export async function noteMissing(sql: Sql, schedule: DueSchedule, missing: Missing): Promise<void> {
  await sql.query(
    `insert into missed_instants (workspace_id, mission_id, trigger, first_at, last_at, instants, did, runs)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [schedule.workspaceId, schedule.missionId, schedule.trigger, missing.first, missing.last, missing.count, missing.did, missing.runs],
  )
}

/** Notes of missed instants are kept as long as somebody may wonder about them. */
const keepNotes = '90 days'

/** Deletes notes of missed instants that nobody wonders about any more. */
export async function forgetMissing(sql: Sql): Promise<void> {
  await sql.query(`delete from missed_instants where at < now() - interval '${keepNotes}'`)
}
