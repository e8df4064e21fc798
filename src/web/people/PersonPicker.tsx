import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '#messages'
import { peopleQuery } from './people.ts'

interface Of {
  workspaceId: string
  label: string
  description?: string
  value: { id: string; name: string } | null
  onPick: (person: { id: string; name: string } | null) => void
  /** Nobody may pick themselves as their manager. */
  without?: string
  error?: string | undefined
}

/** How many people are offered at once; typing narrows them down. */
const offered = 30

/** Picks one person of the directory by typing. The server searches, so it works for any number of people. */
export function PersonPicker({ workspaceId, label, description, value, onPick, without, error }: Of) {
  const [words, setWords] = useState('')
  const searched = words === value?.name ? '' : words.trim()
  const { data, isFetching, isPlaceholderData, refetch } = useQuery({
    ...peopleQuery(workspaceId, searched, 1, offered),
    placeholderData: keepPreviousData,
  })
  const isOpen = data === undefined || isPlaceholderData
  const people = new Map((data?.people ?? []).filter(({ id }) => id !== without).map(({ id, name, email }) => [id, { id, name, email }]))
  const options = [...people.values()].map(({ id, name, email }) => ({
    value: id,
    label: twins(people, name) && email !== '' ? `${name} (${email})` : name,
  }))
  if (value && !people.has(value.id)) options.unshift({ value: value.id, label: value.name })
  return (
    <Select
      label={label}
      {...(description === undefined ? {} : { description })}
      placeholder={m.people_pick()}
      searchable
      clearable
      data={options}
      value={value?.id ?? null}
      onChange={(id) => {
        const picked = id === null ? undefined : people.get(id)
        onPick(picked ? { id: picked.id, name: picked.name } : null)
      }}
      onSearchChange={setWords}
      // Found by the server already, by e-mail address too.
      filter={({ options: all }) => all}
      nothingFoundMessage={!isOpen ? m.people_pick_none() : isFetching ? m.people_pick_searching() : m.people_pick_failed()}
      onDropdownOpen={() => void (isOpen && !isFetching && refetch())}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

const twins = (people: ReadonlyMap<string, { name: string }>, name: string) =>
  [...people.values()].filter((one) => one.name === name).length > 1
