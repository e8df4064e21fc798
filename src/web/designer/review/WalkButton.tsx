import { IconRoute } from '@tabler/icons-react'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import type { Problem } from '../../../mission/problems.ts'
import { tellWalk, walkNames } from '../../../mission/walk.ts'
import { say } from '../../../mission/words.ts'
import { wantsLessMotion } from '../canvas/gliding.ts'
import { show } from '../desk.ts'
import { useWorkshop } from '../workshop.ts'
import classes from './review.module.css'
import { trackOf } from './track.ts'

/** Shows on the canvas how a run comes to a problem, and says it. */
export function WalkButton({ problem: { walk } }: { problem: Problem }) {
  const { draft, desk, language } = useWorkshop()
  // A trigger alone is no walk to speak of.
  if (!walk || walk.length < 2) return null
  const start = () => {
    const { mission } = draft.getState()
    const sentence = say(tellWalk(walk, walkNames(mission, catalogue.kinds)), language)
    const stages = trackOf(walk, mission.links)
    const at = wantsLessMotion() ? stages.length - 1 : 0
    draft.getState().select([])
    // On a phone the list of problems lies over everything else.
    const isPhone = matchMedia('(max-width: 48em)').matches
    desk.setState({ walk: { stages, at, sentence }, ...(isPhone ? { side: 'settings' } : {}) })
    show(desk, stages[at]?.card ?? '')
    draft.getState().tell(sentence)
  }
  return (
    <button type="button" className={classes.walk} onClick={start}>
      <IconRoute size={16} aria-hidden />
      {m.designer_walk()}
    </button>
  )
}
