import type { ChannelRef } from '../platforms/platform.ts'
import type { Person, SentMessage } from './services.ts'

/** Example values that data menus show and rehearsals start from. */

const alone = (id: string, name: string, language: string): Person => ({
  id,
  name,
  first_name: name.split(' ')[0] ?? name,
  email: `${id}@example.com`,
  time_zone: 'Europe/Paris',
  language,
  manager: null,
  buddy: null,
})

/** An example person, with a manager and a buddy. */
export const samplePerson: Person = {
  ...alone('ana', 'Ana Lima', 'en'),
  manager: alone('maya', 'Maya Cole', 'en'),
  buddy: alone('bo', 'Bo Petit', 'fr'),
}

/** An example channel. */
export const sampleChannel: ChannelRef = { id: 'general', name: 'general' }

/** An example of a message that was sent. */
export const sampleMessage: SentMessage = { channel: 'general', message: '1', link: 'http://127.0.0.1:4545/chat/general?message=1' }

/** An example instant. */
export const sampleInstant = '2026-12-01T09:00:00.000Z'
