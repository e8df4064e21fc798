import { z } from 'zod'
import { defineAction, readableChannel, readablePeople, sample, sentence, setting, need } from '../define.ts'

export default defineAction({
  type: 'invite-people',
  title: { en: 'Invite people', fr: 'Inviter des personnes' },
  icon: 'user-plus',
  group: 'channels',
  about: { en: 'Brings people into a channel.', fr: 'Fait entrer des personnes dans un canal.' },
  also: { en: 'add member bring', fr: 'ajouter membre' },
  summary: ({ channel, people }) => {
    const who = readablePeople(people)
    const place = readableChannel(channel)
    return sentence(`Invite ${who.en} to ${place.en}`, `Inviter ${who.fr} dans ${place.fr}`)
  },
  settings: z.object({
    channel: setting.channel({
      label: { en: 'Channel', fr: 'Canal' },
      help: { en: 'The channel into which they come.', fr: 'Le canal où elles arrivent.' },
    }),
    people: setting.people({
      label: { en: 'People', fr: 'Personnes' },
      help: { en: 'Who is brought into the channel.', fr: 'Les personnes à faire entrer dans le canal.' },
    }),
  }),
  gives: [
    { name: 'channel', label: { en: 'The channel', fr: 'Le canal' }, kind: 'channel', sample: sample.sampleChannel },
    { name: 'people', label: { en: 'Who was invited', fr: 'Qui a été invité' }, kind: 'people', sample: [sample.samplePerson] },
  ],
  exits: [{ name: 'done', label: { en: 'Invited', fr: 'Invité' } }],
  needs: () => [need.channels],
  example: { channel: 'general', people: ['ana@example.com'] },
  effect: 'world',
  repeat: 'Whoever is in the channel already stays there; nobody is invited twice.',
  async run({ settings, services }) {
    const found = await Promise.all(setting.listPeople(settings.people).map((who) => services.people.find(who)))
    // The manager may be the buddy too.
    const people = [...new Map(found.map((person) => [person.id, person])).values()]
    const invited = await services.chat.invite({ channel: settings.channel, people })
    return { exit: 'done', data: { channel: invited.channel, people: invited.people } }
  },
})
