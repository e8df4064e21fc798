import type { PeopleService, Person } from '../../catalogue/services.ts'
import type { Chat } from '../../platforms/platform.ts'
import { peopleByIds } from '../store/people.ts'
import type { Sql } from '../store/transaction.ts'
import { findChannel, onePerson } from './meant.ts'

/** The workspace's directory. */
export function openPeople(sql: Sql, workspaceId: string, chat: Chat): PeopleService {
  return {
    find: (who) => onePerson(sql, workspaceId, who),
    async inChannel(channel): Promise<Person[]> {
      const found = await findChannel(chat, channel)
      return peopleByIds(sql, workspaceId, await chat.members(found.id))
    },
  }
}
