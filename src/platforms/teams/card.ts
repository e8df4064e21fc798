import type { PlatformCard } from '../platform.ts'

/**
 * Microsoft Teams, as people see it. Limits: Adaptive Cards of at most 28 KB, six actions in a row and four rows of them.
 */
export const card: PlatformCard = {
  id: 'teams',
  title: { en: 'Microsoft Teams', fr: 'Microsoft Teams' },
  summary: {
    en: 'Channels, chats and forms in Teams. Commands are written as messages to the bot.',
    fr: 'Canaux, conversations et formulaires dans Teams. Les commandes s’écrivent au bot.',
  },
  abilities: { channels: true, createChannel: true, threads: true, editMessage: true, forms: true, reactions: true, commands: false },
  limits: { text: 12_000, buttons: 24, buttonLabel: 75, fields: 50 },
}
