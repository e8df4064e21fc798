import { Select, TextInput } from '@mantine/core'
import { m } from '#messages'
import { foldText } from '../../palette/offers.ts'
import { locale } from '../../../shell/time.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { OrData } from './OrData.tsx'
import classes from './widgets.module.css'

const instants = ['instant'] as const
const texts = ['text'] as const

/** A date, with a time if one matters. Kept as ISO text without a zone: the step says in which zone it is meant. */
export function InstantWidget(props: WidgetProps) {
  const { id, label, value, invalid, describedBy, onChange } = props
  const { readOnly } = useForm()
  const [date = '', time = ''] = asText(value).split('T')
  return (
    <OrData {...props} kinds={instants}>
      <div className={classes.row}>
        <TextInput
          id={id}
          type="date"
          className={classes.grow}
          aria-label={label}
          aria-describedby={describedBy}
          error={invalid}
          value={date}
          disabled={readOnly}
          onChange={(event) => onChange(join(event.currentTarget.value, time))}
        />
        <TextInput
          type="time"
          aria-label={m.designer_at_time()}
          value={time.slice(0, 5)}
          disabled={readOnly || date === ''}
          onChange={(event) => onChange(join(date, event.currentTarget.value))}
        />
      </div>
    </OrData>
  )
}

const join = (date: string, time: string): string | undefined => (date === '' ? undefined : time === '' ? date : `${date}T${time}`)

let zones: string[] | undefined

/** All time zones that the browser knows. */
function listZones(): string[] {
  zones ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
  return zones
}

/** `America/New_York` as people write it. */
const nameOfZone = (zone: string) => zone.replaceAll('_', ' ')

/** What time it is in a zone now, and how far that is from UTC: “09:41, GMT-5”. */
function timeThere(zone: string): string {
  try {
    const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: zone, timeZoneName: 'shortOffset' })
    return time.format(new Date())
  } catch {
    // Not a zone that this browser knows.
    return ''
  }
}

/** A time zone, or that of a person. */
export function TimezoneWidget(props: WidgetProps) {
  const { id, label, value, fallback, invalid, describedBy, onChange } = props
  const { readOnly } = useForm()
  const chosen = asText(value ?? fallback)
  const known = listZones()
  return (
    <OrData {...props} kinds={texts}>
      <Select
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        searchable
        limit={60}
        data={(chosen === '' || known.includes(chosen) ? known : [chosen, ...known]).map((zone) => ({
          value: zone,
          label: nameOfZone(zone),
        }))}
        filter={({ options, search }) => {
          const wanted = foldText(search.replaceAll('_', ' ')).trim()
          return options.filter((option) => 'label' in option && foldText(option.label).includes(wanted))
        }}
        renderOption={({ option }) => (
          <span className={classes.zone}>
            <span>{option.label}</span>
            <span className={classes.note}>{timeThere(option.value)}</span>
          </span>
        )}
        comboboxProps={{ withinPortal: true }}
        value={chosen === '' ? null : chosen}
        disabled={readOnly}
        error={invalid}
        nothingFoundMessage={
          <span role="option" aria-selected={false} aria-disabled tabIndex={-1}>
            {m.designer_zone_none()}
          </span>
        }
        onChange={(zone) => onChange(zone ?? undefined)}
      />
    </OrData>
  )
}
