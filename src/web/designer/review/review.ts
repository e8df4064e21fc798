import type { StoreApi } from 'zustand/vanilla'
import type { Callable } from '../../../catalogue/callable.ts'
import type { Mission } from '../../../mission/mission.ts'
import type { Problem } from '../../../mission/problems.ts'
import type { Sentence } from '../../../mission/prose.ts'
import type { Language } from '../../../mission/words.ts'
import type { Draft } from '../draft/draft.ts'

/** What the check says about the mission, and the mission as sentences. */
export interface Review {
  /** The document that was looked at; an older one while a newer is being looked at. Undefined before the first answer. */
  of: Mission | undefined
  problems: readonly Problem[]
  sentences: readonly Sentence[]
}

/** The steps that run other missions, as they stand, and what is known of those missions. */
export type Calls = Callable & Pick<Mission, 'steps'>

/** What the worker is asked and what it answers. */
export interface ReviewJob {
  job: number
  mission: Mission
  calls: Calls
  language: Language
}
export interface ReviewAnswer {
  job: number
  problems: Problem[]
  sentences: Sentence[]
}

/** Waits this long for more changes, so that a word typed is looked at once. Milliseconds. */
const quiet = 120

/** Before the first answer. */
export const emptyReview: Review = { of: undefined, problems: [], sentences: [] }

/**
 * Looks through the mission whenever it changes, in a worker, so that checking a large one never makes a keystroke wait. `named` puts
 * names in place of the ids of people before sentences are made, `calls` says what is known of the missions that steps run; `again` looks anew
 * when more of that has become known.
 */
export function startReview({
  draft,
  review,
  language,
  named,
  calls,
}: {
  draft: Draft
  review: StoreApi<Review>
  language: Language
  named(mission: Mission): Mission
  calls(mission: Mission): Calls
}): {
  again(): void
  stop(): void
} {
  const worker = new Worker(new URL('./review.worker.ts', import.meta.url), { type: 'module' })
  let asked: { job: number; mission: Mission } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let jobs = 0
  let stale = true
  const ask = () => {
    const { mission } = draft.getState()
    // One question at a time: whatever changes meanwhile is asked when the answer is there.
    if (asked || (!stale && review.getState().of === mission)) return
    stale = false
    asked = { job: ++jobs, mission }
    const job: ReviewJob = { job: asked.job, mission: named(mission), calls: calls(mission), language }
    worker.postMessage(job)
  }
  worker.addEventListener('message', ({ data }: MessageEvent<ReviewAnswer>) => {
    if (data.job !== asked?.job) return
    // What says the same as before stays the same object: cards with nothing new are not drawn anew.
    const { problems, sentences } = review.getState()
    review.setState({ of: asked.mission, problems: kept(problems, data.problems), sentences: kept(sentences, data.sentences) })
    asked = undefined
    ask()
  })
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, quiet)
  }
  const unsubscribe = draft.subscribe((state, before) => {
    if (state.mission !== before.mission) soon()
  })
  ask()
  return {
    again() {
      stale = true
      soon()
    },
    stop() {
      unsubscribe()
      clearTimeout(timer)
      worker.terminate()
    },
  }
}

/** The newer list with the older objects in it where they say the same; the older list itself when all of them do. */
function kept<One extends { id: string }>(before: readonly One[], after: readonly One[]): readonly One[] {
  const known = new Map(before.map((one) => [one.id, one]))
  const list = after.map((one) => {
    const same = known.get(one.id)
    return same && JSON.stringify(same) === JSON.stringify(one) ? same : one
  })
  return list.length === before.length && list.every((one, at) => one === before[at]) ? before : list
}
