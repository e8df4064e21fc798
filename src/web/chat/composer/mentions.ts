import type { Directory } from '../people.ts'

/** How a mention is kept: `<@person-id>`. */
const kept = /<@([0-9a-f-]{36})>/g

/** A character that may stand before or after a name that is mentioned. */
const wordly = /[\p{L}\p{N}_]/u

/** What somebody typed, with `@Ana Silva` as it is kept. The longest name that fits is meant; a name nobody has stays text. */
export function keepMentions(typed: string, people: Directory): string {
  const here = [...people.values()].filter((person) => person.here).sort((one, other) => other.name.length - one.name.length)
  let text = ''
  for (let at = 0; at < typed.length;) {
    const person = typed[at] === '@' && !wordly.test(typed[at - 1] ?? '') ? here.find(({ name }) => stands(typed, at + 1, name)) : undefined
    text += person ? `<@${person.id}>` : typed[at]
    at += person ? person.name.length + 1 : 1
  }
  return text
}

function stands(text: string, at: number, name: string): boolean {
  return text.slice(at, at + name.length).toLocaleLowerCase() === name.toLocaleLowerCase() && !wordly.test(text[at + name.length] ?? '')
}

/** A kept text as one types it, to change it. */
export function typeMentions(text: string, people: Directory): string {
  return text.replace(kept, (mention, id: string) => {
    const name = people.get(id)?.name
    return name ? `@${name}` : mention
  })
}
