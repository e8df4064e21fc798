import { Button, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { m } from '#messages'
import { useSession } from '../data/session.ts'
import { Search } from '../shell/Search.tsx'
import type { RunsFilter } from '../shell/search.ts'
import classes from './Filters.module.css'
import { statusChoices } from './Marks.tsx'
import { missionNamesQuery } from './reading.ts'

/** Whether anything but the page is chosen. */
export function isFiltered({ q, mission, status, span }: RunsFilter): boolean {
  return Boolean(q?.trim() || mission || status || span)
}

interface Chosen {
  filter: RunsFilter
  onFilter: (filter: RunsFilter) => void
}

/** The filters of the history. Each change goes back to the first page. */
export function Filters({ filter, onFilter }: Chosen) {
  const { workspace } = useSession()
  const missions = useQuery(missionNamesQuery(workspace.id))
  const choose = (change: RunsFilter) => onFilter({ ...filter, ...change, page: undefined })
  const spans = [
    { value: 'day', label: m.history_span_day() },
    { value: 'week', label: m.history_span_week() },
    { value: 'month', label: m.history_span_month() },
    { value: 'dates', label: m.history_span_dates() },
  ] satisfies { value: NonNullable<RunsFilter['span']>; label: string }[]
  const statuses = statusChoices()
  return (
    <search className={classes.filters}>
      <div className={classes.text}>
        <Search label={m.history_search()} value={filter.q ?? ''} onSearch={(q) => choose({ q: q === '' ? undefined : q })} />
      </div>
      <Select
        className={classes.mission}
        aria-label={m.history_mission()}
        placeholder={m.history_mission_any()}
        data={(missions.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.mission ?? null}
        onChange={(mission) => choose({ mission: mission ?? undefined })}
        searchable
        clearable
        nothingFoundMessage={m.history_nothing_found()}
      />
      <Select
        aria-label={m.history_status()}
        placeholder={m.history_status_any()}
        data={statuses}
        value={filter.status ?? null}
        onChange={(chosen) => choose({ status: statuses.find(({ value }) => value === chosen)?.value })}
        clearable
      />
      <Select
        aria-label={m.history_span()}
        placeholder={m.history_span_any()}
        data={spans}
        value={filter.span ?? null}
        onChange={(chosen) => choose({ span: spans.find(({ value }) => value === chosen)?.value, from: undefined, to: undefined })}
        clearable
      />
      {isFiltered(filter) && (
        <div className={classes.more}>
          {filter.span === 'dates' && (
            <>
              <TextInput
                type="date"
                label={m.history_from()}
                value={filter.from ?? ''}
                max={filter.to}
                onChange={(event) => choose({ from: event.currentTarget.value || undefined })}
              />
              <TextInput
                type="date"
                label={m.history_to()}
                value={filter.to ?? ''}
                min={filter.from}
                onChange={(event) => choose({ to: event.currentTarget.value || undefined })}
              />
            </>
          )}
          <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => onFilter({})}>
            {m.history_clear()}
          </Button>
        </div>
      )}
    </search>
  )
}
