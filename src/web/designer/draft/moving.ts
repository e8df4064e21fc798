import { m } from '#messages'
import * as edit from '../../../mission/edit.ts'
import type { Mission, Point } from '../../../mission/mission.ts'
import { show, type Desk } from '../desk.ts'
import { holdFocus } from '../focusing.ts'
import type { Draft } from './draft.ts'
import { exitOf } from './exits.ts'
import type { Naming } from './naming.ts'
import type { Spot } from './spot.ts'

/** Moving steps to another place of the mission; where their cards lie is another matter. */
export interface MovingCommands {
  /** Takes a step out of its line, which heals, and puts it somewhere else; at a point of the canvas, if it was put down there. False when that is no place for it. */
  moveTo(id: string, spot: Spot, point?: Point): boolean
  /** Moves a step one place earlier (-1) or later (1) on its line. */
  moveAlong(id: string, by: 1 | -1): void
}

/** The commands that move steps. */
export function movingCommands({ draft, desk, naming }: { draft: Draft; desk: Desk; naming: Naming }): MovingCommands {
  const { edit: apply, tell } = draft.getState()
  const moved = (id: string, change: (mission: Mission) => Mission): boolean => {
    if (!apply(m.designer_did_move({ title: naming.title(id) }), change, { select: [id] })) return false
    show(desk, id)
    holdFocus()
    return true
  }
  return {
    moveTo(id, spot, point) {
      const place = placeOf(spot)
      const step = draft.getState().mission.steps.find((one) => one.id === id)
      const done =
        place && step && moved(id, (mission) => edit.moveStep(mission, id, { ...place, ...(point ? { point } : {}) }, exitOf(step)))
      if (!done) tell(m.designer_cannot_move())
      return done === true
    },
    moveAlong(id, by) {
      const exits = (mission: Mission) => new Map(mission.steps.map((step) => [step.id, exitOf(step)]))
      if (!moved(id, (mission) => edit.moveAlong(mission, id, by, (one) => exits(mission).get(one))))
        tell(by === -1 ? m.designer_cannot_move_earlier() : m.designer_cannot_move_later())
    },
  }
}

function placeOf(spot: Spot): edit.Place | undefined {
  if (spot.at === 'line') return { onto: spot.link }
  return spot.at === 'exit' ? { after: spot.from, exit: spot.exit } : undefined
}
