import { createStore, type StoreApi } from 'zustand/vanilla'
import { m } from '#messages'
import { sameMission } from '../../../mission/sameness.ts'
import { wordsOf } from '../../data/trouble.ts'
import { tell } from '../../shell/tell.ts'
import type { Draft } from './draft.ts'
import { keepOnDevice, readKept } from './keeping.ts'
import { mergeDrafts } from './merging.ts'
import { loadMission, newestRev, type OpenMission, saveDraft } from './server.ts'
import { type SavedDraft, type SaveState, type Saving, startSaving } from './saving.ts'

/** Looks this often whether somebody else has saved, while the page is in sight. Milliseconds. */
const lookEvery = 15_000

/** Revisions after `since` up to `rev` that somebody kept their own version over, having seen them. */
export interface Overruling {
  since: number
  rev: number
}

/** Keeps the draft on the page and the draft on the server in step. */
export interface Syncing {
  state: StoreApi<{ save: SaveState }>
  /** Saves what is not saved yet. True when everything is. */
  flush(): Promise<boolean>
  /** The revision that was saved last. */
  rev(): number
  /**
   * Looks whether somebody else has saved, and shows it when nothing of one's own is at stake. With `apart`, an undo takes back this change
   * alone, not with others that were shown before it.
   */
  look(apart?: boolean): Promise<void>
  /** The last time that one's own version was kept over somebody else's. */
  overruling(): Overruling | null
  /** True, once, when something that was saved here is among what somebody kept their own version over. */
  isOverruled(by: Overruling): boolean
  /** Goes on with somebody else's version; undo brings one's own back. */
  take(theirs: SavedDraft): void
  /** Goes on with one's own version; undo brings theirs back. */
  insist(theirs: SavedDraft): void
  start(): () => void
}

/** Prepares to keep a draft in step with the server; `start` begins. */
export function keepInStep(row: OpenMission, userId: string, draft: Draft): Syncing {
  const state = createStore<{ save: SaveState }>()(() => ({ save: { at: 'saved' } }))
  let saving: Saving | undefined
  let { rev } = row
  let overruling: Overruling | null = null
  /** Revisions that were saved here. */
  const own = new Set<number>()
  const nameOf = (theirs: SavedDraft) => theirs.by ?? m.designer_somebody()

  const take = (theirs: SavedDraft, together?: string) => {
    const { readOnly, edit } = draft.getState()
    // Who only reads edits nothing, and sees what others do all the same.
    if (readOnly) draft.setState({ mission: theirs.mission })
    else edit(m.designer_did_take({ name: nameOf(theirs) }), () => theirs.mission, together === undefined ? {} : { together })
    saving?.settle(theirs)
  }
  const look = async (apart = false) => {
    const newest = await newestRev(row.id)
    if (newest === undefined || !saving || newest <= saving.rev() || saving.state().at !== 'saved') return
    const theirs = await loadMission(row.id).catch(() => null)
    // Something may have been drawn while it was on its way: then the next save finds out.
    if (theirs && 'mission' in theirs && theirs.rev > saving.rev() && saving.state().at === 'saved')
      take(theirs, apart ? undefined : `take ${nameOf(theirs)}`)
  }
  /** Changes from an earlier visit that never reached the server. */
  const restore = (started: Saving) => {
    const kept = readKept(row.id, userId)
    if (!kept || draft.getState().readOnly || draft.getState().mission !== row.mission) return
    if (sameMission(kept.mission, row.mission)) started.settle(row)
    else {
      draft.getState().edit(m.designer_did_restore(), () => kept.mission)
      if (kept.rev < row.rev) void started.meet(row, kept)
    }
  }

  return {
    state,
    look,
    take: (theirs) => take(theirs),
    flush: async () => (await saving?.flush()) ?? true,
    rev: () => saving?.rev() ?? rev,
    overruling: () => overruling,
    isOverruled({ since, rev: last }) {
      const lost = [...own].filter((one) => one > since && one <= last)
      lost.forEach((one) => own.delete(one))
      return lost.length > 0
    },
    insist(theirs) {
      if (saving) overruling = { since: saving.rev(), rev: theirs.rev }
      const { mission, edit } = draft.getState()
      edit(m.designer_did_take({ name: nameOf(theirs) }), () => theirs.mission)
      edit(m.designer_did_insist(), () => mission)
      saving?.settle(theirs, mission)
    },
    start() {
      const device = keepOnDevice(row.id, userId)
      const started = startSaving(
        { mission: row.mission, rev },
        {
          async save(mission, from) {
            const outcome = await saveDraft(row.id, mission, from).catch((error: unknown) => ({ refused: wordsOf(error) }))
            if (typeof outcome === 'object' && 'saved' in outcome) own.add(outcome.saved)
            return outcome
          },
          keep: device.keep,
          merge: (base, mine, theirs) => mergeDrafts({ base, mine, theirs: theirs.mission }),
          merged(mission, theirs) {
            draft.getState().edit(m.designer_did_merge({ name: nameOf(theirs) }), () => mission)
            tell(m.designer_merged({ name: nameOf(theirs) }))
          },
          changed: (save) => state.setState({ save }),
          after(milliseconds, callback) {
            const timer = setTimeout(callback, milliseconds)
            return () => clearTimeout(timer)
          },
        },
      )
      saving = started
      const unsubscribe = draft.subscribe((now, before) => {
        if (now.mission !== before.mission) started.note(now.mission)
      })
      restore(started)
      const ended = new AbortController()
      const { signal } = ended
      const see = () => document.visibilityState === 'visible' && void look()
      const timer = setInterval(see, lookEvery)
      addEventListener('focus', see, { signal })
      addEventListener('online', () => void started.flush(), { signal })
      return () => {
        ended.abort()
        clearInterval(timer)
        unsubscribe()
        // Leaving sends what is left; whatever does not arrive stays on this device.
        void started.flush().then(() => {
          rev = started.rev()
          started.close()
          device.stop()
        })
      }
    },
  }
}
