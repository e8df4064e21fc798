import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Problem } from '../../../mission/problems.ts'
import { say } from '../../../mission/words.ts'
import type { CardFault } from '../canvas/flow.ts'
import { useDraft, useWorkshop } from '../workshop.ts'

/** What is wrong, and on which card it is shown. */
export interface Faults {
  all: readonly Problem[]
  errors: number
  byCard: ReadonlyMap<string, CardFault>
  /** False until the mission has been looked at for the first time. */
  fresh: boolean
  /** Nothing has been drawn yet: that this is no mission is no reproach to anybody. */
  empty: boolean
}

const none: readonly Problem[] = []

/** What the check says about the mission as it was a moment ago. */
export function useFaults(): Faults {
  const { review, language } = useWorkshop()
  const empty = useDraft(({ mission }) => mission.triggers.length + mission.steps.length === 0)
  const found = useStore(review, (state) => state.problems)
  const problems = empty ? none : found
  const fresh = useStore(review, (state) => state.of !== undefined)
  return useMemo(() => {
    const byCard = new Map<string, CardFault>()
    for (const problem of problems) {
      const id = cardOf(problem)
      if (id === undefined) continue
      const known = byCard.get(id)
      const worse = !known || (known.severity === 'warning' && problem.severity === 'error')
      byCard.set(id, {
        words: worse ? say(problem.why, language) : known.words,
        severity: worse ? problem.severity : known.severity,
        count: (known?.count ?? 0) + 1,
      })
    }
    return { all: problems, errors: problems.filter((problem) => problem.severity === 'error').length, byCard, fresh, empty }
  }, [problems, fresh, empty, language])
}

/** True for a problem that is only that something is not filled in yet, on a card that was just added. */
export function isExpected(problem: Problem, settings: Record<string, unknown> | undefined, fresh: readonly string[]): boolean {
  const id = cardOf(problem)
  if (id === undefined || !fresh.includes(id)) return false
  const { setting } = problem.where
  return setting === undefined || settings?.[setting.split('.')[0] ?? ''] === undefined
}

/** The card on which a problem is shown; none for a problem of the mission as a whole. */
export function cardOf({ where }: Problem): string | undefined {
  return where.step ?? where.trigger ?? where.link?.from
}
