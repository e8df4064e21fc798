import type { Cell, ChannelSetting, Person, PersonSetting, SentMessage, Services } from '../catalogue/services.ts'
import { Misconfigured, Refused } from '../catalogue/trouble.ts'
import type { Message, MessageRef } from '../platforms/message.ts'
import type { ChannelRef } from '../platforms/platform.ts'

/** A message in a pretend world, as it was sent or last changed. */
export interface Said {
  ref: MessageRef
  /** ISO instant of sending. */
  at: string
  to: { person: Person } | { channel: ChannelRef }
  message: Message
  ask?: string
}

/** What happened in a pretend world besides messages. */
export type Done =
  | { what: 'channel-created'; at: string; channel: ChannelRef }
  | { what: 'invited'; at: string; channel: ChannelRef; people: Person[] }
  | { what: 'topic-set'; at: string; channel: ChannelRef; topic: string }
  | { what: 'called'; at: string; method: string; url: string; body?: string }
  | { what: 'mailed'; at: string; to: string[]; subject: string; text: string }
  | { what: 'row-added'; at: string; table: string; row: Record<string, unknown> }

/** A world in which nobody is written to: the ports actions use, and what they did. */
export interface PretendWorld {
  services: Services
  said: Said[]
  done: Done[]
}

/** What the world begins with. */
export interface PretendStart {
  people: readonly Person[]
  channels?: readonly { name: string; members?: readonly string[] }[]
  /** What a called address answers; 200 with an empty record when absent. */
  answers?: (call: { method: string; url: string }) => { status: number; body: unknown } | undefined
  now: () => Date
}

/**
 * Makes a pretend world. It obeys the same rules as the real ports: a repeat with the same key does nothing twice, an
 * unknown person is refused. Channels that are not there are made up, because a rehearsal should not fail for want of one.
 */
export function pretendWorld(start: PretendStart): PretendWorld {
  const said: Said[] = []
  const done: Done[] = []
  const byKey = new Map<string, SentMessage>()
  const channels = new Map<string, { ref: ChannelRef; members: string[] }>()
  const tables = new Map<string, { id: string; values: Record<string, string | number | boolean | null>; added: string; key: string }[]>()
  let counter = 0
  const at = () => start.now().toISOString()

  const openChannel = (name: string, members: readonly string[]): ChannelRef => {
    const ref = { id: `channel-${++counter}`, name }
    channels.set(ref.id, { ref, members: [...members] })
    return ref
  }
  for (const { name, members } of start.channels ?? []) openChannel(name, members ?? start.people.map(({ id }) => id))

  const person = (who: PersonSetting): Person => {
    const text = typeof who === 'string' ? who : who.id
    const plain = text.replace(/^@/, '').toLowerCase()
    const found = start.people.find(({ id, email, name }) => id === text || email.toLowerCase() === plain || name.toLowerCase() === plain)
    if (found) return found
    throw new Refused(
      { en: `Nobody in the rehearsal is called “${text}”.`, fr: `Personne ne s’appelle « ${text} » dans cette répétition.` },
      {
        en: 'Add the person to the rehearsal, or pick somebody else.',
        fr: 'Ajoutez cette personne à la répétition, ou choisissez-en une autre.',
      },
    )
  }
  const channel = (which: ChannelSetting): ChannelRef => {
    const text = (typeof which === 'string' ? which : which.id).replace(/^#/, '')
    const found = channels.get(text) ?? [...channels.values()].find(({ ref }) => ref.name === text)
    return (
      found?.ref ??
      openChannel(
        text,
        start.people.map(({ id }) => id),
      )
    )
  }

  const services: Services = {
    clock: { now: start.now },
    people: {
      find: async (who) => person(who),
      inChannel: async (which) => {
        const members = channels.get(channel(which).id)?.members ?? []
        return start.people.filter(({ id }) => members.includes(id))
      },
    },
    chat: {
      async send({ to, message, key, ask }) {
        const before = byKey.get(key)
        if (before) return before
        const target: Said['to'] = 'person' in to ? { person: person(to.person) } : { channel: channel(to.channel) }
        const place = 'person' in target ? `direct-${target.person.id}` : target.channel.id
        const ref = { channel: place, message: `message-${++counter}` }
        said.push({ ref, at: at(), to: target, message, ...(ask ? { ask } : {}) })
        const sent = { ...ref, link: `pretend:${ref.message}` }
        byKey.set(key, sent)
        return sent
      },
      async edit({ ref, message }) {
        const found = said.find((one) => one.ref.message === ref.message)
        if (found) found.message = message
      },
      findChannel: async (which) => channel(which),
      async createChannel({ name, key }) {
        const before = byKey.get(key)
        if (before) return channel(before.channel)
        const taken = [...channels.values()].some(({ ref }) => ref.name === name)
        if (taken)
          throw new Refused(
            { en: `There is already a channel called ${name}.`, fr: `Il existe déjà un canal nommé ${name}.` },
            { en: 'Give it another name.', fr: 'Donnez-lui un autre nom.' },
          )
        const made = openChannel(name, [])
        byKey.set(key, { channel: made.id, message: '', link: '' })
        done.push({ what: 'channel-created', at: at(), channel: made })
        return made
      },
      async invite({ channel: into, people }) {
        const ref = channel(into)
        const invited = people.map(person)
        const members = channels.get(ref.id)?.members ?? []
        for (const { id } of invited) if (!members.includes(id)) members.push(id)
        done.push({ what: 'invited', at: at(), channel: ref, people: invited })
        return { channel: ref, people: invited }
      },
      async setTopic({ channel: of, topic }) {
        const ref = channel(of)
        done.push({ what: 'topic-set', at: at(), channel: ref, topic })
        return { channel: ref }
      },
    },
    http: {
      async call({ method, url, body }) {
        if (!URL.canParse(url))
          throw new Misconfigured(
            { en: 'This is not a web address that can be called.', fr: 'Ce n’est pas une adresse web que l’on peut appeler.' },
            { en: 'Give an address that begins with https://.', fr: 'Indiquez une adresse qui commence par https://.' },
          )
        done.push({ what: 'called', at: at(), method, url, ...(body === undefined ? {} : { body }) })
        return start.answers?.({ method, url }) ?? { status: 200, body: {} }
      },
    },
    mail: {
      async send({ to, subject, text }) {
        done.push({ what: 'mailed', at: at(), to, subject, text })
        return { id: `mail-${++counter}` }
      },
    },
    tables: {
      async add({ table, row, key }) {
        const rows = tables.get(table) ?? []
        tables.set(table, rows)
        const before = rows.find((one) => one.key === key)
        if (before) return { id: before.id }
        const id = `row-${++counter}`
        rows.push({ id, values: row, added: at(), key })
        done.push({ what: 'row-added', at: at(), table, row })
        return { id }
      },
      async find({ table, where, limit }) {
        const text = (value: Cell | undefined) => String(value ?? '').toLowerCase()
        return (tables.get(table) ?? [])
          .filter(({ values }) => Object.entries(where).every(([column, value]) => text(values[column]) === text(value)))
          .toReversed()
          .slice(0, limit)
          .map(({ id, values, added }) => ({ id, values, added }))
      },
    },
  }
  return { services, said, done }
}
