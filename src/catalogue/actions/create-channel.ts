import { z } from 'zod'
import { defineAction, readableChannel, sample, sentence, setting, type Services, need } from '../define.ts'
import { Misconfigured, Refused } from '../trouble.ts'

export default defineAction({
  type: 'create-channel',
  title: { en: 'Create a channel', fr: 'Créer un canal' },
  icon: 'hash',
  group: 'channels',
  about: { en: 'Opens a new channel.', fr: 'Ouvre un nouveau canal.' },
  also: { en: 'room group', fr: 'salon groupe' },
  summary: ({ name, private: closed }) => {
    const channel = name ? readableChannel(name) : { en: '', fr: '' }
    return sentence(
      `Create the ${closed ? 'private ' : ''}channel ${channel.en}`.trimEnd(),
      `Créer le canal ${closed ? 'privé ' : ''}${channel.fr}`.trimEnd(),
    )
  },
  settings: z.object({
    name: setting.line({
      label: { en: 'Name', fr: 'Nom' },
      help: { en: 'Written small, with hyphens for spaces.', fr: 'Écrit en minuscules, avec des traits d’union pour les espaces.' },
      placeholder: { en: 'welcome-ana', fr: 'bienvenue-ana' },
    }),
    topic: setting
      .line({
        label: { en: 'Topic', fr: 'Sujet' },
        help: { en: 'What the channel is about, shown at its top.', fr: 'Le sujet du canal, affiché en haut.' },
      })
      .optional(),
    private: setting
      .yesno({
        label: { en: 'Private', fr: 'Privé' },
        help: { en: 'Only those who are invited see it.', fr: 'Seules les personnes invitées le voient.' },
      })
      .default(false),
    taken: setting
      .option(['number', 'fail'], {
        label: { en: 'If the name is taken', fr: 'Si le nom est pris' },
        help: { en: 'What to do if a channel of that name is there already.', fr: 'Que faire si un canal de ce nom existe déjà.' },
        options: { number: { en: 'Add a number', fr: 'Ajouter un numéro' }, fail: { en: 'Stop here', fr: 'S’arrêter là' } },
      })
      .default('number'),
  }),
  gives: [{ name: 'channel', label: { en: 'The new channel', fr: 'Le nouveau canal' }, kind: 'channel', sample: sample.sampleChannel }],
  exits: [{ name: 'done', label: { en: 'Created', fr: 'Créé' } }],
  needs: () => [need.channels, need.newChannels],
  example: { name: 'welcome-ana', topic: 'Everything for Ana’s first days', private: false, taken: 'number' },
  effect: 'world',
  repeat: 'The channel that the first attempt created is used; no second one is made.',
  async run({ settings, services, key }) {
    const name = channelName(settings.name)
    if (name === '')
      throw new Misconfigured(
        {
          en: `“${settings.name}” leaves nothing that a channel can be called.`,
          fr: `« ${settings.name} » ne laisse rien qui puisse nommer un canal.`,
        },
        { en: 'Give it a name with letters or digits.', fr: 'Donnez-lui un nom avec des lettres ou des chiffres.' },
      )
    const wanted = { name, private: settings.private, topic: settings.topic ?? '' }
    const channel = await create(services, wanted, key, settings.taken === 'number' ? mostNumbers : 1)
    return { exit: 'done', data: { channel } }
  },
})

/** The highest number that is added to a name before giving up. */
const mostNumbers = 30
/** Slack's limit, the tightest of the platforms. */
const longestName = 80

/** Creates a channel by this name or, where it is taken, the first free one of name-2, name-3, … Each try has a key of its own. */
async function create(services: Services, wanted: { name: string; private: boolean; topic: string }, key: string, tries: number) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted.name : `${wanted.name.slice(0, longestName - 3)}-${number}`
    try {
      return await services.chat.createChannel({ ...wanted, name, key: number === 1 ? key : `${key}/${number}` })
    } catch (error) {
      if (!(error instanceof Refused) || number >= tries || !(await exists(services, name))) throw error
    }
  }
}

/** Whether a channel of this name is there, which a refusal was then about. */
async function exists(services: Services, name: string): Promise<boolean> {
  try {
    await services.chat.findChannel(name)
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

/** A name that every platform accepts: small letters, digits, hyphens and underscores. */
function channelName(written: string): string {
  return written
    .normalize('NFC')
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '')
}
