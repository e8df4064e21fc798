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
  /** Somebody else saved a newer version; nothing is sent until a person has chosen. `base`: the document that both began from, if it is known. */
  | { at: 'conflict'; theirs: SavedDraft; base?: Mission }
  | { at: 'refused'; why: string }

/** Changes that are not saved yet, as they are kept on a device. */
export interface Unsaved {
  mission: Mission
  /** The revision they were made on. */
  rev: number
  /** The document of that revision; absent when it is not known. */
  base?: Mission
}

/** What saving needs of the world. */
export interface SavingPorts {
  save(mission: Mission, rev: number): Promise<SaveOutcome>
  /** Keeps what is not saved yet on this device, or forgets it. */
  keep(unsaved: Unsaved | undefined): void
  /** Merges both into one where that needs no person; undefined where it does. */
  merge(base: Mission, mine: Mission, theirs: SavedDraft): Promise<Mission | undefined>
  /** Both were merged: the page is to show it. */
  merged(mission: Mission, theirs: SavedDraft): void
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
  /** Somebody else is known to have saved a newer version than the one that these changes were made on. */
  meet(theirs: SavedDraft, mine: Unsaved): Promise<void>
  /** Goes on from another revision: with what is saved there, or with a document that replaces it. */
  settle(saved: SavedDraft, replacing?: Mission): void
  /** The number of the revision that was saved last. */
  rev(): number
  state(): SaveState
  /** Nothing is saved any more after this; what is unsaved stays kept on this device. */
  close(): void
}

/** A merge that could not be tried (its program did not load, say) is for a person to make. */
function noMerge(error: unknown): undefined {
  console.warn('Changes could not be merged.', error)
}

/** Begins saving from a revision of the server's. */
export function startSaving(begun: SavedDraft, ports: SavingPorts): Saving {
  let { rev } = begun
  let base: Mission | undefined = begun.mission
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
  const keep = (mission: Mission) => ports.keep({ mission, rev, ...(base ? { base } : {}) })
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
    sending = ports.save(mission, rev).then(async (outcome) => {
      if (!closed && typeof outcome === 'object' && 'newer' in outcome) await meet(outcome.newer, mission)
      sending = undefined
      if (!closed) settleOutcome(mission, outcome)
    })
    return sending
  }
  /** Merges with what somebody else has saved, or leaves the choice to a person. */
  const meet = async (theirs: SavedDraft, mission: Mission) => {
    for (;;) {
      waiting ??= mission
      const mine = waiting
      keep(mine)
      const both = base && (await ports.merge(base, mine, theirs).catch(noMerge))
      if (closed) return
      // Something may have been drawn meanwhile.
      if (both && waiting !== mine) continue
      if (both) {
        ports.merged(both, theirs)
        settle(theirs, both)
      } else become({ at: 'conflict', theirs, ...(base ? { base } : {}) })
      return
    }
  }
  const settle = (saved: SavedDraft, replacing?: Mission) => {
    cancelTimer?.()
    rev = saved.rev
    base = saved.mission
    waiting = replacing
    if (replacing) keep(replacing)
    else ports.keep(undefined)
    become(replacing ? { at: 'unsaved' } : { at: 'saved' })
    if (replacing) schedule(0)
  }
  const settleOutcome = (mission: Mission, outcome: SaveOutcome) => {
    if (typeof outcome === 'object' && 'newer' in outcome) return
    if (typeof outcome === 'object' && 'saved' in outcome) {
      rev = outcome.saved
      base = mission
      failures = 0
      if (waiting) {
        keep(waiting)
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
    keep(waiting)
    if (outcome === 'unreachable') {
      become({ at: 'offline' })
      schedule(againAfter[Math.min(failures, againAfter.length - 1)] ?? 15_000)
      failures += 1
    } else become({ at: 'refused', why: outcome.refused })
  }

  return {
    note(mission) {
      waiting = mission
      keep(mission)
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
    async meet(theirs, mine) {
      cancelTimer?.()
      ;({ rev, base } = { base: undefined, ...mine })
      waiting = mine.mission
      await (sending = meet(theirs, mine.mission).then(() => (sending = undefined)))
    },
    settle,
    rev: () => rev,
    state: () => state,
    close() {
      closed = true
      cancelTimer?.()
    },
  }
}
