import type { Draft } from './draft.ts'

/** Everything done to a mission since it was opened, the oldest first. The first one is what was opened; it has no name. */
export interface Past {
  names: readonly string[]
  /** The place of the newest edit that stands; what comes after it was undone. */
  at: number
}

/** What was done to a mission so far, undone edits included. */
export function pastOf(draft: Draft): Past {
  const { pastStates, futureStates } = draft.temporal.getState()
  const named = (state: { doing?: string }) => state.doing ?? ''
  return { names: [...pastStates.map(named), draft.getState().doing, ...futureStates.toReversed().map(named)], at: pastStates.length }
}
