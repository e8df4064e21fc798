import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { isNoteId } from '../../../mission/notes.ts'
import { type Language, say } from '../../../mission/words.ts'
import type { Draft } from './draft.ts'

/** What the open mission's cards are called. */
export interface Naming {
  /** One card: its own name, or else what its kind is called. */
  title(id: string): string
  /** The name of one card, the number of several. */
  titles(ids: readonly string[]): string
}

/** Names the cards of a draft as it is at the moment of asking. */
export function nameCards(draft: Draft, language: Language): Naming {
  const title = (id: string): string => {
    const { mission } = draft.getState()
    if (isNoteId(id)) return m.designer_note()
    const [trigger, step] = [mission.triggers.find((one) => one.id === id), mission.steps.find((one) => one.id === id)]
    const kind = (trigger && catalogue.triggers.get(trigger.type)) ?? (step && catalogue.actions.get(step.type))
    return (trigger ?? step)?.name ?? (kind ? say(kind.title, language) : id)
  }
  return {
    title,
    titles: (ids) => (ids.length === 1 && ids[0] !== undefined ? title(ids[0]) : m.designer_count_steps({ count: ids.length })),
  }
}
