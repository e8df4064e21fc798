import { m } from '#messages'
import type { Problem } from '../../../mission/problems.ts'
import { say } from '../../../mission/words.ts'
import { WalkButton } from '../review/WalkButton.tsx'
import { useWorkshop } from '../workshop.ts'
import classes from './settings.module.css'

/** Problems in words: why, and what to do. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { language } = useWorkshop()
  if (problems.length === 0) return null
  return (
    <ul className={classes.problems} aria-label={m.designer_problems()}>
      {problems.map((problem) => (
        <li key={problem.id} className={classes.problem} data-severity={problem.severity}>
          <span className={classes.why}>{say(problem.why, language)}</span> {say(problem.remedy, language)}
          <WalkButton problem={problem} />
        </li>
      ))}
    </ul>
  )
}
