import type { Catalogue } from '../catalogue/catalogue.ts'
import type { EventKind } from '../catalogue/define.ts'
import type { Trigger } from '../mission/mission.ts'
import { isChannel, isPerson } from '../mission/value.ts'
import type { Words } from '../mission/words.ts'
import { attempt, plainText, same } from './particulars.ts'

const somebody: Words = { en: 'Somebody', fr: 'Quelqu’un' }

interface Facts {
  who: Words
  where: Words
  text: string
  data: Record<string, unknown>
}

const phrases: Partial<Record<EventKind, (facts: Facts) => Words>> = {
  command: ({ who, text, data }) => {
    const command = [typeof data['command'] === 'string' ? `/${data['command'].replace(/^\//, '')}` : '', text].filter(Boolean).join(' ')
    return command === ''
      ? { en: `${who.en} used the command`, fr: `${who.fr} a utilisé la commande` }
      : { en: `${who.en} typed “${command}”`, fr: `${who.fr} a tapé «\u00a0${command}\u00a0»` }
  },
  'person-joined-workspace': ({ who }) => ({ en: `${who.en} joined the workspace`, fr: `${who.fr} a rejoint l’espace de travail` }),
  'person-joined-channel': ({ who, where }) => ({ en: `${who.en} joined ${where.en}`, fr: `${who.fr} a rejoint ${where.fr}` }),
  'channel-created': ({ who, where }) => ({ en: `${who.en} created ${where.en}`, fr: `${who.fr} a créé ${where.fr}` }),
  message: ({ who, where, text }) => ({
    en: `${who.en} wrote${quote(text).en} in ${where.en}`,
    fr: `${who.fr} a écrit${quote(text).fr} dans ${where.fr}`,
  }),
  'reaction-added': ({ who, where, data }) => {
    const emoji = typeof data['emoji'] === 'string' ? ` ${data['emoji']}` : ''
    return { en: `${who.en} reacted${emoji} in ${where.en}`, fr: `${who.fr} a réagi${emoji} dans ${where.fr}` }
  },
  schedule: () => ({ en: 'It was time, by the schedule', fr: 'C’était l’heure prévue' }),
  form: () => ({ en: 'The form was filled in', fr: 'Le formulaire a été rempli' }),
  hook: () => ({ en: 'Another program called the web hook', fr: 'Un autre programme a appelé le point d’entrée web' }),
  hand: ({ who }) => ({ en: `${who.en} started it by hand`, fr: `${who.fr} l’a lancée à la main` }),
  called: ({ data }) => {
    const mission = missionIn(data)
    return mission === ''
      ? { en: 'Another mission ran it', fr: 'Une autre mission l’a exécutée' }
      : { en: `The mission “${mission}” ran it`, fr: `La mission «\u00a0${mission}\u00a0» l’a exécutée` }
  },
  'mission-ended': ({ data }) => {
    const mission = missionIn(data)
    return mission === ''
      ? { en: 'Another mission ended', fr: 'Une autre mission s’est terminée' }
      : { en: `The mission “${mission}” ended`, fr: `La mission «\u00a0${mission}\u00a0» s’est terminée` }
  },
}

function missionIn({ mission }: Record<string, unknown>): string {
  return typeof mission === 'object' && mission !== null && 'name' in mission ? String(mission.name) : ''
}

const longest = 80

function quote(text: string): Words {
  if (text === '') return same('')
  const short = text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text
  return { en: ` “${short}”`, fr: ` «\u00a0${short}\u00a0»` }
}

/**
 * What started a run, in words: “Ana joined #general”. `trigger` is the one that fired, as it stands in the version,
 * `data` what it gave. For an item of a list, the item. A kind of trigger that this program does not know goes by its name.
 */
export function causeOf(
  trigger: Pick<Trigger, 'type' | 'name' | 'settings'> | undefined,
  data: Record<string, unknown>,
  catalogue: Pick<Catalogue, 'triggers' | 'kinds'>,
): Words {
  if (trigger && catalogue.kinds.step(trigger.type)?.holds) return itemWords(data)
  const kind = trigger && catalogue.triggers.get(trigger.type)
  const phrase = kind && phrases[kind.listens]
  if (!phrase) return attempt(() => kind?.summary(trigger?.settings ?? {})) ?? same(trigger?.name ?? trigger?.type ?? '–')
  const { person, channel, text } = data
  return phrase({
    who: isPerson(person) ? same(person.name) : somebody,
    where: isChannel(channel) ? same(`#${channel.name.replace(/^#/, '')}`) : { en: 'a channel', fr: 'un canal' },
    text: typeof text === 'string' ? plainText(text.trim(), new Map()) : '',
    data: { ...trigger?.settings, ...data },
  })
}

/** “Item 3 of 12: Ana”. */
function itemWords({ item, position, count }: Record<string, unknown>): Words {
  const named = typeof item === 'object' && item !== null && 'name' in item ? item.name : item
  const text = typeof named === 'string' || typeof named === 'number' ? String(named) : ''
  const short = text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text
  return {
    en: `Item ${String(position)} of ${String(count)}${short === '' ? '' : `: ${short}`}`,
    fr: `Élément ${String(position)} sur ${String(count)}${short === '' ? '' : `\u00a0: ${short}`}`,
  }
}
