import { m } from '#messages'
import * as edit from '../../../mission/edit.ts'
import type { Note, Point } from '../../../mission/mission.ts'
import { type NewNote, noteSize } from '../../../mission/notes.ts'
import { columnWidth, findFree } from '../../../mission/room.ts'
import { type Desk, show } from '../desk.ts'
import { cardIds, cornerOf, lieBy } from '../notes/lying.ts'
import type { Draft } from './draft.ts'

/** Writing notes beside the mission. */
export interface NotingCommands {
  /** Puts a note beside a card, the one that is chosen unless said, or else where one looks, and begins to write it. It covers nothing. */
  addNote(beside?: string): void
  /** Changes a note. What is typed or nudged in a row is undone together. */
  changeNote(id: string, change: NewNote): void
  /** Lays notes at corners of the canvas, each by the card that is nearest. */
  layNotes(corners: Readonly<Record<string, Point>>): void
}

/** The commands about notes. `corners` says where the cards lie, `middle` what one looks at. */
export function notingCommands({
  draft,
  desk,
  corners,
  middle: inSight,
}: {
  draft: Draft
  desk: Desk
  corners(): Readonly<Record<string, Point>>
  middle(): Point | undefined
}): NotingCommands {
  const { edit: apply } = draft.getState()
  const free = (beside: string | undefined): NewNote => {
    const { mission, selection } = draft.getState()
    const cards = cardIds(mission)
    const places = corners()
    const noted = (mission.notes ?? []).map((note) => [note.id, cornerOf(note, places, cards)] as const)
    const taken = Object.fromEntries([...Object.entries(places), ...noted].flatMap(([id, point]) => (point ? [[id, point]] : [])))
    const chosen = [beside, ...selection.toReversed()].find((id) => id !== undefined && cards.has(id))
    const [by] = chosen === undefined ? cards : [chosen]
    const middle = chosen === undefined ? inSight() : undefined
    const card = by === undefined ? undefined : places[by]
    if (middle)
      return lieBy(findFree(taken, { x: middle.x - noteSize.width / 2, y: middle.y - noteSize.height / 2 }), noteSize, places, cards)
    if (by === undefined || !card) return by === undefined ? {} : { by, x: columnWidth, y: 0 }
    return { by, x: Math.round(findFree(taken, { x: card.x + columnWidth, y: card.y }).x - card.x), y: 0 }
  }
  return {
    addNote(beside) {
      const { mission } = draft.getState()
      const after = edit.addNote(mission, free(beside))
      const added = after.notes?.at(-1)?.id
      if (added === undefined || !apply(m.designer_did_note(), () => after, { select: [added] })) return
      desk.setState({ writing: added, side: 'settings', line: undefined, adding: undefined })
      show(desk, added)
    },
    changeNote(id, change) {
      const what = Object.keys(change).join()
      apply(m.designer_did_change_note(), (mission) => edit.changeNote(mission, id, change), { together: `${id} ${what}` })
    },
    layNotes(points) {
      apply(m.designer_did_change_note(), (mission) =>
        Object.entries(points).reduce((changed, [id, point]) => {
          const note: Note | undefined = changed.notes?.find((one) => one.id === id)
          return note ? edit.changeNote(changed, id, lieBy(point, note, corners(), cardIds(changed))) : changed
        }, mission),
      )
    },
  }
}
