import { useQuery } from '@tanstack/react-query'
import { m } from '#messages'
import { mostCounted } from '../../run/lateness.ts'
import { useRefresh } from '../data/live.ts'
import { useSession } from '../data/session.ts'
import { locale } from '../shell/time.ts'
import { missedQuery, type Missed } from './missed.ts'
import classes from './MissedNote.module.css'

/** Says which times of schedules were missed lately, and what was done about it. Nothing when there are none. */
export function MissedNote({ mission }: { mission: string | undefined }) {
  const { workspace, person } = useSession()
  const { data } = useQuery(missedQuery(workspace.id, mission))
  useRefresh(['run'], ['runs', 'missed'])
  if (!data || data.length === 0) return null
  return (
    <ul className={classes.note} aria-label={m.history_missed_title()}>
      {data.map((missed) => (
        <li key={missed.id}>
          {whatOf(missed, person.time_zone)} {doneAbout(missed)}
        </li>
      ))}
    </ul>
  )
}

function whatOf({ missions, instants, first_at, last_at }: Missed, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const span = format.formatRange(new Date(first_at), new Date(last_at))
  const told = { mission: missions.name, count: instants, span }
  return instants >= mostCounted ? m.history_missed_many(told) : m.history_missed(told)
}

function doneAbout({ did, instants, runs }: Missed): string {
  if (did === 'skip') return m.history_missed_skip()
  if (did === 'once') return m.history_missed_once()
  return runs < instants ? m.history_missed_newest({ count: runs }) : m.history_missed_all()
}
