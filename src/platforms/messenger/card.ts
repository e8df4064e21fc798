import type { PlatformCard } from '../platform.ts'

/**
 * Messenger, as people see it. Limits: 640 characters above buttons, 13 quick replies of 20 characters. A form is filled in on a web page, which holds
 * as many fields as the built-in chat.
 */
export const card: PlatformCard = {
  id: 'messenger',
  title: { en: 'Messenger', fr: 'Messenger' },
  summary: {
    en: 'Direct conversations on Facebook Messenger: no channels, no forms, and no message can be changed.',
    fr: 'Conversations directes sur Facebook Messenger\u00a0: pas de canaux, pas de formulaires, et aucun message ne peut être modifié.',
  },
  abilities: { channels: false, createChannel: false, threads: false, editMessage: false, forms: false, reactions: true, commands: false },
  limits: { text: 640, buttons: 13, buttonLabel: 20, fields: 50 },
}
