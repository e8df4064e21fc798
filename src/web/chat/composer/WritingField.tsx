import { Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { m } from '#messages'
import { Face } from '../Face.tsx'
import { useDirectory } from '../people.ts'
import { useCommands } from './commands.ts'
import { type Begun, begunAt, suggestCommands, suggestPeople } from './completion.ts'
import classes from './WritingField.module.css'

interface Field {
  /** What it is for, to readers of the screen. */
  label: string
  text: string
  change(text: string): void
  submit(): void
  /** Escape, when nothing is being completed. */
  leave?(): void
  /** Arrow up while it is empty. */
  recall?(): void
  placeholder?: string
  autoFocus?: boolean
  /** To put the cursor there from outside. */
  input?: RefObject<HTMLTextAreaElement | null>
}

interface Suggestion {
  key: string
  /** What takes the place of what was begun. */
  insert: string
  shown: ReactNode
}

/** Where one taps instead of typing, Enter begins a new line and the button sends. */
const taps = () => matchMedia('(pointer: coarse)').matches

/** Where one writes: Enter sends, Shift and Enter begin a new line, @ completes people and / commands. */
export function WritingField({ label, text, change, submit, leave, recall, placeholder, autoFocus, input }: Field) {
  const own = useRef<HTMLTextAreaElement>(null)
  const area = input ?? own
  const listId = useId()
  const [begun, setBegun] = useState<Begun>()
  const [picked, setPicked] = useState(0)
  const cursor = useRef<number>(undefined)
  const suggestions = useSuggestions(begun)
  const open = suggestions.length > 0

  // After a completion the text is set from outside, which would leave the cursor at its end.
  useLayoutEffect(() => {
    if (cursor.current === undefined) return
    area.current?.setSelectionRange(cursor.current, cursor.current)
    cursor.current = undefined
  }, [text, area])

  const look = (value: string, at: number) => {
    const now = begunAt(value, at)
    setBegun(now)
    if (now?.words !== begun?.words) setPicked(0)
  }
  const complete = (suggestion: Suggestion) => {
    if (!begun) return
    const before = text.slice(0, begun.start) + suggestion.insert
    cursor.current = before.length
    change(before + text.slice(begun.end).replace(/^ /, ''))
    setBegun(undefined)
    area.current?.focus()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setPicked((before) => (before + (event.key === 'ArrowDown' ? 1 : suggestions.length - 1)) % suggestions.length)
      return
    }
    const choice = suggestions[picked]
    // A command typed in full is sent by Enter; anything begun is completed first.
    const whole = begun?.kind === 'command' && choice?.insert.trim() === text.trim()
    if (choice && ((event.key === 'Enter' && !event.shiftKey && !whole) || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault()
      complete(choice)
      return
    }
    if (event.key === 'Escape' && (open || leave)) {
      event.preventDefault()
      event.stopPropagation()
      if (open) setBegun(undefined)
      else leave?.()
      return
    }
    if (event.key === 'ArrowUp' && text === '' && recall) {
      event.preventDefault()
      recall()
      return
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !taps()) {
      event.preventDefault()
      setBegun(undefined)
      submit()
    }
  }

  return (
    <div className={classes.field}>
      {open && (
        <div
          role="listbox"
          id={listId}
          aria-label={begun?.kind === 'command' ? m.chat_commands() : m.chat_people()}
          className={classes.list}
        >
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.key}
              role="option"
              id={`${listId}-${index}`}
              aria-selected={index === picked}
              tabIndex={-1}
              className={classes.option}
              // Before the field would lose the focus.
              onMouseDown={(event) => {
                event.preventDefault()
                complete(suggestion)
              }}
              onMouseEnter={() => setPicked(index)}
            >
              {suggestion.shown}
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={area}
        aria-label={label}
        aria-autocomplete="list"
        {...(open ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${picked}` } : {})}
        autosize
        minRows={1}
        maxRows={12}
        maxLength={12_000}
        autoFocus={autoFocus}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          change(event.currentTarget.value)
          look(event.currentTarget.value, event.currentTarget.selectionStart)
        }}
        onSelect={(event) => look(event.currentTarget.value, event.currentTarget.selectionStart)}
        onBlur={() => setBegun(undefined)}
        onKeyDown={press}
      />
    </div>
  )
}

function useSuggestions(begun: Begun | undefined): Suggestion[] {
  const people = useDirectory()
  const commands = useCommands(begun?.kind === 'command')
  return useMemo(() => {
    if (begun?.kind === 'person')
      return suggestPeople(people.values(), begun.words).map(({ id, name }) => ({
        key: id,
        insert: `@${name} `,
        shown: (
          <>
            <Face id={id} name={name} small />
            <span className={classes.name}>{name}</span>
          </>
        ),
      }))
    if (begun?.kind === 'command')
      return suggestCommands(commands, begun.words).map(({ name, mission, about }) => ({
        key: `${name} ${mission}`,
        insert: `/${name} `,
        shown: (
          <>
            <span className={classes.name}>/{name}</span>
            <span className={classes.about}>{about || m.chat_starts({ mission })}</span>
          </>
        ),
      }))
    return []
  }, [begun, people, commands])
}
