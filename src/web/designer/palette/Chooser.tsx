import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { m } from '#messages'
import type { Place } from '../desk.ts'
import classes from './palette.module.css'
import { Bubble } from '../Bubble.tsx'
import { searchOffers } from './offers.ts'

/** One thing to choose. */
export interface Choice {
  value: string
  title: string
  about: string
  /** Other words that it is found by. */
  also?: string
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
  /** All there is to find by searching, where that is more than what is shown at first. */
  all?: readonly Choice[]
  /** Something above the list. */
  above?: ReactNode
  /** What to say when nothing matches. */
  nothing: string
  onChoose(value: string): void
  onClose(): void
}

/** A searchable list that opens where somebody pressed, for mouse and keyboard alike. */
export function Chooser({ place, ...list }: Choosing) {
  return (
    <Bubble
      place={place}
      title={list.title}
      width={340}
      padding={0}
      transitionProps={atOnce}
      onClose={list.onClose}
      onDismiss={list.onClose}
    >
      <ChoiceList {...list} />
    </Bubble>
  )
}

/** Whoever opens it by a key goes on typing: a transition would lose the first letters. */
const atOnce = { duration: 0 }

/** The list itself with its search field. The cursor stays in the field; arrows and Enter reach the list from there. */
function ChoiceList({ title, choices, all, above, nothing, onChoose, onClose }: Omit<Choosing, 'place'>) {
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const matching = searchOffers(search === '' ? choices : (all ?? choices), search)
  const groups = [...new Set(matching.map((choice) => choice.group))]
  // In the order in which they are shown, group by group.
  const found = groups.flatMap((group) => matching.filter((choice) => choice.group === group))
  const at = Math.min(active, found.length - 1)
  useLayoutEffect(() => {
    const before = document.activeElement
    const dialog = field.current?.closest('[role="dialog"]')
    field.current?.focus({ preventScroll: true })
    // Whoever came by a key goes on from there; the popover itself only knows how to give the focus back while it stays on the page.
    return () => {
      const now = document.activeElement
      const isHere = now === document.body || dialog?.contains(now) === true
      if (isHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [at, search])

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }
    const next = steps[event.key]
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const chosen = found[at]
      if (chosen) onChoose(chosen.value)
    } else if (next !== undefined && found.length > 0 && (event.key.startsWith('Arrow') || search === '')) {
      event.preventDefault()
      setActive((next + found.length) % found.length)
    }
  }
  return (
    <div className={classes.choosing}>
      <h2 className={classes.choosingTitle}>{title}</h2>
      {above}
      <div className={classes.search}>
        <input
          ref={field}
          data-autofocus
          role="combobox"
          aria-autocomplete="list"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          className={classes.field}
          value={search}
          placeholder={m.designer_search()}
          aria-label={m.designer_search_in({ title })}
          autoComplete="off"
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={id} ref={list} role="listbox" aria-label={title} className={classes.options}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <div className={classes.optionGroup} aria-hidden>
              {group}
            </div>
            {found.map(
              (choice, index) =>
                choice.group === group && (
                  // Keys reach the options through the field, which keeps the focus.
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
                  <div
                    key={choice.value}
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === at}
                    className={classes.option}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onChoose(choice.value)}
                  >
                    {choice.icon && <span className={classes.tile}>{choice.icon}</span>}
                    <span className={classes.words}>
                      <span className={classes.optionTitle}>{choice.title}</span>
                      {choice.about !== '' && <span className={classes.about}>{choice.about}</span>}
                    </span>
                    {choice.aside && <span className={classes.asideWords}>{choice.aside}</span>}
                  </div>
                ),
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={classes.none} role="status">
          {nothing}
        </p>
      )}
    </div>
  )
}
