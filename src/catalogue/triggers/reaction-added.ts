import { z } from 'zod'
import { defineTrigger, meansChannel, readableChannel, sample, sentence, setting } from '../define.ts'

export default defineTrigger({
  type: 'reaction-added',
  title: { en: 'A reaction is added', fr: 'Une réaction est ajoutée' },
  icon: 'mood-plus',
  about: { en: 'Somebody marks a message with an emoji.', fr: 'Quelqu’un marque un message d’un emoji.' },
  also: { en: 'emoji thumbs', fr: 'émoji pouce' },
  summary: ({ emoji, channel }) => {
    const sign = typeof emoji === 'string' && emoji !== '' ? emoji : undefined
    const place = readableChannel(channel)
    return sentence(
      `When someone reacts${sign ? ` with ${sign}` : ''}${channel ? ` in ${place.en}` : ''}`,
      `Quand quelqu’un réagit${sign ? ` avec ${sign}` : ''}${channel ? ` dans ${place.fr}` : ''}`,
    )
  },
  settings: z.object({
    emoji: setting.line({
      label: { en: 'Emoji', fr: 'Emoji' },
      help: { en: 'The sign itself, or its name in the chat.', fr: 'Le signe lui-même, ou son nom dans la discussion.' },
      placeholder: { en: ':eyes:', fr: ':eyes:' },
    }),
    channel: setting
      .channel({ label: { en: 'Only in', fr: 'Seulement dans' }, help: { en: 'Empty: everywhere.', fr: 'Vide : partout.' } })
      .optional(),
  }),
  gives: [
    { name: 'emoji', label: { en: 'The emoji', fr: 'L’emoji' }, kind: 'text', sample: 'eyes' },
    {
      name: 'text',
      label: { en: 'The message’s text', fr: 'Le texte du message' },
      kind: 'text',
      sample: 'The printer has an incident again.',
      maybeEmpty: true,
    },
    { name: 'person', label: { en: 'Who reacted', fr: 'Qui a réagi' }, kind: 'person', sample: sample.samplePerson },
    { name: 'channel', label: { en: 'Where', fr: 'Où' }, kind: 'channel', sample: sample.sampleChannel },
    { name: 'message', label: { en: 'The message', fr: 'Le message' }, kind: 'message', sample: sample.sampleMessage },
  ],
  example: { emoji: 'eyes', channel: 'support' },
  listens: 'reaction-added',
  match: ({ emoji, channel }, { emoji: added, person, channel: place, message: { text, ...message } }) =>
    plainEmoji(emoji) === plainEmoji(added) && meansChannel(channel, place)
      ? { emoji: added, text, person, channel: place, message }
      : undefined,
})

/** An emoji without what does not matter: colons, skin tones and the mark that asks for colour. */
function plainEmoji(written: string): string {
  const name = written
    .trim()
    .replace(/::skin-tone-\d:?$/, '')
    .replace(/^:|:$/g, '')
    .replace(/\p{Emoji_Modifier}|\uFE0F/gu, '')
    .toLowerCase()
  return synonyms[name] ?? name
}

/** The few emoji that chats call differently, by the sign. */
const synonyms: Record<string, string> = {
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
  eyes: '👀',
  white_check_mark: '✅',
  heart: '❤',
  tada: '🎉',
  raised_hands: '🙌',
  fire: '🔥',
  rocket: '🚀',
  warning: '⚠',
  question: '❓',
  pushpin: '📌',
  bulb: '💡',
}
