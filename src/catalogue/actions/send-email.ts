import { z } from 'zod'
import { defineAction, quoted, readablePeople, sentence, setting, type PersonSetting, type Services } from '../define.ts'

export default defineAction({
  type: 'send-email',
  title: { en: 'Send an e-mail', fr: 'Envoyer un e-mail' },
  icon: 'mail',
  group: 'messages',
  about: { en: 'Writes to people, or to any e-mail address.', fr: 'Écrit à des personnes, ou à n’importe quelle adresse e-mail.' },
  also: { en: 'mail write letter', fr: 'mail courriel écrire' },
  summary: ({ to, subject }) => {
    const who = readablePeople(to)
    const what = quoted(subject, { en: 'something', fr: 'quelque chose' })
    return sentence(`E-mail ${who.en}: ${what.en}`, `Envoyer un e-mail à ${who.fr} : ${what.fr}`)
  },
  settings: z.object({
    to: setting.people({
      label: { en: 'To', fr: 'À' },
      help: { en: 'People, or e-mail addresses.', fr: 'Des personnes, ou des adresses e-mail.' },
    }),
    subject: setting.line({
      label: { en: 'Subject', fr: 'Objet' },
      help: { en: 'The line that stands in their inbox.', fr: 'La ligne affichée dans leur boîte de réception.' },
    }),
    text: setting.text({
      label: { en: 'Text', fr: 'Texte' },
      help: { en: 'What they read when they open it.', fr: 'Ce qu’elles lisent en l’ouvrant.' },
      needed: true,
    }),
  }),
  gives: [
    { name: 'to', label: { en: 'The addresses', fr: 'Les adresses' }, kind: 'list', sample: ['ana@example.com'] },
    { name: 'id', label: { en: 'The e-mail’s identifier', fr: 'Identifiant de l’e-mail' }, kind: 'text', sample: '<1@example.com>' },
  ],
  exits: [{ name: 'done', label: { en: 'Sent', fr: 'Envoyé' } }],
  example: { to: ['ana@example.com'], subject: 'Thank you for your message', text: 'We will get back to you tomorrow.' },
  effect: 'world',
  repeat: 'The e-mail leaves again under the same Message-ID, which most mailboxes show once.',
  async run({ settings, services, key }) {
    const to = [...new Set(await Promise.all(setting.listPeople(settings.to).map((who) => addressOf(who, services))))]
    const { id } = await services.mail.send({ to, subject: settings.subject, text: settings.text, key })
    return { exit: 'done', data: { to, id } }
  },
})

async function addressOf(who: PersonSetting, services: Services): Promise<string> {
  // An address need not be of somebody in the directory: those who fill in a form seldom are.
  if (typeof who === 'string' && z.email().safeParse(who.trim()).success) return who.trim()
  return (await services.people.find(who)).email
}
