import { m } from '#messages'
import type { TroubleRecord } from '../../catalogue/trouble.ts'
import { say } from '../../mission/words.ts'
import { useSession } from '../data/session.ts'
import classes from './TroubleNote.module.css'

/** A trouble in words, with what to do about it. */
export function TroubleNote({ trouble }: { trouble: TroubleRecord }) {
  const { language } = useSession()
  return (
    <div className={classes.note}>
      <p>{say(trouble.what, language)}</p>
      <p>
        <strong>{m.history_remedy()}</strong> {say(trouble.remedy, language)}
      </p>
    </div>
  )
}
