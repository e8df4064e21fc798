import type { ChannelSetting, Person, PersonSetting } from '../../catalogue/services.ts'
import { Refused } from '../../catalogue/trouble.ts'
import type { ChannelRef, Chat } from '../../platforms/platform.ts'
import { findPerson } from '../store/people.ts'
import type { Sql } from '../store/transaction.ts'

/** The channel meant by a setting. Throws Refused when there is none. */
export async function findChannel(chat: Chat, channel: ChannelSetting): Promise<ChannelRef> {
  const text = typeof channel === 'string' ? channel : channel.id
  const found = await chat.findChannel(text)
  if (found) return found
  throw new Refused(
    { en: `There is no channel “${text}”.`, fr: `Le canal « ${text} » n’existe pas.` },
    {
      en: 'Create it, or pick another channel in the step’s settings.',
      fr: 'Créez-le, ou choisissez un autre canal dans les réglages de l’étape.',
    },
  )
}

/** The person meant by a setting. Throws Refused when nobody is. */
export async function onePerson(sql: Sql, workspaceId: string, who: PersonSetting): Promise<Person> {
  const text = typeof who === 'string' ? who : who.id
  const found = await findPerson(sql, workspaceId, text)
  if (found) return found
  throw new Refused(
    { en: `Nobody in the directory is meant by “${text}”.`, fr: `Personne dans l’annuaire ne correspond à « ${text} ».` },
    {
      en: 'Pick somebody from the directory, or give the data a fallback.',
      fr: 'Choisissez quelqu’un dans l’annuaire, ou donnez une valeur de repli aux données.',
    },
  )
}
