import { MultiSelect } from '@mantine/core'
import { m } from '#messages'
import { useDirectory } from '../people.ts'

interface Picker {
  label: string
  /** Nobody of these is offered. */
  without: readonly string[]
  picked: string[]
  pick(people: string[]): void
  most?: number
  autoFocus?: boolean
}

/** How many names are offered at once; typing finds the others. */
const mostOffered = 50

/** Picks people of the workspace by name. */
export function PeoplePicker({ label, without, picked, pick, most, autoFocus }: Picker) {
  const people = useDirectory()
  const data = [...people.values()]
    .filter((person) => person.here && !without.includes(person.id))
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <MultiSelect
      label={label}
      placeholder={picked.length === 0 ? m.chat_people_placeholder() : ''}
      data={data}
      value={picked}
      onChange={pick}
      searchable
      hidePickedOptions
      limit={mostOffered}
      nothingFoundMessage={m.chat_nobody_like()}
      {...(most ? { maxValues: most } : {})}
      data-autofocus={autoFocus || undefined}
    />
  )
}
