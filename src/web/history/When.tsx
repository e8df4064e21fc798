import { useSession } from '../data/session.ts'
import { ago, dateAndTime } from '../shell/time.ts'
import { useNow } from './time.ts'
import classes from './When.module.css'

/** An instant as “3 minutes ago”; exactly while it is pointed at or has the focus of its row, and for those who hear it. */
export function When({ at }: { at: string }) {
  const { person } = useSession()
  const now = useNow(20_000)
  return (
    <time dateTime={at} className={classes.when}>
      {ago(at, now)}
      <span className={classes.exact}>{dateAndTime(at, person.time_zone)}</span>
    </time>
  )
}
