import { z } from 'zod'
import { defineTrigger, quoted, sample, setting } from '../define.ts'

export default defineTrigger({
  type: 'channel-created',
  title: { en: 'A channel is created', fr: 'Un canal est créé' },
  icon: 'square-rounded-plus',
  about: { en: 'Somebody opens a new channel.', fr: 'Quelqu’un ouvre un nouveau canal.' },
  also: { en: 'room new', fr: 'salon nouveau' },
  summary: ({ prefix }) => {
    const start = quoted(prefix, { en: '', fr: '' })
    return {
      en: start.en ? `When a channel is created whose name begins with ${start.en}` : 'When a channel is created',
      fr: start.fr ? `Quand un canal dont le nom commence par ${start.fr} est créé` : 'Quand un canal est créé',
    }
  },
  settings: z.object({
    prefix: setting
      .line({
        label: { en: 'Name begins with', fr: 'Le nom commence par' },
        help: { en: 'Empty: every new channel.', fr: 'Vide : tout nouveau canal.' },
        placeholder: { en: 'project-', fr: 'projet-' },
      })
      .optional(),
  }),
  gives: [
    { name: 'person', label: { en: 'Who created it', fr: 'Qui l’a créé' }, kind: 'person', sample: sample.samplePerson },
    { name: 'channel', label: { en: 'The channel', fr: 'Le canal' }, kind: 'channel', sample: sample.sampleChannel },
  ],
  example: {},
  listens: 'channel-created',
  match: ({ prefix = '' }, event) => {
    const start = prefix.trim().replace(/^#/, '').toLowerCase()
    return event.channel.name.toLowerCase().startsWith(start) ? { person: event.person, channel: event.channel } : undefined
  },
})
