import type { PlatformCard } from '../platform.ts'

/** The chat that comes with the program, as people see it. */
export const card: PlatformCard = {
  id: 'builtin',
  title: { en: 'Built-in chat', fr: 'Messagerie intégrée' },
  summary: {
    en: 'The chat that comes with the program. Nothing to connect, and everything works in it.',
    fr: 'La messagerie fournie avec le programme. Rien à connecter, et tout y fonctionne.',
  },
  abilities: { channels: true, createChannel: true, threads: true, editMessage: true, forms: true, reactions: true, commands: true },
  // Nothing outside limits this chat; these keep a message readable, and a page of them quick.
  limits: { text: 12_000, buttons: 50, buttonLabel: 100, fields: 50 },
}
