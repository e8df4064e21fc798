import { type Called, calledBy } from '../../catalogue/called.ts'
import type { Mission } from '../../mission/mission.ts'
import { upgrade } from '../../mission/mission.ts'
import { compile, type CompiledMission } from '../../mission/machine.ts'
import type { Sql } from './transaction.ts'

/** A published version in memory: never changes, so it is read and compiled once a process. */
export interface Version {
  id: string
  missionId: string
  workspaceId: string
  number: number
  mission: Mission
}

/** A version that was kept but is no mission for this program, such as one of a later format. */
class UnreadableVersion extends Error {}

/** How many versions a process keeps in memory; at 5,000 steps one takes some 10 MB with its machine, usually far less. */
const mostKept = 200

/** The versions this process has read, each with the machines compiled from it. */
export interface Versions {
  load(sql: Sql, id: string): Promise<Version | undefined>
  /** The machine of one trigger. Throws when the version does not compile (any more). */
  compiled(version: Version, trigger: string): CompiledMission
}

/** Makes an empty memory of versions. The least recently used goes first. */
export function rememberVersions(): Versions {
  const kept = new Map<string, { version: Version; machines: Map<string, CompiledMission> }>()
  const keep = (version: Version) => {
    const found = kept.get(version.id) ?? { version, machines: new Map<string, CompiledMission>() }
    kept.delete(version.id)
    kept.set(version.id, found)
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return found
  }
  return {
    async load(sql, id) {
      const found = kept.get(id)
      if (found) return keep(found.version).version
      const { rows } = await sql.query<{ mission_id: string; workspace_id: string; number: number; mission: unknown }>(
        'select mission_id, workspace_id, number, mission from versions where id = $1',
        [id],
      )
      const row = rows[0]
      if (!row) return undefined
      const read = upgrade(row.mission)
      if ('faults' in read)
        throw new UnreadableVersion(`Version ${id} is not a mission: ${read.faults[0]?.where ?? ''} ${read.faults[0]?.what.en ?? ''}`)
      return keep({ id, missionId: row.mission_id, workspaceId: row.workspace_id, number: row.number, mission: read.mission }).version
    },
    compiled(version, trigger) {
      const { machines } = keep(version)
      const found = machines.get(trigger)
      if (found) return found
      const made = compile(version.mission, trigger)
      machines.set(trigger, made)
      return made
    },
  }
}

/** The live versions of workspaces: by workspace, the version of each mission. */
export async function liveVersions(sql: Sql, workspaceIds: readonly string[]): Promise<Map<string, Map<string, string>>> {
  const { rows } = await sql.query<{ id: string; workspace_id: string; live_version_id: string }>({
    name: 'live-versions',
    text: 'select id, workspace_id, live_version_id from missions where workspace_id = any($1) and live_version_id is not null and archived_at is null',
    values: [workspaceIds],
  })
  const found = new Map<string, Map<string, string>>()
  for (const row of rows)
    found.set(row.workspace_id, (found.get(row.workspace_id) ?? new Map<string, string>()).set(row.id, row.live_version_id))
  return found
}

/** The live version of one mission; undefined when it is not live, or not in this workspace if one is given. */
export async function liveVersionOf(sql: Sql, missionId: string, workspaceId?: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ live_version_id: string | null }>(
    'select live_version_id from missions where id::text = $1 and archived_at is null and ($2::uuid is null or workspace_id = $2)',
    [missionId, workspaceId ?? null],
  )
  return rows[0]?.live_version_id ?? undefined
}

/** The mission of a live version; undefined for one that cannot be read, which only those that run it have to hear of. */
async function readableMission(sql: Sql, versions: Versions, id: string): Promise<Mission | undefined> {
  try {
    return (await versions.load(sql, id))?.mission
  } catch (error) {
    if (error instanceof UnreadableVersion) return undefined
    throw error
  }
}

/** What is known of missions that another one of this workspace is to run, by id; those that are not there or belong elsewhere are left out. */
export async function calledMissions(
  sql: Sql,
  versions: Versions,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Called>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql.query<{ id: string; name: string; archived: boolean; live_version_id: string | null }>(
    'select id, name, archived_at is not null as archived, live_version_id from missions where workspace_id = $1 and id::text = any($2)',
    [workspaceId, ids],
  )
  const found = new Map<string, Called>()
  for (const { id, name, archived, live_version_id: live } of rows)
    found.set(id, { id, name, archived, live: (live !== null && (await readableMission(sql, versions, live))) || null })
  return found
}

/** Drafts of missions of a workspace that are neither live nor archived, by their ids; others are left out. */
export async function namedDrafts(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string; draftRev: number; draft: unknown }[]> {
  const { rows } = await sql.query<{ id: string; name: string; draft_rev: number; draft: unknown }>(
    `select id, name, draft_rev, draft from missions
     where workspace_id = $1 and id::text = any($2) and live_version_id is null and archived_at is null order by name, id`,
    [workspaceId, ids],
  )
  return rows.map(({ draft_rev: draftRev, ...row }) => ({ ...row, draftRev }))
}

/** The other missions of a workspace whose live version runs this one. */
export async function callersOf(
  sql: Sql,
  versions: Versions,
  workspaceId: string,
  missionId: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql.query<{ id: string; name: string; live_version_id: string }>(
    `select m.id, m.name, m.live_version_id from missions m join versions v on v.id = m.live_version_id
     where m.workspace_id = $1 and m.id <> $2 and m.archived_at is null and strpos(v.mission::text, $2::text) > 0 order by m.name, m.id`,
    [workspaceId, missionId],
  )
  const found = []
  for (const { id, name, live_version_id: live } of rows) {
    // Its id may stand in a text, too.
    const mission = await readableMission(sql, versions, live)
    if (mission && calledBy(mission).includes(missionId)) found.push({ id, name })
  }
  return found
}
