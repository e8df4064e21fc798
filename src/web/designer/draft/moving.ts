import { m } from '#messages'
import * as edit from '../../../mission/edit.ts'
import type { Mission, Point } from '../../../mission/mission.ts'
import { show, type Desk } from '../desk.ts'
import { holdFocus } from '../focusing.ts'
import type { Draft } from './draft.ts'
import { exitsOf } from './exits.ts'
import type { Naming } from './naming.ts'
import type { Spot } from './spot.ts'

/** Moving steps to another place of the mission; where their cards lie is another matter. */
export interface MovingCommands {
  /**
   * Takes a step, or steps that follow one another, out of their line, which heals, and puts them somewhere else; the first at a point of the
   * canvas, if they were put down there. False when that is no place for them.
   */
  moveTo(ids: readonly string[], spot: Spot, point?: Point): boolean
  /** Moves a step one place earlier (-1) or later (1) on its line. */
  moveAlong(id: string, by: 1 | -1): void
}

/** The commands that move steps. */
export function movingCommands({ draft, desk, naming }: { draft: Draft; desk: Desk; naming: Naming }): MovingCommands {
  const { edit: apply, tell } = draft.getState()
  const moved = (ids: readonly string[], change: (mission: Mission) => Mission): boolean => {
    const [first] = ids
    if (first === undefined || !apply(m.designer_did_move({ title: naming.titles(ids) }), change, { select: ids })) return false
    show(desk, first)
    holdFocus()
    return true
  }
  return {
    moveTo(ids, spot, point) {
      const place = placeOf(spot)
      const to = place && { ...place, ...(point ? { point } : {}) }
      const done = to && moved(ids, (mission) => edit.moveSteps(mission, ids, to, exitsOf(mission)))
      if (!done) tell(m.designer_cannot_move())
      return done === true
    },
    moveAlong(id, by) {
      if (!moved([id], (mission) => edit.moveAlong(mission, id, by, exitsOf(mission))))
        tell(by === -1 ? m.designer_cannot_move_earlier() : m.designer_cannot_move_later())
    },
  }
}

function placeOf(spot: Spot): edit.Place | undefined {
  if (spot.at === 'line') return { onto: spot.link }
  return spot.at === 'exit' ? { after: spot.from, exit: spot.exit } : undefined
}
