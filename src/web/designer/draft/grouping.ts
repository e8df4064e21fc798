import { m } from '#messages'
import * as edit from '../../../mission/edit.ts'
import type { Mission } from '../../../mission/mission.ts'
import { readSection } from '../../../mission/section.ts'
import type { Desk } from '../desk.ts'
import type { Draft } from './draft.ts'
import type { Naming } from './naming.ts'

/** Putting chosen steps together. */
export interface GroupingCommands {
  /** Puts a step that runs them in the place of steps that became a mission of their own. False when they are no section any more. */
  group(ids: readonly string[], part: edit.NewPart): boolean
  /** Puts steps into a new *for each*; shows why when they cannot be. */
  hold(ids: readonly string[]): void
}

/** The commands that put steps together. `grow` does an edit that adds cards, and selects them. */
export function groupingCommands({
  draft,
  desk,
  naming,
  grow,
}: {
  draft: Draft
  desk: Desk
  naming: Naming
  grow(doing: string, change: (mission: Mission) => Mission): void
}): GroupingCommands {
  return {
    group(ids, part) {
      const before = draft.getState().mission
      grow(m.designer_did_group({ title: naming.titles(ids) }), (mission) => edit.replaceSection(mission, ids, part))
      return draft.getState().mission !== before
    },
    hold(ids) {
      if ('is' in readSection(draft.getState().mission, ids)) desk.setState({ grouping: { ids, as: 'each' } })
      else grow(m.designer_did_hold({ title: naming.titles(ids) }), (mission) => edit.holdSection(mission, ids, { type: 'for-each' }))
    },
  }
}
