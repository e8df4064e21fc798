import { Combobox, Pill, PillsInput, useCombobox, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { m } from '#messages'
import { foldText, searchOffers } from '../../palette/offers.ts'
import type { Search } from '../directory.ts'
import { useForm } from '../field.ts'
import classes from './picker.module.css'

/** One thing that can be picked. */
export interface Pick {
  value: string
  title: string
  about: string
  group: string
}

interface PickerProps {
  id: string
  label: string
  placeholder: string
  values: readonly string[]
  /** Only one at a time; picking another replaces it. */
  single: boolean
  /** What was typed is the first choice, and counts as chosen when the field is left. */
  free?: boolean
  invalid: boolean
  describedBy: string | undefined
  /** What has been found for what is typed, and whether that is all. */
  from?: Search<Pick> | undefined
  /** What to say when nothing matches. */
  nothing?: string
  /** What can be picked besides, searched here. */
  fixed: readonly Pick[]
  /** What a picked value is called, and whether it is known. */
  describe(value: string): { title: string; tip: string; known: boolean; data: boolean }
  /** A value made of what was typed, where that is allowed. */
  create?(search: string): Pick | undefined
  onSearch(search: string): void
  onOpen(): void
  onPick(values: string[]): void
}

/** Chosen to search once more; no id, name or address begins with a blank. */
const tryAgain = ' again'
const nowhere: Search<Pick> = { found: [], searching: false, failed: false, again: () => undefined }

/** A field for picking people, channels or other things by searching, earlier data among them. */
export function Picker({
  id,
  label,
  placeholder,
  values,
  single,
  free = false,
  invalid,
  describedBy,
  from = nowhere,
  nothing,
  fixed,
  describe,
  create,
  onSearch,
  onOpen,
  onPick,
}: PickerProps) {
  const { readOnly } = useForm()
  const { found, searching, failed } = from
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
    onDropdownOpen: onOpen,
  })
  const created = search.trim() === '' ? undefined : create?.(search.trim())
  const shown = [
    ...searchOffers(fixed, search),
    ...found.filter((pick) => search === '' || foldText(`${pick.title} ${pick.about}`).includes(foldText(search.replace(/^#/, '')))),
  ].filter((pick) => !values.includes(pick.value))
  const isNew = created && !values.includes(created.value) && !shown.some((pick) => foldText(pick.value) === foldText(created.value))
  const all = !isNew ? shown : free ? [created, ...shown] : [...shown, created]
  const groups = [...new Set(all.map((pick) => pick.group))]
  const type = (text: string) => {
    setSearch(text)
    onSearch(text)
    combobox.openDropdown()
    combobox.selectFirstOption()
  }
  const pick = (value: string) => {
    if (value === tryAgain) return from.again()
    onPick(single ? [value] : [...values, value])
    setSearch('')
    onSearch('')
    return single ? combobox.closeDropdown() : undefined
  }
  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal disabled={readOnly}>
      <Combobox.DropdownTarget>
        <PillsInput error={invalid} disabled={readOnly} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {values.map((value) => {
              const { title, tip, known, data } = describe(value)
              return (
                <Pill
                  key={value}
                  className={classes.pill}
                  data-data={data || undefined}
                  data-known={known}
                  title={tip}
                  withRemoveButton={!readOnly}
                  removeButtonProps={{ 'aria-label': m.designer_take_out({ title }), tabIndex: 0, 'aria-hidden': false }}
                  onRemove={() => onPick(values.filter((one) => one !== value))}
                >
                  {title}
                </Pill>
              )
            })}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                id={id}
                aria-label={label}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                value={search}
                disabled={readOnly}
                placeholder={values.length === 0 ? placeholder || m.designer_search() : ''}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  combobox.closeDropdown()
                  const same = shown.find((one) => foldText(one.value) === foldText(search.trim()))
                  if (free && created) pick((same ?? created).value)
                }}
                onChange={(event) => type(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && search === '' && values.length > 0) {
                    event.preventDefault()
                    onPick(values.slice(0, -1))
                  }
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {groups.map((group) => (
            <Combobox.Group key={group} label={group}>
              {all
                .filter((one) => one.group === group)
                .map((one) => (
                  <Combobox.Option key={one.value} value={one.value} className={classes.option}>
                    <span>{one.title}</span>
                    {one.about !== '' && <span className={classes.about}>{one.about}</span>}
                  </Combobox.Option>
                ))}
            </Combobox.Group>
          ))}
          {failed && (
            <Combobox.Option value={tryAgain} className={classes.option}>
              <span>{m.designer_list_again()}</span>
              <span className={classes.about}>{m.designer_list_failed()}</span>
            </Combobox.Option>
          )}
          {(searching || (all.length === 0 && !failed)) && (
            // A list needs something that it lists.
            <Combobox.Empty role="option" aria-selected={false} aria-disabled>
              {searching ? m.designer_searching() : (nothing ?? m.designer_nothing_found())}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
      <VisuallyHidden role="status">
        {combobox.dropdownOpened && (failed ? m.designer_list_failed() : searching ? m.designer_searching() : '')}
      </VisuallyHidden>
    </Combobox>
  )
}
