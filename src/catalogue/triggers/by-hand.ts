import { z } from 'zod'
import { defineTrigger, fieldData, fieldFaults, sample, setting } from '../define.ts'

export default defineTrigger({
  type: 'by-hand',
  title: { en: 'By hand', fr: 'À la main' },
  icon: 'hand-click',
  about: {
    en: 'Somebody presses Start, and fills in a form if there is one.',
    fr: 'Quelqu’un appuie sur Démarrer et remplit le formulaire s’il y en a un.',
  },
  also: { en: 'button manual press', fr: 'bouton manuel lancer' },
  summary: ({ fields }) =>
    Array.isArray(fields) && fields.length > 0
      ? { en: 'When somebody fills in the form and presses Start', fr: 'Quand quelqu’un remplit le formulaire et appuie sur Démarrer' }
      : { en: 'When somebody presses Start', fr: 'Quand quelqu’un appuie sur Démarrer' },
  settings: z.object({
    fields: setting
      .fields({
        label: { en: 'Form', fr: 'Formulaire' },
        help: { en: 'What is asked before it starts. May be left empty.', fr: 'Ce qui est demandé avant le démarrage. Peut rester vide.' },
      })
      .optional(),
  }),
  gives: ({ fields }) => [
    { name: 'person', label: { en: 'Who started it', fr: 'Qui l’a démarrée' }, kind: 'person', sample: sample.samplePerson },
    ...fieldData(fields),
  ],
  example: { fields: [{ id: 'topic', label: 'Topic', kind: 'line', required: true }] },
  listens: 'hand',
  check: ({ fields }) => fieldFaults('fields', fields, ['person']),
  match: (_, event) => ({ ...event.values, person: event.person }),
})
