import { z } from 'zod'
import { defineTrigger, meansChannel, readableChannel, sample, sentence, setting } from '../define.ts'

export default defineTrigger({
  type: 'person-joined-channel',
  title: { en: 'Someone joins a channel', fr: 'Quelqu’un rejoint un canal' },
  icon: 'login-2',
  about: {
    en: 'Somebody enters a channel, by themselves or by invitation.',
    fr: 'Quelqu’un entre dans un canal, de lui-même ou sur invitation.',
  },
  also: { en: 'new member welcome', fr: 'nouveau membre bienvenue accueil' },
  summary: ({ channel }) => {
    const place = readableChannel(channel)
    return sentence(`When someone joins ${place.en}`, `Quand quelqu’un rejoint ${place.fr}`)
  },
  settings: z.object({
    channel: setting.channel({
      label: { en: 'Channel', fr: 'Canal' },
      help: { en: 'The channel that somebody has to join.', fr: 'Le canal que quelqu’un doit rejoindre.' },
    }),
  }),
  gives: [
    { name: 'person', label: { en: 'Who joined', fr: 'Qui est arrivé' }, kind: 'person', sample: sample.samplePerson },
    { name: 'channel', label: { en: 'The channel', fr: 'Le canal' }, kind: 'channel', sample: sample.sampleChannel },
  ],
  example: { channel: 'general' },
  listens: 'person-joined-channel',
  match: ({ channel }, event) => (meansChannel(channel, event.channel) ? { person: event.person, channel: event.channel } : undefined),
})
