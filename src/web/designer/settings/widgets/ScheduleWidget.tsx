import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { isSchedule, readableSchedule } from '../../../../catalogue/define.ts'
import { say } from '../../../../mission/words.ts'
import { locale } from '../../../shell/time.ts'
import { useDraft } from '../../workshop.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { ascending, changeEvery, nextTimes, readTimetable, type Timetable, writeTimetable } from './timetable.ts'
import rows from '../rows/rows.module.css'
import classes from './widgets.module.css'

/** Monday first, as calendars here show it. 4 January 2026 was a Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0]
const nameOfDay = (day: number, language: string, width: 'short' | 'long') =>
  new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 4 + day)))

/** A schedule in words, with the next five times. */
export function ScheduleWidget({ id, label, value, describedBy, invalid, onChange }: WidgetProps) {
  const { language, readOnly } = useForm()
  const written = asText(value)
  const table: Timetable = written === '' ? { every: 'own', cron: '' } : readTimetable(written)
  const zone = useSibling('zone') || 'UTC'
  const take = (next: Timetable) => onChange(writeTimetable(next) || undefined)
  const every = [
    { value: 'day', label: m.designer_every_day() },
    { value: 'workday', label: m.designer_every_workday() },
    { value: 'week', label: m.designer_every_week() },
    { value: 'month', label: m.designer_every_month() },
    { value: 'own', label: m.designer_every_own() },
  ]
  return (
    <div className={rows.block} role="group" aria-label={label} aria-describedby={describedBy}>
      <Select
        id={id}
        aria-label={m.designer_how_often()}
        data={every}
        value={written === '' ? null : table.every}
        placeholder={m.designer_how_often()}
        allowDeselect={false}
        disabled={readOnly}
        error={invalid && written === ''}
        onChange={(next) => {
          const chosen = every.find((one) => one.value === next)?.value
          // One of the values just listed.
          if (chosen !== undefined)
            take(changeEvery(written === '' ? { every: 'day', hour: 9, minute: 0 } : table, chosen as Timetable['every']))
        }}
      />
      {table.every === 'week' && (
        <div className={classes.days} role="group" aria-label={m.designer_on_days()}>
          {week.map((day) => (
            <button
              key={day}
              type="button"
              className={classes.day}
              disabled={readOnly}
              aria-pressed={table.days.includes(day)}
              aria-label={nameOfDay(day, language, 'long')}
              onClick={() => {
                const days = table.days.includes(day) ? table.days.filter((one) => one !== day) : [...table.days, day].sort(ascending)
                if (days.length > 0) take({ ...table, days })
              }}
            >
              {nameOfDay(day, language, 'short')}
            </button>
          ))}
        </div>
      )}
      {table.every === 'month' && (
        <NumberInput
          label={m.designer_on_day_of_month()}
          min={1}
          max={31}
          value={table.day}
          disabled={readOnly}
          onChange={(day) => take({ ...table, day: Math.min(31, Math.max(1, Number(day) || 1)) })}
        />
      )}
      {table.every !== 'own' && (
        <TextInput
          type="time"
          label={m.designer_at_time()}
          value={`${String(table.hour).padStart(2, '0')}:${String(table.minute).padStart(2, '0')}`}
          disabled={readOnly}
          onChange={(event) => {
            const [hour, minute] = event.currentTarget.value.split(':').map(Number)
            if (hour !== undefined && minute !== undefined && Number.isFinite(hour)) take({ ...table, hour, minute })
          }}
        />
      )}
      {table.every === 'own' && written !== '' && (
        <TextInput
          label={m.designer_cron()}
          description={m.designer_cron_help()}
          value={table.cron}
          disabled={readOnly}
          error={invalid}
          spellCheck={false}
          onChange={(event) => take({ every: 'own', cron: event.currentTarget.value })}
        />
      )}
      {isSchedule(written) && <NextTimes cron={written} zone={zone} words={say(readableSchedule(written), language)} />}
    </div>
  )
}

/** Another setting of the card that is chosen. */
function useSibling(name: string): string {
  return useDraft(({ mission, selection }) => {
    const [id] = selection
    return asText([...mission.triggers, ...mission.steps].find((node) => node.id === id)?.settings[name])
  })
}

function NextTimes({ cron, zone, words }: { cron: string; zone: string; words: string }) {
  const format = zoned(zone)
  const [now] = useState(() => new Date())
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone
  const here = mine === zone ? undefined : zoned(mine)
  return (
    <div className={classes.note}>
      {m.designer_schedule_words({ words })}
      {format && (
        <ol className={classes.times} aria-label={m.designer_next_times()}>
          {nextTimes(cron, zone, now, 5).map((time) => (
            <li key={time.toISOString()}>
              <time dateTime={time.toISOString()}>{format.format(time)}</time>
              {here && here.format(time) !== format.format(time) && ` (${m.designer_time_here({ time: here.format(time) })})`}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function zoned(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(locale(), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    })
  } catch {
    // Not a time zone: its own field says so.
    return undefined
  }
}
