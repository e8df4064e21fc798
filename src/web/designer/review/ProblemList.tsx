import { m } from '#messages'
import { calledProblem } from '../../../catalogue/called.ts'
import type { Problem } from '../../../mission/problems.ts'
import { say } from '../../../mission/words.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import { show, showSettings } from '../desk.ts'
import { useWorkshop } from '../workshop.ts'
import { cardOf, useFaults } from './faults.ts'
import { WalkButton } from './WalkButton.tsx'
import classes from './review.module.css'

/** Everything that is wrong, in words; pressing one goes to its card and setting. */
export function ProblemList() {
  const { all, fresh, errors, empty } = useFaults()
  const sorted = [...all].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'))
  return (
    <div className={classes.panel}>
      <p className={classes.intro} role="status">
        {!fresh
          ? m.designer_checking()
          : empty
            ? m.beginning_nothing_yet()
            : all.length === 0
              ? m.designer_no_problems()
              : errors > 0
                ? m.designer_problems_intro()
                : all.some(({ id }) => id.startsWith(calledProblem))
                  ? m.designer_called_intro()
                  : m.designer_warnings_intro()}
      </p>
      <ul className={classes.list}>
        {sorted.map((problem) => (
          <li key={problem.id}>
            <ProblemRow problem={problem} />
            <WalkButton problem={problem} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { language, draft, desk } = useWorkshop()
  const scene = useScene()
  const id = cardOf(problem)
  const card = scene.cards.find((one) => one.id === id)
  const go = () => {
    if (id === undefined) return
    draft.getState().select([id])
    show(desk, id)
    showSettings(desk, id, problem.where.setting)
  }
  return (
    <button type="button" className={classes.problem} data-severity={problem.severity} disabled={id === undefined} onClick={go}>
      <span className={classes.where}>
        {problem.severity === 'error' ? m.designer_error() : m.designer_warning()}
        {card && ` · ${card.title}`}
      </span>
      <span className={classes.why}>{say(problem.why, language)}</span>
      <span className={classes.remedy}>{say(problem.remedy, language)}</span>
    </button>
  )
}
