import { api } from '../../data/api.ts'
import { tellTrouble } from '../../shell/tell.ts'
import type { ChatMessage, Reaction } from './message.ts'
import type { Talk } from './talk.ts'

/** A message's reactions after somebody added or removed one. */
export function withReaction(reactions: readonly Reaction[], emoji: string, person: string, on: boolean): Reaction[] {
  const known = reactions.some((one) => one.emoji === emoji)
  const all = known || !on ? reactions : [...reactions, { emoji, people: [] }]
  return all
    .map((one) => {
      if (one.emoji !== emoji) return one
      const others = one.people.filter((id) => id !== person)
      return { emoji, people: on ? [...others, person] : others }
    })
    .filter((one) => one.people.length > 0)
}

/** Adds or removes one's reaction: at once on the screen, then on the server, whose word counts in the end. */
export async function react(talk: Talk, message: ChatMessage, emoji: string): Promise<void> {
  const on = !message.reactions.some((one) => one.emoji === emoji && one.people.includes(talk.me))
  const foresee = (way: boolean) =>
    talk.stream.foresee(message.id, (now) => ({ ...now, reactions: withReaction(now.reactions, emoji, talk.me, way) }))
  foresee(on)
  try {
    await api(`/api/chat/messages/${message.id}/react`, { emoji, on })
    await talk.stream.catchUp()
  } catch (error) {
    foresee(!on)
    tellTrouble(error)
  }
}
