import type { Person, PeopleService, PersonSetting } from '../../catalogue/services.ts'
import { Refused } from '../../catalogue/trouble.ts'
import type { Chat } from '../../platforms/platform.ts'
import { findPerson, peopleByIds } from '../store/people.ts'
import type { Sql } from '../store/transaction.ts'
import { findChannel } from './chat.ts'

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

/** The person meant by a setting. Throws Refused when nobody is. */
export async function onePerson(sql: Sql, workspaceId: string, who: PersonSetting): Promise<Person> {
  const text = typeof who === 'string' ? who : who.id
  const found = await findPerson(sql, workspaceId, text)
  if (found) return found
  throw new Refused(
    { en: `Nobody in the directory is meant by “${text}”.`, fr: `Personne dans l’annuaire ne correspond à « ${text} ».` },
    { en: 'Pick somebody from the directory, or give the data a fallback.', fr: 'Choisissez quelqu’un dans l’annuaire, ou donnez une valeur de repli aux données.' },
  )
}
