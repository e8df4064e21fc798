import { z } from 'zod'
import { defineTrigger, sample, setting } from '../define.ts'

const plainName = (written: string) => written.trim().replace(/^\/+/, '').toLowerCase()

/** What every chat accepts after the slash; Slack allows 32 characters. */
const nameable = /^[\p{Ll}\p{N}][\p{Ll}\p{N}_-]{0,31}$/u

export default defineTrigger({
  type: 'chat-command',
  title: { en: 'Chat command', fr: 'Commande de discussion' },
  icon: 'slash',
  about: { en: 'Somebody types a command such as /poll.', fr: 'Quelqu’un tape une commande comme /poll.' },
  also: { en: 'slash type', fr: 'barre taper' },
  summary: ({ command }) => {
    const name = typeof command === 'string' && plainName(command) !== '' ? `/${plainName(command)}` : undefined
    return { en: `When somebody types ${name ?? 'a command'}`, fr: `Quand quelqu’un tape ${name ?? 'une commande'}` }
  },
  settings: z.object({
    command: setting.line({
      label: { en: 'Command', fr: 'Commande' },
      help: { en: 'Without the slash: poll for /poll.', fr: 'Sans la barre oblique : poll pour /poll.' },
      placeholder: { en: 'poll', fr: 'sondage' },
    }),
  }),
  gives: [
    { name: 'person', label: { en: 'Who typed it', fr: 'Qui l’a tapée' }, kind: 'person', sample: sample.samplePerson },
    { name: 'channel', label: { en: 'Where', fr: 'Où' }, kind: 'channel', sample: sample.sampleChannel },
    {
      name: 'text',
      label: { en: 'What stands after the command', fr: 'Ce qui suit la commande' },
      kind: 'text',
      sample: 'Where shall we have lunch?',
      maybeEmpty: true,
    },
  ],
  example: { command: 'poll' },
  listens: 'command',
  check: ({ command }) =>
    typeof command !== 'string' || plainName(command) === '' || nameable.test(plainName(command))
      ? []
      : [
          {
            setting: 'command',
            why: { en: `“${command}” cannot be a command.`, fr: `« ${command} » ne peut pas être une commande.` },
            remedy: {
              en: 'Use one word of letters, digits, - and _.',
              fr: 'Utilisez un seul mot fait de lettres, de chiffres, de - et de _.',
            },
          },
        ],
  match: ({ command }, event) =>
    plainName(event.name) === plainName(command) ? { person: event.person, channel: event.channel, text: event.text.trim() } : undefined,
})
