import { useDeferredValue, useMemo } from 'react'
import { m } from '#messages'
import type { Mission } from '../../../mission/mission.ts'
import { sameMission } from '../../../mission/sameness.ts'
import { useDraft } from '../workshop.ts'
import { useLiveVersion } from './live.ts'

/** Whether what is drawn is what runs: people take edits for live ones otherwise. */
export function LiveWords() {
  const live = useLiveVersion()
  // Comparing is for an idle moment, not for every letter.
  const mission = useDeferredValue(useDraft((state) => state.mission))
  const readOnly = useDraft((state) => state.readOnly)
  const same = useMemo(
    () => live?.mission !== undefined && sameMission(withoutLayout(live.mission), withoutLayout(mission)),
    [live, mission],
  )
  if (live === undefined) return null
  return <span>{words()}</span>

  function words(): string {
    if (!live) return m.designer_not_live()
    const running = live.under === 0 ? '' : ` ${m.designer_under_way({ count: live.under })}`
    if (same || readOnly) return m.designer_live({ number: live.number }) + running
    return m.designer_live_editing({ number: live.number }) + running
  }
}

/** Where cards lie and what was noted beside them means nothing to a run. */
function withoutLayout({ notes: _, ...mission }: Mission): Mission {
  return { ...mission, layout: {} }
}
