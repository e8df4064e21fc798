import { m } from '#messages'
import * as edit from '../../../mission/edit.ts'
import type { Note, Point } from '../../../mission/mission.ts'
import { type NewNote, noteSize } from '../../../mission/notes.ts'
import { cardSize } from '../canvas/scene.ts'
import type { Desk } from '../desk.ts'
import { cardIds, lieBy } from '../notes/lying.ts'
import type { Draft } from './draft.ts'

/** Writing notes beside the mission. */
export interface NotingCommands {
  /** Puts a note beside the card that is chosen, or else where one looks, and begins to write it. */
  addNote(): void
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
  middle,
}: {
  draft: Draft
  desk: Desk
  corners(): Readonly<Record<string, Point>>
  middle(): Point | undefined
}): NotingCommands {
  const { edit: apply } = draft.getState()
  const free = (): NewNote => {
    const { mission, selection } = draft.getState()
    const cards = cardIds(mission)
    const chosen = selection.findLast((id) => cards.has(id))
    const beside = cardSize.width + 32
    if (chosen !== undefined) return { by: chosen, x: beside, y: 0 }
    const at = middle()
    const [first] = cards
    if (!at) return first === undefined ? {} : { by: first, x: beside, y: 0 }
    const { by, x, y } = lieBy({ x: at.x - noteSize.width / 2, y: at.y - noteSize.height / 2 }, noteSize, corners(), cards)
    return { x, y, ...(by === undefined ? {} : { by }) }
  }
  return {
    addNote() {
      const { mission } = draft.getState()
      const after = edit.addNote(mission, free())
      const added = after.notes?.at(-1)?.id
      if (added === undefined || !apply(m.designer_did_note(), () => after, { select: [added] })) return
      desk.setState({ writing: added, side: 'settings', line: undefined, adding: undefined })
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
