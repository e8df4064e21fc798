import { VisuallyHidden } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconBell,
  IconCircleCheck,
  IconFlag,
  IconHourglass,
  IconMessageQuestion,
  IconMessageReply,
  IconPlayerSkipForward,
  IconProgress,
  IconArrowsRight,
  IconRefresh,
  IconUserUp,
  IconBolt,
  IconCornerDownLeft,
  IconRepeat,
  type IconProps,
} from '@tabler/icons-react'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { m } from '#messages'
import { say } from '../../mission/words.ts'
import type { Moment } from '../../run/sentences.ts'
import { waitingWords } from '../../run/waiting.ts'
import { useSession } from '../data/session.ts'
import type { Told } from './telling.ts'
import { writeClock, writeDay } from './time.ts'
import classes from './Timeline.module.css'
import { TroubleNote } from './TroubleNote.tsx'

/** The step that is looked at, and which pass through it; the newest without a number. A trigger has no passes. */
export interface Spot {
  id: string
  visit?: number
}

const icons: Record<Moment['kind'], ComponentType<IconProps>> = {
  started: IconBolt,
  begun: IconProgress,
  waiting: IconHourglass,
  asked: IconMessageQuestion,
  answered: IconMessageReply,
  called: IconRepeat,
  returned: IconCornerDownLeft,
  reminded: IconBell,
  escalated: IconUserUp,
  retrying: IconRefresh,
  left: IconCircleCheck,
  failed: IconAlertTriangle,
  skipped: IconPlayerSkipForward,
  cancelled: IconBan,
  moved: IconArrowsRight,
  ended: IconFlag,
}

/** A long run opens with this many of its newest moments. */
const atFirst = 200

/** What happened in a run, in words, oldest first; each line leads to its step. */
export function Timeline({ told, onSpot }: { told: Told; onSpot: (spot: Spot) => void }) {
  const { language, person } = useSession()
  const [whole, setWhole] = useState(false)
  const { moments, waiting, ended } = told.story
  const shown = whole ? moments : moments.slice(-atFirst)
  const hidden = moments.length - shown.length
  const now = ended === undefined ? waitingWords(waiting, person.time_zone) : undefined
  return (
    <>
      {hidden > 0 && (
        <button type="button" className={classes.earlier} onClick={() => setWhole(true)}>
          {m.history_earlier({ count: hidden })}
        </button>
      )}
      <ol className={classes.timeline}>
        {shown.map((moment, at) => {
          const day = writeDay(moment.at, person.time_zone)
          const before = shown[at - 1]
          const fresh = !before || writeDay(before.at, person.time_zone) !== day
          return <Line key={moment.number} moment={moment} day={fresh ? day : undefined} onSpot={onSpot} />
        })}
        {now && (
          <li className={classes.moment} data-kind="now">
            <span className={classes.dot}>
              <IconHourglass size={16} aria-hidden />
            </span>
            <div className={classes.body}>
              <p className={classes.sentence}>{say(now, language)}</p>
              <span className={classes.time}>{m.history_now()}</span>
            </div>
          </li>
        )}
      </ol>
      <Announcer moment={moments.at(-1)} />
    </>
  )
}

function Line({ moment, day, onSpot }: { moment: Moment; day: string | undefined; onSpot: (spot: Spot) => void }) {
  const { language, person } = useSession()
  const { kind, step, visit, name, sentence, detail, trouble, at } = moment
  const Icon = icons[kind]
  return (
    <li className={classes.moment} data-kind={kind}>
      {day !== undefined && <p className={classes.day}>{day}</p>}
      <span className={classes.dot}>
        <Icon size={16} aria-hidden />
      </span>
      <div className={classes.body}>
        {step !== undefined && name && (
          <button
            type="button"
            className={classes.step}
            aria-label={m.history_show_step({ name: say(name, language) })}
            onClick={() => onSpot({ id: step, ...(visit === undefined ? {} : { visit }) })}
          >
            {say(name, language)}
          </button>
        )}
        <p className={classes.sentence}>{say(sentence, language)}</p>
        {detail && <p className={classes.detail}>{say(detail, language)}</p>}
        {trouble && <TroubleNote trouble={trouble} />}
        <time dateTime={at} className={classes.time}>
          {writeClock(at, person.time_zone)}
        </time>
      </div>
    </li>
  )
}

/** Says to those who hear the page what has just happened; not what had happened before they came. */
function Announcer({ moment }: { moment: Moment | undefined }) {
  const { language } = useSession()
  const first = useRef(moment?.number)
  const [news, setNews] = useState('')
  useEffect(() => {
    if (!moment || moment.number === first.current) return
    first.current = moment.number
    const sentence = [moment.name, moment.sentence].flatMap((words) => (words ? [say(words, language)] : [])).join(': ')
    setNews(m.history_live({ sentence }))
  }, [moment, language])
  return <VisuallyHidden role="status">{news}</VisuallyHidden>
}
