import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { m } from '#messages'
import { say } from '../../../../mission/words.ts'
import { useSession } from '../../../data/session.ts'
import { ago, dateAndTime } from '../../../shell/time.ts'
import { useWorkshop } from '../../workshop.ts'
import type { RunElsewhere } from './elsewhere.ts'
import { isFree, waitsFor } from './finding.ts'
import classes from './moving.module.css'

/** One run in an older version: who it is, where it is since when and waiting for whom, and whether it can move. */
export function RunLine({ run, chosen, onChoose }: { run: RunElsewhere; chosen: boolean; onChoose: (wanted: boolean) => void }) {
  const { language } = useWorkshop()
  const { person } = useSession()
  const id = useId()
  const { cause, places, obstacles, remarks, version, started, moving } = run
  const named = (name: { en: string; fr: string } | null, words: { en: string; fr: string }) =>
    name === null ? say(words, language) : m.moving_named({ name: say(name, language), words: say(words, language) })
  return (
    <li className={classes.line}>
      <Checkbox
        aria-label={m.moving_choose({ who: say(cause, language) })}
        aria-describedby={id}
        checked={chosen}
        disabled={!isFree(run)}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div>
        <p className={classes.who}>
          <Link className={classes.link} to="/runs/$runId" params={{ runId: run.id }} target="_blank">
            {say(cause, language)}
          </Link>
          <span className={classes.fact}>
            {m.versions_number({ number: version })} · <time dateTime={started}>{ago(started)}</time>
          </span>
        </p>
        <div id={id}>
          {places.map((place) => (
            <p key={`${place.step} ${place.since}`} className={classes.place}>
              {m.moving_at({ name: say(place.name, language) })}{' '}
              <time dateTime={place.since} title={dateAndTime(place.since, person.time_zone)}>
                {m.moving_since({ ago: ago(place.since) })}
              </time>
              {waitsWords(waitsFor(place, person.time_zone, language))}
            </p>
          ))}
          {moving && <p className={classes.remark}>{m.moving_is_moving()}</p>}
          {obstacles.map(({ name, why }) => (
            <p key={`${name?.en ?? ''} ${why.en}`} className={classes.obstacle}>
              {m.moving_stays({ why: named(name, why) })}
            </p>
          ))}
          {remarks.map(({ name, stays }) => (
            <p key={`${name.en} ${stays.en}`} className={classes.remark}>
              {named(name, stays)}
            </p>
          ))}
        </div>
      </div>
    </li>
  )
}

const waitsWords = (words: string | undefined) => (words === undefined ? '' : ` · ${words}`)
