import type { PlatformCard } from '../platform.ts'

/**
 * Microsoft Teams, as people see it. A message with its card may have 28 KB in the smallest of the limits that Microsoft names (incoming webhooks;
 * 40 KB in “Format your bot messages” for bots), so that 12,000 characters of two bytes each pass with what surrounds them. No number of actions is
 * written down: Teams shows six of a set and a card may hold several sets (tried by atc0005/go-teams-notify, issue 161); we offer four sets.
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
