import { type Field, type FieldValue } from '../mission/form.ts'
import type { SettingFault } from '../mission/kinds.ts'
import { plain } from '../mission/value.ts'
import { say } from '../mission/words.ts'
import type { Button } from '../platforms/message.ts'
import type { Answer } from './define.ts'
import { fieldFaults, readDefaults } from './field.ts'
import { clip, colon, writeValue } from './question.ts'
import * as setting from './setting.ts'

/** What people answer with, as a step's settings say: one of some buttons, a text, or a form; and what counts when nobody does. */
export interface Reply {
  answer: 'choices' | 'text' | 'form'
  choices?: string[] | undefined
  fields?: Field[] | undefined
  otherwise?: string | undefined
  defaults?: Parameters<typeof readDefaults>[1]
}

/** The settings that say what people answer with. */
export function settings() {
  return {
    answer: setting
      .option(['choices', 'text', 'form'], {
        label: { en: 'They answer with', fr: 'Réponse par' },
        help: { en: 'How people reply to the question.', fr: 'La façon de répondre à la question.' },
        options: {
          choices: { en: 'A button', fr: 'Un bouton' },
          text: { en: 'A text', fr: 'Un texte' },
          form: { en: 'A form', fr: 'Un formulaire' },
        },
      })
      .default('choices'),
    choices: setting
      .choices({
        label: { en: 'Buttons', fr: 'Boutons' },
        help: { en: 'One is enough: “Done”.', fr: 'Un seul suffit : « Fait ».' },
        when: { setting: 'answer', is: ['choices'] },
        needed: true,
      })
      .optional(),
    fields: setting
      .fields({
        label: { en: 'Form', fr: 'Formulaire' },
        help: { en: 'What is asked for, in this order.', fr: 'Ce qui est demandé, dans cet ordre.' },
        when: { setting: 'answer', is: ['form'] },
        needed: true,
      })
      .optional(),
  }
}

/** What cannot be meant in these settings. `own`: names that the step gives itself, so no field of its form may have them. */
export function faults(
  {
    answer = 'choices',
    choices,
    fields,
    otherwise,
    defaults,
  }: Omit<{ [Name in keyof Reply]?: unknown }, 'defaults'> & Pick<Reply, 'defaults'>,
  own: readonly string[],
): SettingFault[] {
  if (answer === 'form') {
    const read = readDefaults(fields, defaults)
    return [...fieldFaults('fields', fields, own), ...('faults' in read ? read.faults : [])]
  }
  const found: SettingFault[] = []
  const labels: unknown[] | undefined = answer === 'choices' && Array.isArray(choices) ? choices : undefined
  const same = labels?.find((label, index) => labels.indexOf(label) !== index)
  if (typeof same === 'string')
    found.push({
      setting: 'choices',
      why: { en: `Two buttons say “${same}”.`, fr: `Deux boutons disent « ${same} ».` },
      remedy: { en: 'Change or remove one of them.', fr: 'Modifiez ou supprimez l’un des deux.' },
    })
  if (labels && typeof otherwise === 'string' && otherwise !== '' && !setting.holdsReference(otherwise) && !labels.includes(otherwise))
    found.push({
      setting: 'otherwise',
      why: { en: `No button says “${otherwise}”.`, fr: `Aucun bouton ne dit « ${otherwise} ».` },
      remedy: { en: 'Write it exactly as one of the buttons.', fr: 'Écrivez-le exactement comme l’un des boutons.' },
    })
  return found
}

/** What counts as the answer when the time is up, if anything does: a button or a text, or the values of a form. */
export function defaultOf({
  answer,
  choices,
  fields,
  otherwise,
  defaults,
}: Reply): { answer: unknown; values: Answer['values'] } | undefined {
  if (answer === 'form') {
    const read = readDefaults(fields, defaults)
    return 'values' in read && read.values ? { answer: read.values, values: read.values } : undefined
  }
  const known = answer === 'text' || choices?.includes(otherwise ?? '')
  return otherwise !== undefined && known ? { answer: otherwise, values: {} } : undefined
}

/** Says that the default answer counts. */
export function defaultLine({ answer }: Reply, usual: { answer: unknown }, language: string): string {
  return answer === 'form'
    ? say({ en: 'The default answers count.', fr: 'Les réponses par défaut sont retenues.' }, language)
    : say({ en: `“${String(usual.answer)}” counts.`, fr: `« ${String(usual.answer)} » est retenu.` }, language)
}

/** The buttons of the question: the choices, or one that opens a text field or the form. */
export function buttons(settings: Reply, language: string): Button[] {
  if (settings.answer === 'choices') {
    const labels = [...new Set(settings.choices)]
    return labels.map((label, index) => ({
      id: label,
      label,
      ...(index === 0 && labels.length === 1 ? { style: 'primary' as const } : {}),
    }))
  }
  const label = say({ en: 'Answer', fr: 'Répondre' }, language)
  const fields: Field[] =
    settings.answer === 'form'
      ? (settings.fields ?? [])
      : [{ id: 'answer', label: say({ en: 'Your answer', fr: 'Votre réponse' }, language), kind: 'text', required: true }]
  return [{ id: 'answer', label, style: 'primary', form: { title: label, submit: say({ en: 'Send', fr: 'Envoyer' }, language), fields } }]
}

/** One person's answer for readers: “Ana: Mac”, a form field by field below the name. */
export function line(settings: Reply, { person, picked, values }: Answer, language: string, marked: boolean): string {
  const name = marked ? `**${plain(person.name)}**` : person.name
  const written = (value: FieldValue | undefined) => {
    const text = writeValue(value, language)
    return marked ? plain(clip(text)) : text
  }
  if (settings.answer !== 'form') return `${colon(name, language)} ${written(settings.answer === 'text' ? values['answer'] : picked[0])}`
  const rows = (settings.fields ?? []).map(
    (field) => `${colon(marked ? plain(field.label) : field.label, language)} ${written(values[field.id])}`,
  )
  return [name, ...rows].join('\n')
}

/** What one person’s answer comes to: the button’s label, the text, or the values of the form. */
export function valueOf(settings: Reply, { picked, values }: Answer): unknown {
  if (settings.answer === 'choices') return picked[0]
  return settings.answer === 'text' ? values['answer'] : values
}

/** How often each button was pressed. */
export function countsOf({ choices }: Reply, answers: readonly Answer[]): Record<string, number> {
  return Object.fromEntries([...new Set(choices)].map((label) => [label, answers.filter(({ picked }) => picked[0] === label).length]))
}
