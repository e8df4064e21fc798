import { z } from 'zod'
import { defineAction, readableChannel, sample, sentence, setting } from '../define.ts'
import { Misconfigured } from '../trouble.ts'

export default defineAction({
  type: 'create-channel',
  title: { en: 'Create a channel', fr: 'Créer un canal' },
  icon: 'hash',
  group: 'channels',
  about: { en: 'Opens a new channel.', fr: 'Ouvre un nouveau canal.' },
  summary: ({ name, private: closed }) => {
    const channel = name ? readableChannel(name) : { en: '', fr: '' }
    return sentence(`Create the ${closed ? 'private ' : ''}channel ${channel.en}`.trimEnd(), `Créer le canal ${closed ? 'privé ' : ''}${channel.fr}`.trimEnd())
  },
  settings: z.object({
    name: setting.line({
      label: { en: 'Name', fr: 'Nom' },
      help: { en: 'Written small, with hyphens for spaces; accents are left out.', fr: 'Écrit en minuscules, avec des traits d’union pour les espaces, sans accents.' },
      placeholder: { en: 'welcome-ana', fr: 'bienvenue-ana' },
    }),
    topic: setting.line({ label: { en: 'Topic', fr: 'Sujet' } }).optional(),
    private: setting.yesno({ label: { en: 'Private', fr: 'Privé' }, help: { en: 'Only those who are invited see it.', fr: 'Seules les personnes invitées le voient.' } }).default(false),
  }),
  gives: [{ name: 'channel', label: { en: 'The new channel', fr: 'Le nouveau canal' }, kind: 'channel', sample: sample.sampleChannel }],
  exits: [{ name: 'done', label: { en: 'Created', fr: 'Créé' } }],
  example: { name: 'welcome-ana', topic: 'Everything for Ana’s first days', private: false },
  effect: 'world',
  repeat: 'The channel that the first attempt created is used; no second one is made.',
  async run({ settings, services, key }) {
    const name = channelName(settings.name)
    if (name === '')
      throw new Misconfigured(
        { en: `“${settings.name}” leaves nothing that a channel can be called.`, fr: `« ${settings.name} » ne laisse rien qui puisse nommer un canal.` },
        { en: 'Give it a name with letters or digits.', fr: 'Donnez-lui un nom avec des lettres ou des chiffres.' },
      )
    const channel = await services.chat.createChannel({ name, private: settings.private, topic: settings.topic ?? '', key })
    return { exit: 'done', data: { channel } }
  },
})

/** Slack's limit, the tightest of the platforms. */
const longestName = 80

/** A name that every platform accepts: small letters, digits, hyphens and underscores. */
function channelName(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '')
}
