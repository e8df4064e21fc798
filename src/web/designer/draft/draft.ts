import { temporal, type TemporalState } from 'zundo'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Mission } from '../../../mission/mission.ts'

/** What undo brings back: the document and what the newest edit did, in the reader's words. */
interface Kept {
  mission: Mission
  /** What made the mission what it is now ("Added Say hello"); empty for what was opened. */
  doing: string
}

/** How an edit is done. */
export interface EditOptions {
  /** Edits in a row under one name (letters typed into one setting) are undone together. */
  together?: string
  /** The cards selected afterwards. */
  select?: readonly string[]
}

/** The mission being drawn and what of it is selected. */
export interface DraftState extends Kept {
  selection: readonly string[]
  /** Everything drawn, told or saved: nobody may change it when true. */
  readOnly: boolean
  /** Says what was done, for screen readers; counts so that the same text twice is told twice. */
  told: { text: string; count: number }
  /** How often one went back or forth in what was done. Tells an undone edit from a new one. */
  travels: number
  /** Applies an edit and names it. An edit that changes nothing is not kept. Returns whether anything changed. */
  edit(doing: string, change: (mission: Mission) => Mission, options?: EditOptions): boolean
  select(ids: readonly string[]): void
  /** Says something without changing anything. */
  tell(text: string): void
  undo(): void
  redo(): void
  /** Goes back or forward to the state after an edit, by its place among all of them: 0 is the oldest one kept. */
  goTo(place: number): void
}

/** The store of one open mission. `temporal` holds the past and the future. */
export type Draft = StoreApi<DraftState> & { temporal: StoreApi<TemporalState<Kept>> }

/** Edits under one name further apart than this are undone one by one. Milliseconds. */
const togetherWithin = 3_000
/** How many edits can be undone. Documents share what did not change, so this costs little. */
const deepestPast = 500

/** What a draft says when one goes back and forth in what was done, and its clock in milliseconds. */
export interface DraftOptions {
  readOnly: boolean
  undone(what: string): string
  redone(what: string): string
  /** Several edits back or forth, to the one of this name; without a name, to what was opened. */
  wentTo(what: string): string
  now?: () => number
}

/** Opens a mission for drawing. */
export function openDraft(mission: Mission, options: DraftOptions): Draft {
  const now = options.now ?? (() => performance.now())
  let row: { name: string; at: number } | undefined
  const draft: Draft = createStore<DraftState>()(
    temporal(
      (set, get) => ({
        mission,
        doing: '',
        selection: [],
        readOnly: options.readOnly,
        told: { text: '', count: 0 },
        travels: 0,
        edit(doing, change, how = {}) {
          if (get().readOnly) return false
          const before = get().mission
          const after = change(before)
          if (after === before) return false
          const joins = how.together !== undefined && row?.name === how.together && now() - row.at < togetherWithin
          row = how.together === undefined ? undefined : { name: how.together, at: now() }
          const selection = how.select ?? existing(get().selection, after)
          const { temporal: history } = draft
          // A pause keeps the first state of a row as the one that undo returns to.
          if (joins) history.getState().pause()
          set({
            mission: after,
            doing,
            selection,
            told: how.together === undefined ? { text: doing, count: get().told.count + 1 } : get().told,
          })
          if (joins) history.getState().resume()
          return true
        },
        select: (ids) => set({ selection: ids }),
        tell: (text) => set({ told: { text, count: get().told.count + 1 } }),
        undo: () => travel(-1),
        redo: () => travel(1),
        goTo: (place) => travel(place - draft.temporal.getState().pastStates.length),
      }),
      {
        partialize: (state): Kept => ({ mission: state.mission, doing: state.doing }),
        equality: (past, current) => past.mission === current.mission,
        limit: deepestPast,
      },
    ),
  )

  /** Undoes (below 0) or redoes so many edits. */
  function travel(by: number): void {
    const { pastStates, futureStates, undo, redo } = draft.temporal.getState()
    const state = draft.getState()
    if (state.readOnly || by === 0 || (by < 0 ? pastStates : futureStates).length < Math.abs(by)) return
    row = undefined
    if (by < 0) undo(-by)
    else redo(by)
    const now = draft.getState()
    const text = by === -1 ? options.undone(state.doing) : by === 1 ? options.redone(now.doing) : options.wentTo(now.doing)
    draft.setState({ selection: existing(now.selection, now.mission), told: { text, count: now.told.count + 1 }, travels: now.travels + 1 })
  }

  return draft
}

function existing(ids: readonly string[], mission: Mission): readonly string[] {
  if (ids.length === 0) return ids
  const known = new Set([...mission.triggers, ...mission.steps, ...(mission.notes ?? [])].map((node) => node.id))
  return ids.every((id) => known.has(id)) ? ids : ids.filter((id) => known.has(id))
}
