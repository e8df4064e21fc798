import { z } from 'zod'
import { defineAction, quoted, readableChannel, readablePerson, sample, sentence, setting, need } from '../define.ts'
import { Misconfigured } from '../trouble.ts'

export default defineAction({
  type: 'send-message',
  title: { en: 'Send a message', fr: 'Envoyer un message' },
  icon: 'message',
  group: 'messages',
  about: { en: 'Writes to a channel or to one person.', fr: 'Écrit dans un canal ou à une personne.' },
  also: {
    en: 'write post tell notify welcome remind announce summary',
    fr: 'écrire publier prévenir bienvenue rappel rappeler relance annoncer résumé',
  },
  summary: ({ to = 'person', channel, person, text }) => {
    const message = quoted(text, { en: 'a message', fr: 'un message' })
    const reader = readablePerson(person)
    const place = readableChannel(channel)
    return to === 'channel'
      ? sentence(`Write ${message.en} in ${place.en}`, `Écrire ${message.fr} dans ${place.fr}`)
      : sentence(`Send ${reader.en} ${message.en}`, `Envoyer à ${reader.fr} ${message.fr}`)
  },
  settings: z.object({
    to: setting
      .option(['person', 'channel'], {
        label: { en: 'Send to', fr: 'Envoyer à' },
        help: { en: 'One person reads it in private, or a whole channel.', fr: 'Une personne le lit en privé, ou tout un canal.' },
        options: { person: { en: 'A person', fr: 'Une personne' }, channel: { en: 'A channel', fr: 'Un canal' } },
      })
      .default('person'),
    person: setting
      .person({
        label: { en: 'Person', fr: 'Personne' },
        help: { en: 'Who gets the message.', fr: 'La personne qui reçoit le message.' },
        when: { setting: 'to', is: ['person'] },
        needed: true,
      })
      .optional(),
    channel: setting
      .channel({
        label: { en: 'Channel', fr: 'Canal' },
        help: { en: 'Where the message is posted.', fr: 'L’endroit où le message est publié.' },
        when: { setting: 'to', is: ['channel'] },
        needed: true,
      })
      .optional(),
    text: setting.message({
      label: { en: 'Message', fr: 'Message' },
      help: { en: 'What people read.', fr: 'Ce que les gens lisent.' },
      placeholder: { en: 'Welcome to the team!', fr: 'Bienvenue dans l’équipe !' },
    }),
  }),
  gives: [{ name: 'message', label: { en: 'The message', fr: 'Le message' }, kind: 'message', sample: sample.sampleMessage }],
  exits: [{ name: 'done', label: { en: 'Sent', fr: 'Envoyé' } }],
  needs: ({ to, text }) => [...(to === 'channel' ? [need.channels] : []), ...need.text(text)],
  example: { to: 'channel', channel: 'general', text: 'Welcome to the team, **Ana**!' },
  effect: 'world',
  repeat:
    'The message is sent with the same key, so a chat that knows keys shows it once; elsewhere a crash in the very moment of sending may show it twice.',
  async run({ settings, services, key }) {
    const { to, channel, person, text } = settings
    const place = to === 'channel' ? channel && { channel } : person && { person }
    if (!place)
      throw new Misconfigured(
        { en: 'Nobody is named to whom the message goes.', fr: 'Le message n’a pas de destinataire.' },
        {
          en: 'Choose a person or a channel in the step’s settings.',
          fr: 'Choisissez une personne ou un canal dans les réglages de l’étape.',
        },
      )
    const message = await services.chat.send({ to: place, message: { text }, key })
    return { exit: 'done', data: { message } }
  },
})
