import { z } from 'zod'
import { defineTrigger, listed, meansChannel, quoted, readableChannel, sample, sentence, setting } from '../define.ts'

export default defineTrigger({
  type: 'message-contains',
  title: { en: 'A message contains words', fr: 'Un message contient des mots' },
  icon: 'message-search',
  about: { en: 'Somebody writes one of the words you watch for.', fr: 'Quelqu’un écrit l’un des mots que vous guettez.' },
  also: { en: 'keyword text', fr: 'mot-clé texte' },
  summary: ({ words, channel }) => {
    const something = { en: 'certain words', fr: 'certains mots' }
    const all =
      Array.isArray(words) && words.length > 0
        ? listed(
            words.map((word) => quoted(word, something)),
            { en: 'or', fr: 'ou' },
          )
        : something
    const place = readableChannel(channel)
    return channel
      ? sentence(`When a message in ${place.en} contains ${all.en}`, `Quand un message dans ${place.fr} contient ${all.fr}`)
      : sentence(`When a message contains ${all.en}`, `Quand un message contient ${all.fr}`)
  },
  settings: z.object({
    words: setting.choices({
      label: { en: 'Words', fr: 'Mots' },
      help: {
        en: 'One of them is enough. Whole words; capitals do not matter.',
        fr: 'Un seul suffit. Mots entiers ; majuscules et minuscules se valent.',
      },
    }),
    channel: setting
      .channel({ label: { en: 'Only in', fr: 'Seulement dans' }, help: { en: 'Empty: everywhere.', fr: 'Vide : partout.' } })
      .optional(),
  }),
  gives: [
    { name: 'text', label: { en: 'The text', fr: 'Le texte' }, kind: 'text', sample: 'The printer has an incident again.' },
    { name: 'person', label: { en: 'Who wrote it', fr: 'Qui l’a écrit' }, kind: 'person', sample: sample.samplePerson },
    { name: 'channel', label: { en: 'Where', fr: 'Où' }, kind: 'channel', sample: sample.sampleChannel },
    { name: 'message', label: { en: 'The message', fr: 'Le message' }, kind: 'message', sample: sample.sampleMessage },
  ],
  example: { words: ['incident', 'outage'], channel: 'support' },
  listens: 'message',
  match: ({ words, channel }, event) =>
    meansChannel(channel, event.channel) && words.some((word) => contains(event.text, word))
      ? { text: event.text, person: event.person, channel: event.channel, message: event.message }
      : undefined,
})

/** True when a text contains a word or phrase as a whole, whatever the capitals and however many blanks lie between. */
function contains(text: string, phrase: string): boolean {
  const words = fold(phrase)
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // A border is wanted only beside a letter or digit: “C++” ends by itself.
  const pattern = `(?<![\\p{L}\\p{N}_])${words.join('\\s+')}(?![\\p{L}\\p{N}_])`
  return words.join('') !== '' && new RegExp(pattern, 'u').test(fold(text))
}

const fold = (text: string) => text.normalize('NFC').trim().toLowerCase().replaceAll('’', "'")
