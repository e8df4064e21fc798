import type { TriggerType } from '../../catalogue/define.ts'
import type { Mission } from '../../mission/mission.ts'
import { keepSchedules, timings } from './schedules.ts'
import type { Sql } from './transaction.ts'

/** A mission's draft, locked for whoever is about to publish it. */
export interface Draft {
  id: string
  name: string
  workspaceId: string
  draft: unknown
  draftRev: number
  liveVersionId: string | null
}

/** Reads and locks a draft; undefined when there is no such mission. */
export async function lockDraft(sql: Sql, id: string): Promise<Draft | undefined> {
  const { rows } = await sql.query<{
    id: string
    name: string
    workspace_id: string
    draft: unknown
    draft_rev: number
    live_version_id: string | null
  }>('select id, name, workspace_id, draft, draft_rev, live_version_id from missions where id = $1 for update', [id])
  const row = rows[0]
  return (
    row && {
      id: row.id,
      name: row.name,
      workspaceId: row.workspace_id,
      draft: row.draft,
      draftRev: row.draft_rev,
      liveVersionId: row.live_version_id,
    }
  )
}

/** Makes a draft the mission's live version, with its schedules. Runs of earlier versions go on with theirs. */
export async function publishDraft(
  sql: Sql,
  draft: Draft,
  mission: Mission,
  by: { userId: string; note: string },
  triggers: ReadonlyMap<string, TriggerType>,
): Promise<{ id: string; number: number }> {
  const { rows } = await sql.query<{ id: string; number: number }>(
    `insert into versions (workspace_id, mission_id, number, mission, note, published_by)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 from versions where mission_id = $2 returning id, number`,
    [draft.workspaceId, draft.id, JSON.stringify(mission), by.note, by.userId],
  )
  const [version] = rows
  if (!version) throw new Error('The version was not written.')
  await sql.query('update missions set live_version_id = $2, name = $3 where id = $1', [draft.id, version.id, mission.name])
  await keepSchedules(sql, { missionId: draft.id, workspaceId: draft.workspaceId, versionId: version.id }, timings(triggers, mission))
  await keepDoors(sql, draft.id, draft.workspaceId, doorsOf(mission))
  return version
}

/** Takes a mission off: it starts no more runs; those under way go on. */
export async function unpublish(sql: Sql, draft: Draft): Promise<void> {
  await sql.query('update missions set live_version_id = null where id = $1', [draft.id])
  await sql.query('delete from schedules where mission_id = $1', [draft.id])
}

/** A trigger with a public address. */
export interface Door {
  trigger: string
  kind: 'form' | 'hook'
}

const doorKinds: ReadonlyMap<string, Door['kind']> = new Map([
  ['form', 'form'],
  ['web-hook', 'hook'],
])

/** The triggers of a mission that need a public address. */
export function doorsOf(mission: Mission): Door[] {
  return mission.triggers.flatMap((trigger): Door[] => {
    const kind = doorKinds.get(trigger.type)
    return kind ? [{ trigger: trigger.id, kind }] : []
  })
}

/** Bytes of chance in an address: nobody guesses 128 bits. */
const addressBytes = 16

/** Makes the addresses that are missing; those there stay for ever, so that what was handed out goes on working. */
export async function keepDoors(sql: Sql, missionId: string, workspaceId: string, doors: readonly Door[]): Promise<void> {
  for (const { trigger, kind } of doors) {
    const address = Buffer.from(crypto.getRandomValues(new Uint8Array(addressBytes))).toString('base64url')
    await sql.query(
      `insert into doors (address, workspace_id, mission_id, trigger, kind) values ($1, $2, $3, $4, $5)
       on conflict (mission_id, trigger) do update set kind = excluded.kind`,
      [address, workspaceId, missionId, trigger, kind],
    )
  }
}

/** The addresses of a mission. */
export async function listDoors(sql: Sql, missionId: string): Promise<(Door & { address: string })[]> {
  const { rows } = await sql.query<Door & { address: string }>(
    'select trigger, kind, address from doors where mission_id = $1 order by created_at',
    [missionId],
  )
  return rows
}

/** What an address leads to, and what is live there. */
export interface OpenDoor {
  workspaceId: string
  missionId: string
  trigger: string
  /** Null when nothing is live behind it. */
  versionId: string | null
  language: string
}

/** Whose doors addresses are; one that nobody has is left out. */
export async function openDoors(sql: Sql, addresses: readonly string[], kind: Door['kind']): Promise<Map<string, OpenDoor>> {
  const { rows } = await sql.query<{
    address: string
    workspace_id: string
    mission_id: string
    trigger: string
    live_version_id: string | null
    language: string
  }>({
    name: 'open-doors',
    text: `select d.address, d.workspace_id, d.mission_id, d.trigger, w.language,
       case when m.archived_at is null then m.live_version_id end as live_version_id
     from doors d join missions m on m.id = d.mission_id join workspaces w on w.id = d.workspace_id
     where d.address = any($1) and d.kind = $2`,
    values: [addresses, kind],
  })
  return new Map(
    rows.map((row) => [
      row.address,
      {
        workspaceId: row.workspace_id,
        missionId: row.mission_id,
        trigger: row.trigger,
        versionId: row.live_version_id,
        language: row.language,
      },
    ]),
  )
}

/** Notes who did what, in the transaction that does it. */
export async function audit(
  sql: Sql,
  entry: { workspaceId: string; userId: string; what: string; data: Record<string, unknown> },
): Promise<void> {
  await sql.query('insert into audit (workspace_id, user_id, what, data) values ($1, $2, $3, $4)', [
    entry.workspaceId,
    entry.userId,
    entry.what,
    JSON.stringify(entry.data),
  ])
}
