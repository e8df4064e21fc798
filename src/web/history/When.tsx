import { useSession } from '../data/session.ts'
import { useNow, writeAgo, writeExact } from './time.ts'
import classes from './When.module.css'

/** An instant as “3 minutes ago”; exactly while it is pointed at or has the focus of its row, and for those who hear it. */
export function When({ at }: { at: string }) {
  const { language, person } = useSession()
  const now = useNow(20_000)
  return (
    <time dateTime={at} className={classes.when}>
      {writeAgo(at, now, language)}
      <span className={classes.exact}>{writeExact(at, person.time_zone, language)}</span>
    </time>
  )
}
