import type { Need } from '../mission/abilities.ts'

/** What actions may need of a platform; see {@link Need}. */

/** Works only where there are channels. */
export const channels: Need = { ability: 'channels' }

/** Works only where channels can be created. */
export const newChannels: Need = { ability: 'createChannel' }

/** Has people fill in a form. */
export const form: Need = {
  ability: 'forms',
  loses: {
    en: 'People answer on a web page, by a link in the message.',
    fr: 'Les personnes répondent sur une page web, par un lien dans le message.',
  },
}

/** Draws its message anew as people answer. */
export const redrawing: Need = {
  ability: 'editMessage',
  loses: {
    en: 'The message stays as it was sent; answers are told in new messages.',
    fr: 'Le message reste tel qu’il a été envoyé ; les réponses sont annoncées par de nouveaux messages.',
  },
}

/** A text as it is written; what is put in for references is not known before a run. */
export function text(written: unknown): Need[] {
  return typeof written === 'string' ? [{ limit: 'text', amount: written.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '').length }] : []
}

/** Buttons with these labels under a message. */
export function buttons(labels: unknown): Need[] {
  if (!Array.isArray(labels) || labels.length === 0) return []
  const longest = Math.max(...labels.map((label) => String(label).length))
  return [
    { limit: 'buttons', amount: labels.length },
    { limit: 'buttonLabel', amount: longest },
  ]
}

/** A form of these fields. */
export function fields(written: unknown): Need[] {
  return Array.isArray(written) ? [{ limit: 'fields', amount: written.length }] : []
}
