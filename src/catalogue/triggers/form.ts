import { z } from 'zod'
import { defineTrigger, fieldData, fieldFaults, quoted, setting } from '../define.ts'

export default defineTrigger({
  type: 'form',
  title: { en: 'Form', fr: 'Formulaire' },
  icon: 'forms',
  about: { en: 'Somebody fills in a form on the web, without an account.', fr: 'Quelqu’un remplit un formulaire sur le web, sans compte.' },
  also: { en: 'lead contact sign up survey page', fr: 'contact inscription enquête page' },
  summary: ({ title }) => {
    const name = quoted(title, { en: '', fr: '' })
    return { en: `When somebody sends the form ${name.en}`.trimEnd(), fr: `Quand quelqu’un envoie le formulaire ${name.fr}`.trimEnd() }
  },
  settings: z.object({
    title: setting.line({
      label: { en: 'Title', fr: 'Titre' },
      help: { en: 'What stands at the top of the form.', fr: 'Ce qui figure en haut du formulaire.' },
      placeholder: { en: 'Talk to us', fr: 'Parlez-nous' },
    }),
    intro: setting
      .text({
        label: { en: 'Introduction', fr: 'Introduction' },
        help: { en: 'A few words below the title, for those who fill it in.', fr: 'Quelques mots sous le titre, pour qui le remplit.' },
      })
      .optional(),
    fields: setting.fields({
      label: { en: 'Fields', fr: 'Champs' },
      help: { en: 'What is asked for, in this order.', fr: 'Ce qui est demandé, dans cet ordre.' },
    }),
    thanks: setting
      .text({
        label: { en: 'Thank you', fr: 'Remerciement' },
        help: { en: 'Shown once the form is sent.', fr: 'Affiché une fois le formulaire envoyé.' },
        placeholder: { en: 'Thank you! We will write to you soon.', fr: 'Merci ! Nous vous écrirons bientôt.' },
      })
      .optional(),
  }),
  gives: ({ fields }) => fieldData(fields),
  example: {
    title: 'Talk to us',
    intro: 'Tell us what you need.',
    fields: [
      { id: 'name', label: 'Your name', kind: 'line', required: true },
      { id: 'email', label: 'Your e-mail address', kind: 'email', required: true },
    ],
    thanks: 'Thank you! We will write to you soon.',
  },
  listens: 'form',
  check: ({ fields }) => fieldFaults('fields', fields),
  match: (_, event) => ({ ...event.values }),
})
