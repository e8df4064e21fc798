import { z } from 'zod'
import { defineAction, quoted, readableChannel, sample, sentence, setting, need } from '../define.ts'

export default defineAction({
  type: 'set-topic',
  title: { en: 'Set a topic', fr: 'Définir un sujet' },
  icon: 'heading',
  group: 'channels',
  about: { en: 'Changes the topic of a channel.', fr: 'Change le sujet d’un canal.' },
  also: { en: 'description title subject', fr: 'description titre objet' },
  summary: ({ channel, topic }) => {
    const place = readableChannel(channel)
    const text = quoted(topic, { en: 'something', fr: 'quelque chose' })
    return sentence(`Set the topic of ${place.en} to ${text.en}`, `Donner à ${place.fr} le sujet ${text.fr}`)
  },
  settings: z.object({
    channel: setting.channel({
      label: { en: 'Channel', fr: 'Canal' },
      help: { en: 'The channel whose topic changes.', fr: 'Le canal dont le sujet change.' },
    }),
    topic: setting.line({
      label: { en: 'Topic', fr: 'Sujet' },
      help: { en: 'What the channel is about from now on.', fr: 'Le sujet du canal à partir de maintenant.' },
    }),
  }),
  gives: [{ name: 'channel', label: { en: 'The channel', fr: 'Le canal' }, kind: 'channel', sample: sample.sampleChannel }],
  exits: [{ name: 'done', label: { en: 'Set', fr: 'Défini' } }],
  needs: () => [need.channels],
  example: { channel: 'general', topic: 'On call this week: Ana' },
  effect: 'world',
  repeat: 'The same topic is set again, which changes nothing.',
  async run({ settings, services }) {
    const { channel } = await services.chat.setTopic({ channel: settings.channel, topic: settings.topic })
    return { exit: 'done', data: { channel } }
  },
})
