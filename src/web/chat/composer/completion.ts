import type { ChatPerson } from '../people.ts'

/** A command one can type, as the server lists it. */
export interface TypedCommand {
  name: string
  mission: string
  about: string
}

/** What is being typed at the cursor that could be completed. */
export interface Begun {
  kind: 'person' | 'command'
  /** What stands after the sign. */
  words: string
  /** Where the sign stands, and where what was typed so far ends. */
  start: number
  end: number
}

/** The longest name that is looked for, in characters. */
const longest = 40

/** What is being completed at the cursor: a command at the very beginning, a person after an @. */
export function begunAt(text: string, cursor: number): Begun | undefined {
  const before = text.slice(0, cursor)
  const command = /^\/([\p{L}\p{N}_-]*)$/u.exec(before)
  if (command) return { kind: 'command', words: command[1] ?? '', start: 0, end: cursor }
  const person = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_.'’-]*(?: [\p{L}\p{N}_.'’-]*)?)$/u.exec(before)
  const words = person?.[1] ?? ''
  if (!person || words.length > longest) return undefined
  return { kind: 'person', words, start: cursor - words.length - 1, end: cursor }
}

/** How many suggestions are shown at once. */
const mostShown = 8

/** Without accents and case, as people look for names. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** People whose name, or a later part of it, begins with the words. */
export function suggestPeople(people: Iterable<ChatPerson>, words: string): ChatPerson[] {
  const wanted = plain(words)
  const found = [...people].filter((person) => person.here && (wanted === '' || ` ${plain(person.name)}`.includes(` ${wanted}`)))
  return found.sort((one, other) => rank(one, wanted) - rank(other, wanted) || one.name.localeCompare(other.name)).slice(0, mostShown)
}

const rank = (person: ChatPerson, wanted: string) => (plain(person.name).startsWith(wanted) ? 0 : 1)

/** Commands that begin with the words. */
export function suggestCommands(commands: readonly TypedCommand[], words: string): TypedCommand[] {
  const wanted = plain(words)
  return commands.filter(({ name }) => plain(name).startsWith(wanted)).slice(0, mostShown)
}
