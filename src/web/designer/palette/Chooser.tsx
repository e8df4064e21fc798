import { Combobox, Popover, ScrollArea, Text, useCombobox } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { m } from '#messages'
import type { Place } from '../desk.ts'
import classes from './palette.module.css'
import { searchOffers } from './offers.ts'

/** One thing to choose. */
export interface Choice {
  value: string
  title: string
  about: string
  group: string
  icon?: ReactNode
  /** Shown at the right in small letters. */
  aside?: string
}

interface Choosing {
  /** Where it opens. */
  place: Place
  /** What is being chosen, also read to those who do not see it. */
  title: string
  choices: readonly Choice[]
  /** Something above the list. */
  above?: ReactNode
  /** What to say when nothing matches. */
  nothing: string
  onChoose(value: string): void
  onClose(): void
}

/** A searchable list that opens where somebody pressed, for mouse and keyboard alike. */
export function Chooser({ place, title, choices, above, nothing, onChoose, onClose }: Choosing) {
  return (
    <Popover opened onChange={(opened) => !opened && onClose()} onDismiss={onClose} position="bottom" width={340} shadow="lg" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <div className={classes.anchor} style={{ left: place.left, top: place.top, width: place.width, height: place.height }} />
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={title}>
        <ChoiceList title={title} choices={choices} above={above} nothing={nothing} onChoose={onChoose} onClose={onClose} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** The list itself with its search field. */
export function ChoiceList({ title, choices, above, nothing, onChoose, onClose }: Omit<Choosing, 'place'>) {
  const [search, setSearch] = useState('')
  const combobox = useCombobox({ opened: true })
  const found = searchOffers(choices, search)
  const groups = [...new Set(found.map((choice) => choice.group))]
  useEffect(() => void combobox.selectFirstOption(), [search, combobox.selectFirstOption])
  return (
    <Combobox store={combobox} onOptionSubmit={onChoose}>
      <div className={classes.choosing}>
        <Text size="sm" fw={600} px="sm" pt="sm">
          {title}
        </Text>
        {above}
        <div className={classes.search}>
          <Combobox.EventsTarget>
            <input
              data-autofocus
              className={classes.field}
              value={search}
              placeholder={m.designer_search()}
              aria-label={m.designer_search_in({ title })}
              onChange={(event) => setSearch(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Escape' && onClose()}
            />
          </Combobox.EventsTarget>
        </div>
        <Combobox.Options aria-label={title}>
          <ScrollArea.Autosize mah={320} type="scroll" viewportProps={{ tabIndex: -1 }}>
            {groups.map((group) => (
              <Combobox.Group key={group} label={group}>
                {found
                  .filter((choice) => choice.group === group)
                  .map((choice) => (
                    <Combobox.Option key={choice.value} value={choice.value} className={classes.option}>
                      {choice.icon && <span className={classes.tile}>{choice.icon}</span>}
                      <span className={classes.words}>
                        <span className={classes.optionTitle}>{choice.title}</span>
                        {choice.about !== '' && <span className={classes.about}>{choice.about}</span>}
                      </span>
                      {choice.aside && <span className={classes.asideWords}>{choice.aside}</span>}
                    </Combobox.Option>
                  ))}
              </Combobox.Group>
            ))}
            {found.length === 0 && <Combobox.Empty>{nothing}</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </div>
    </Combobox>
  )
}
