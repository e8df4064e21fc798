import type { Field } from '../mission/form.ts'
import type { Words } from '../mission/words.ts'

/** A form behind a button: a dialog where the platform has them, else a link to the hosted page. */
export interface ButtonForm {
  title: string
  submit: string
  fields: Field[]
}

/** A button of a neutral message. `id` is what comes back when it is pressed, with the form's values if it has one. */
export interface Button {
  id: string
  label: string
  style?: 'primary' | 'danger'
  form?: ButtonForm
}

/** One bar of a live tally. */
export interface Bar {
  label: string
  count: number
  /** Names of those who chose it; absent when anonymous. */
  names?: string[]
}

/**
 * The neutral message: what actions produce and every platform draws as well as it can.
 * `text` is a small Markdown: **bold**, _italic_, ~~struck~~, `code`, links, lists, quotes; people are mentioned as `<@person-id>`.
 * A backslash before punctuation makes it plain, as `plain` in mission/value.ts writes it.
 */
export interface Message {
  text: string
  buttons?: Button[]
  bars?: Bar[]
  /** Small text below: "closes at 16:00", "3 of 4 have answered". */
  note?: string
}

/** A message that was sent: enough to edit it, answer in its thread or link to it. */
export interface MessageRef {
  channel: string
  message: string
}

/** What a platform can show and how much of it. Numbers are the platform's own limits. */
export interface MessageLimits {
  text: number
  buttons: number
  buttonLabel: number
  fields: number
}

/** What of a message exceeds a platform's limits, in words; empty when it fits. */
export function exceeding(message: Message, limits: MessageLimits): Words[] {
  const faults: Words[] = []
  const over = (en: string, fr: string) => faults.push({ en, fr })
  if (message.text.length > limits.text)
    over(
      `The text has ${message.text.length} characters; ${limits.text} fit.`,
      `Le texte compte ${message.text.length} caractères ; la limite est de ${limits.text}.`,
    )
  const buttons = message.buttons?.length ?? 0
  if (buttons > limits.buttons)
    over(`There are ${buttons} buttons; ${limits.buttons} fit.`, `Il y a ${buttons} boutons ; la limite est de ${limits.buttons}.`)
  for (const button of message.buttons ?? [])
    if (button.label.length > limits.buttonLabel)
      over(
        `The button “${button.label}” is longer than ${limits.buttonLabel} characters.`,
        `Le bouton « ${button.label} » dépasse ${limits.buttonLabel} caractères.`,
      )
  const fields = Math.max(0, ...(message.buttons ?? []).map((button) => button.form?.fields.length ?? 0))
  if (fields > limits.fields)
    over(`The form has ${fields} fields; ${limits.fields} fit.`, `Le formulaire a ${fields} champs ; la limite est de ${limits.fields}.`)
  return faults
}
