import type { PlatformCard } from '../platform.ts'

/**
 * Slack, as people see it. Limits: Block Kit, four sections of 3,000 characters (all blocks of a message together hold about 13,200), 25 buttons in
 * a row of actions, 75 characters on a button, 100 blocks in a modal.
 */
export const card: PlatformCard = {
  id: 'slack',
  title: { en: 'Slack', fr: 'Slack' },
  summary: {
    en: 'Channels, direct messages, forms and commands, as they are in Slack.',
    fr: 'Canaux, messages directs, formulaires et commandes, tels qu’ils sont dans Slack.',
  },
  abilities: { channels: true, createChannel: true, threads: true, editMessage: true, forms: true, reactions: true, commands: true },
  limits: { text: 12_000, buttons: 25, buttonLabel: 75, fields: 100 },
}
