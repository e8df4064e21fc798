import { z } from 'zod'
import { missionSchema } from '../../mission/mission.ts'
import type { Sql } from './transaction.ts'

/** A command that a live mission listens to. */
export interface ChatCommand {
  /** Without the slash. */
  name: string
  /** The mission's name. */
  mission: string
  /** What the mission is for, in its author's words; may be empty. */
  about: string
}

/** The type of the trigger that listens to commands, and its one setting. */
const commandTrigger = 'chat-command'
const commandSettings = z.object({ command: z.string() })

/** A command's name as it is compared: without slash, lower case. */
export const commandName = (written: string) => written.trim().replace(/^\/+/, '').toLowerCase()

/** What people can type in a workspace, by name. Missions that share a command are all listed: all of them start. */
export async function liveCommands(sql: Sql, workspaceId: string): Promise<ChatCommand[]> {
  const { rows } = await sql.query<{ name: string; about: string | null; triggers: unknown }>(
    `select m.name, v.mission->>'description' as about, v.mission->'triggers' as triggers
     from missions m join versions v on v.id = m.live_version_id
     where m.workspace_id = $1 and m.archived_at is null and v.mission->'triggers' @> $2::jsonb`,
    [workspaceId, JSON.stringify([{ type: commandTrigger }])],
  )
  const found = rows.flatMap(({ name, about, triggers }) => {
    const read = missionSchema.shape.triggers.safeParse(triggers)
    return (read.data ?? []).flatMap((trigger) => {
      const settings = trigger.type === commandTrigger ? commandSettings.safeParse(trigger.settings) : undefined
      return settings?.success ? [{ name: commandName(settings.data.command), mission: name, about: about ?? '' }] : []
    })
  })
  return found
    .filter(({ name }) => name !== '')
    .sort((one, other) => one.name.localeCompare(other.name) || one.mission.localeCompare(other.mission))
}
