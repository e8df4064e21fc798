import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import { catalogue } from '../../catalogue/catalogue.ts'
import { say } from '../../mission/words.ts'
import { causeOf } from '../../run/cause.ts'
import { elapsedWords } from '../../run/elapsed.ts'
import { waitingWords } from '../../run/waiting.ts'
import { useSession } from '../data/session.ts'
import { StatusMark } from './Marks.tsx'
import type { RunCard } from './reading.ts'
import classes from './RunRow.module.css'
import { useNow } from './time.ts'
import { When } from './When.tsx'

/** One run in the list: a row on a wide screen, a card on a phone. The whole of it leads to the run. */
export function RunRow({ run }: { run: RunCard }) {
  const { language, person } = useSession()
  const waiting = waitingWords(run.waiting, person.time_zone)
  return (
    <li className={classes.row} data-row>
      <span className={classes.status}>
        <StatusMark status={run.status} />
      </span>
      <div className={classes.what}>
        <Link to="/runs/$runId" params={{ runId: run.id }} className={classes.link}>
          {run.mission_name}
        </Link>
        <p className={classes.cause}>{say(causeOf(run.trigger ?? undefined, run.data, catalogue), language)}</p>
        {waiting && <p className={classes.waiting}>{say(waiting, language)}</p>}
      </div>
      <span className={classes.started}>
        <When at={run.started_at} />
      </span>
      <span className={classes.took}>
        <Took run={run} precision={1} />
      </span>
    </li>
  )
}

/** How long a run took, or has been going on. */
export function Took({ run, precision = 2 }: { run: Pick<RunCard, 'started_at' | 'ended_at'>; precision?: 1 | 2 }) {
  const { language } = useSession()
  const now = useNow(20_000)
  const time = say(elapsedWords(Date.parse(run.ended_at ?? new Date(now).toISOString()) - Date.parse(run.started_at), precision), language)
  return run.ended_at ? time : m.history_so_far({ time })
}

/** As tall as a row, while the rows are being read. */
export function RunRowAwaited() {
  return (
    <li className={classes.row} aria-hidden>
      <Skeleton height={24} width={96} radius="xl" className={classes.status} />
      <div className={classes.what}>
        <Skeleton height={18} width="45%" my={3} />
        <Skeleton height={14} width="70%" my={4} />
      </div>
      <Skeleton height={14} width={90} className={classes.started} />
      <Skeleton height={14} width={70} className={classes.took} />
    </li>
  )
}
