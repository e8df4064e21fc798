/** A person as data holds one: enough to name and to mention them. */
export interface PersonValue {
  id: string
  name: string
  email: string
}

/** A channel as data holds one. */
export interface ChannelValue {
  id: string
  name: string
}

type Holder = Record<string, unknown>

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for a person in data. Told by the e-mail address, which channels and records of other services do not carry beside id and name. */
export function isPerson(value: unknown): value is PersonValue {
  return isHolder(value) && typeof value['id'] === 'string' && typeof value['name'] === 'string' && typeof value['email'] === 'string'
}

/** True for a channel in data: an id and a name and nothing else. */
export function isChannel(value: unknown): value is ChannelValue {
  return isHolder(value) && typeof value['id'] === 'string' && typeof value['name'] === 'string' && Object.keys(value).length === 2
}

/** True for a message that was sent or received: where it is and where people can read it. */
export function isMessage(value: unknown): value is { channel: string; message: string; link: string } {
  return (
    isHolder(value) && typeof value['channel'] === 'string' && typeof value['message'] === 'string' && typeof value['link'] === 'string'
  )
}

/** True for what counts as nothing there: no value, blank text, an empty list or record. `false` and 0 are something. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** A value as people read it in plain text: a person's name, #channel, a message's link, lists with commas, records as `key: value`. */
export function readable(value: unknown): string {
  return write(value, { person: (person) => person.name, text: (text) => text })
}

/**
 * A value as it goes into the formatted text of a message: people are mentioned, and everything else is escaped so that
 * what somebody typed cannot format, link, quote or mention anything.
 */
export function formatted(value: unknown): string {
  return write(value, { person: (person) => (mentionable.test(person.id) ? `<@${person.id}>` : plain(person.name)), text: plain })
}

// Whatever could end the mention early is no id of ours but data from outside that only looks like a person.
const mentionable = /^[\w.:-]+$/

function write(value: unknown, as: { person: (person: PersonValue) => string; text: (text: string) => string }): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value))
    return value
      .map((item) => write(item, as))
      .filter((text) => text !== '')
      .join(', ')
  if (isPerson(value)) return as.person(value)
  if (isChannel(value)) return as.text(`#${value.name.replace(/^#/, '')}`)
  if (isMessage(value)) return as.text(value.link)
  if (isHolder(value))
    return Object.entries(value)
      .map(([key, inner]) => `${as.text(key)}: ${write(inner, as)}`)
      .join(', ')
  return as.text(typeof value === 'string' ? value : JSON.stringify(value))
}

/**
 * Plain text as a message's Markdown: punctuation that could mean something there gets a backslash. Addresses of web
 * pages stay links, with the same punctuation percent-encoded (RFC 3986 §2.1) instead, which means the same to the page.
 */
export function plain(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) => (index % 2 === 1 ? encodeAddress(piece) : escapeMarks(piece)))
    .join('')
}

function encodeAddress(address: string): string {
  return address.replace(/[*~`\\()[\]|!]|_(?![a-z0-9])|(?<![a-z0-9])_/gi, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

function escapeMarks(text: string): string {
  return text
    .replace(/[\\*_~`<>[\]()|!]|(?<![\w.])@/g, '\\$&')
    .replace(/^(\s*)([-+=]|#+\s)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
}
