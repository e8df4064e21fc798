import type { Mission } from '../../../mission/mission.ts'

/** A draft as the server keeps it. */
export interface SavedDraft {
  mission: Mission
  rev: number
  /** Who saved it last, by name, and when (ISO); absent when nobody knows. */
  by?: string
  at?: string
}

/** What a save came to. */
export type SaveOutcome =
  | { saved: number }
  /** Somebody else saved meanwhile. */
  | { newer: SavedDraft }
  /** Nobody answered: try again later. */
  | 'unreachable'
  /** The server said no, and will again. */
  | { refused: string }

/** Where the draft stands. */
export type SaveState =
  | { at: 'saved' }
  | { at: 'unsaved' }
  | { at: 'saving' }
  /** Kept on this device, sent as soon as the server answers again. */
  | { at: 'offline' }
  /** Somebody else saved a newer version; nothing is sent until a person has chosen. */
  | { at: 'conflict'; theirs: SavedDraft }
  | { at: 'refused'; why: string }

/** What saving needs of the world. */
export interface SavingPorts {
  save(mission: Mission, rev: number): Promise<SaveOutcome>
  /** Keeps what is not saved yet on this device, or forgets it. */
  keep(unsaved: { mission: Mission; rev: number } | undefined): void
  changed(state: SaveState): void
  /** Calls back later; returns how to take that back. */
  after(milliseconds: number, callback: () => void): () => void
}

/** Waits this long for more changes, so that a word typed is one save. Together with the save itself within a second. */
const quiet = 500
const againAfter = [1_000, 2_000, 5_000, 10_000, 15_000] as const

/** Saves a draft by itself, never over something that its owner has not seen. */
export interface Saving {
  /** The draft has changed. */
  note(mission: Mission): void
  /** Saves what is not saved yet now. True when everything is saved. */
  flush(): Promise<boolean>
  /** Somebody else is known to have saved a newer version than this one. */
  conflict(theirs: SavedDraft, mission: Mission): void
  /** Goes on from another revision: with what is saved there, or with a document that replaces it. */
  settle(rev: number, replacing?: Mission): void
  /** The number of the revision that was saved last. */
  rev(): number
  state(): SaveState
  /** Nothing is saved any more after this; what is unsaved stays kept on this device. */
  close(): void
}

/** Begins saving from a revision of the server's. */
export function startSaving(begun: { rev: number }, ports: SavingPorts): Saving {
  let { rev } = begun
  let state: SaveState = { at: 'saved' }
  let waiting: Mission | undefined
  let sending: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined
  let failures = 0
  let closed = false

  const become = (next: SaveState) => {
    state = next
    ports.changed(next)
  }
  const schedule = (milliseconds: number) => {
    cancelTimer?.()
    cancelTimer = ports.after(milliseconds, () => void send())
  }
  const send = async (): Promise<void> => {
    cancelTimer?.()
    cancelTimer = undefined
    if (sending) return sending
    if (!waiting || closed || state.at === 'conflict') return
    const mission = waiting
    waiting = undefined
    if (state.at !== 'offline') become({ at: 'saving' })
    sending = ports.save(mission, rev).then((outcome) => {
      sending = undefined
      if (closed) return
      settleOutcome(mission, outcome)
    })
    return sending
  }
  const settleOutcome = (mission: Mission, outcome: SaveOutcome) => {
    if (typeof outcome === 'object' && 'saved' in outcome) {
      rev = outcome.saved
      failures = 0
      if (waiting) {
        ports.keep({ mission: waiting, rev })
        become({ at: 'unsaved' })
        schedule(quiet)
        return
      }
      ports.keep(undefined)
      become({ at: 'saved' })
      return
    }
    // What could not be sent is still the newest, unless there are newer changes already.
    waiting ??= mission
    ports.keep({ mission: waiting, rev })
    if (outcome === 'unreachable') {
      become({ at: 'offline' })
      schedule(againAfter[Math.min(failures, againAfter.length - 1)] ?? 15_000)
      failures += 1
    } else if ('newer' in outcome) become({ at: 'conflict', theirs: outcome.newer })
    else become({ at: 'refused', why: outcome.refused })
  }

  return {
    note(mission) {
      waiting = mission
      ports.keep({ mission, rev })
      if (state.at === 'conflict' || state.at === 'offline') return
      if (!sending) become({ at: 'unsaved' })
      schedule(quiet)
    },
    async flush() {
      while ((waiting || sending) && state.at !== 'conflict') {
        await send()
        if (state.at === 'offline' || state.at === 'refused') break
      }
      return state.at === 'saved'
    },
    conflict(theirs, mission) {
      cancelTimer?.()
      waiting = mission
      ports.keep({ mission, rev })
      become({ at: 'conflict', theirs })
    },
    settle(newer, replacing) {
      cancelTimer?.()
      rev = newer
      waiting = replacing
      ports.keep(replacing && { mission: replacing, rev })
      become(replacing ? { at: 'unsaved' } : { at: 'saved' })
      if (replacing) schedule(0)
    },
    rev: () => rev,
    state: () => state,
    close() {
      closed = true
      cancelTimer?.()
    },
  }
}
