import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useId } from 'react'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import { say } from '../../mission/words.ts'
import { answerWords, questionOf } from '../../run/particulars.ts'
import type { Answered, StepStory, VisitStory } from '../../run/visits.ts'
import { useSession } from '../data/session.ts'
import { dateAndTime } from '../shell/time.ts'
import classes from './AskedPeople.module.css'
import type { Told } from './telling.ts'

/** Who was asked, and what each of them answered and when. */
export function AskedPeople({ told, story, visit }: { told: Told; story: StepStory; visit: VisitStory }) {
  const { language } = useSession()
  const id = useId()
  const { asked, answers } = visit
  if (!asked) return null
  const step = told.mission.steps.find((one) => one.id === story.id)
  const action = step && catalogue.actions.get(step.type)
  const inputs = visit.inputs ?? {}
  const question = questionOf(action, inputs, told.reader)
  const open = visit.left === undefined
  const written = (answer: Answered) => say(answerWords(action, inputs, answer, told.reader), language) || m.history_took_back()
  const silent = asked.people.filter((who) => !answers.some(({ person }) => person?.id === who.id))
  const later = (who: { id: string } | undefined) => asked.later.some(({ id: one }) => one === who?.id) && <p>{m.history_asked_later()}</p>
  const channel = asked.channel && `#${asked.channel.name.replace(/^#/, '')}`
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {m.history_asked()}
      </h3>
      {question !== undefined && <blockquote className={classes.question}>{question}</blockquote>}
      {channel !== undefined && (
        <p className={classes.where}>{asked.anyone ? m.history_asked_everybody({ channel }) : m.history_asked_in({ channel })}</p>
      )}
      <ul className={classes.people}>
        {answers.map((answer, at) => (
          <li key={answer.person?.id ?? at}>
            <IconCircleCheck size={18} className={classes.answered} aria-hidden />
            <div>
              <span className={classes.name}>{answer.person?.name ?? m.history_anonymous()}</span>
              {later(answer.person)}
              <p>{written(answer)}</p>
              <time dateTime={answer.at}>{dateAndTime(answer.at, told.reader.timeZone)}</time>
            </div>
          </li>
        ))}
        {silent.map((who) => (
          <li key={who.id}>
            <IconCircleDashed size={18} className={classes.silent} aria-hidden />
            <div>
              <span className={classes.name}>{who.name}</span>
              {later(who)}
              <p className={classes.silent}>{open ? m.history_no_answer_yet() : m.history_no_answer()}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
