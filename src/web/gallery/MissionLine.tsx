import { ActionIcon } from '@mantine/core'
import { IconArchive, IconArchiveOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { m } from '#messages'
import lists from '../shell/List.module.css'
import { ago, dateAndTime } from '../shell/time.ts'
import type { MissionCard } from './missions.ts'
import classes from './Missions.module.css'

const lastRun = {
  completed: m.gallery_last_completed,
  failed: m.gallery_last_failed,
  cancelled: m.gallery_last_cancelled,
  waiting: m.gallery_last_waiting,
  running: m.gallery_last_running,
}

/** One mission of the list: what is live, what goes on, and the way into it. */
export function MissionLine({ mission, onPutAway }: { mission: MissionCard; onPutAway?: () => void }) {
  const archived = mission.archived_at !== null
  const state = archived ? 'archived' : mission.live_number === null ? 'draft' : 'live'
  return (
    <li className={`${lists.line} ${classes.line}`}>
      <div className={classes.what}>
        <Link to="/missions/$missionId" params={{ missionId: mission.id }} className={lists.name}>
          {mission.name}
        </Link>
        <div className={`${lists.facts} ${classes.facts}`}>
          <span className={classes.state} data-state={state}>
            {archived
              ? m.gallery_archived()
              : mission.live_number === null
                ? m.gallery_draft()
                : m.gallery_live({ number: mission.live_number })}
            {!archived && mission.edited && `, ${m.gallery_edited()}`}
          </span>
          <time dateTime={mission.updated_at} title={dateAndTime(mission.updated_at)}>
            {mission.updated_by === null
              ? m.gallery_saved({ ago: ago(mission.updated_at) })
              : m.gallery_saved_by({ ago: ago(mission.updated_at), name: mission.updated_by })}
          </time>
        </div>
      </div>
      <Going mission={mission} />
      {onPutAway && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.away}
          aria-label={archived ? m.gallery_restore({ name: mission.name }) : m.gallery_archive({ name: mission.name })}
          onClick={onPutAway}
        >
          {archived ? <IconArchiveOff size={19} stroke={1.7} aria-hidden /> : <IconArchive size={19} stroke={1.7} aria-hidden />}
        </ActionIcon>
      )}
    </li>
  )
}

function Going({ mission }: { mission: MissionCard }) {
  const { id, waiting, running, last_run_id, last_run_at, last_run_status } = mission
  const now = [
    ...(waiting > 0 ? [m.gallery_waiting({ count: waiting })] : []),
    ...(running > 0 ? [m.gallery_running({ count: running })] : []),
  ]
  return (
    <div className={`${lists.facts} ${classes.going}`}>
      {now.length > 0 && (
        <Link to="/runs" search={{ mission: id, status: waiting > 0 ? 'waiting' : 'running' }} className={classes.now}>
          {now.join(' · ')}
        </Link>
      )}
      {last_run_id !== null && last_run_at !== null && last_run_status !== null ? (
        <Link to="/runs/$runId" params={{ runId: last_run_id }} className={classes.last} data-status={last_run_status}>
          {lastRun[last_run_status]({ ago: ago(last_run_at) })}
        </Link>
      ) : (
        <span className={classes.last}>{m.gallery_never_run()}</span>
      )}
    </div>
  )
}
