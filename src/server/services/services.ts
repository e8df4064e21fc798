import type { Services } from '../../catalogue/services.ts'
import type { MailService, HttpService } from '../../catalogue/services.ts'
import { builtin } from '../../platforms/builtin/builtin.ts'
import type { Rooms } from '../../platforms/builtin/rooms.ts'
import { interruptible } from '../database/away.ts'
import type { Sql } from '../store/transaction.ts'
import { openChat } from './chat.ts'
import { openPeople } from './people.ts'
import { openTables } from './tables.ts'

/** What all runs of this process share. */
export interface SharedServices {
  sql: Sql
  rooms: Rooms
  http: HttpService
  mail: MailService
  publicUrl: string
}

/** The real ports of one run; with the clock of this machine unless another is given. */
export function openServices(
  shared: SharedServices,
  run: { id: string; workspaceId: string; sender: string },
  now: () => Date = () => new Date(),
): Services {
  const chat = builtin.open({ rooms: shared.rooms, workspaceId: run.workspaceId, sender: run.sender, runId: run.id })
  return {
    chat: interruptible(openChat(shared.sql, run.workspaceId, chat, shared.publicUrl)),
    people: interruptible(openPeople(shared.sql, run.workspaceId, chat)),
    tables: interruptible(openTables(shared.sql, run.workspaceId)),
    http: shared.http,
    mail: shared.mail,
    clock: { now },
  }
}
