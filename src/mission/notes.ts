import { type Mission, missionSchema, type Note } from './mission.ts'
import { isPoint, rowHeight } from './room.ts'

/** So many notes a mission may have. */
const mostNotes = 200

/** What a note begins as, in points of the canvas. */
export const noteSize = { width: 220, height: 120 }

/** A note as somebody writes it; what is not said is as usual. */
export type NewNote = Partial<Omit<Note, 'id' | 'by'>> & { by?: string | undefined }

/** Whether an id is that of a note, not of a card. */
export function isNoteId(id: string): boolean {
  return id.startsWith('note:')
}

/** Puts a note down; it is the last one then. Unchanged when it is no note, or when there are too many. */
export function addNote(mission: Mission, note: NewNote): Mission {
  const { by, ...rest } = note
  const id = freeNoteId(mission.notes ?? [])
  const added: Note = { id, text: '', x: 0, y: 0, colour: 'yellow', ...noteSize, ...rest, ...(by === undefined ? {} : { by }) }
  return withNotes(mission, [...(mission.notes ?? []), added])
}

/** Changes a note: its text, place, size or colour. A `by` that is undefined takes it away from its card. */
export function changeNote(mission: Mission, id: string, change: NewNote): Mission {
  const notes = (mission.notes ?? []).map((note) => {
    if (note.id !== id) return note
    const { by, ...next } = { ...note, ...change }
    const changed: Note = by === undefined ? next : { ...next, by }
    return JSON.stringify(changed) === JSON.stringify(note) ? note : changed
  })
  return notes.every((note, at) => note === mission.notes?.[at]) ? mission : withNotes(mission, notes)
}

/** The mission with these notes, in none at all without a word about notes; the same mission when they are no notes. */
export function withNotes(mission: Mission, notes: readonly Note[]): Mission {
  if (notes.length > mostNotes || !missionSchema.shape.notes.safeParse(notes).success) return mission
  const { notes: _, ...rest } = mission
  return notes.length === 0 ? rest : { ...rest, notes: [...notes] }
}

/** An id that none of these notes has. */
export function freeNoteId(notes: readonly Note[]): string {
  const taken = new Set(notes.map(({ id }) => id))
  for (let number = 1; ; number++) if (!taken.has(`note:${number}`)) return `note:${number}`
}

/**
 * The notes once some cards and notes are gone. Those that lay by a card that is gone lie by the one before it, so much lower as a
 * card is high with its line; where there is none, on the canvas, where they were if the card lay by hand.
 */
export function notesWithout(mission: Mission, gone: ReadonlySet<string>): Mission['notes'] {
  const { notes, links, layout } = mission
  const stays = (note: Note) => !gone.has(note.id) && (note.by === undefined || !gone.has(note.by))
  if (!notes || notes.every(stays)) return notes
  const left = notes.flatMap((note): Note[] => {
    if (gone.has(note.id)) return []
    const { by, ...free } = note
    if (by === undefined || !gone.has(by)) return [note]
    const before = links.find(({ from, to }) => to === by && !gone.has(from))?.from
    if (before !== undefined) return [{ ...free, by: before, y: note.y + rowHeight }]
    const corner = layout[by] ?? { x: 0, y: 0 }
    const at = { x: note.x + corner.x, y: note.y + corner.y }
    return [isPoint(at) ? { ...free, ...at } : free]
  })
  return left.length === 0 ? undefined : left
}
