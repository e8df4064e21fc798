import { type RefObject, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'
import classes from './text.module.css'

/** How the keys of a text reach the list that has opened for it. */
export interface ListControl {
  choose(): boolean
  move(by: number): boolean
}

/** One thing to put in. */
export interface Suggested {
  value: string
  title: string
  /** In small letters below or beside. */
  about: string
  group: string
  /** A picture of it before its title. */
  sign?: string
}

/** What fits what is being typed after `{` or `:`. The cursor stays in the text; arrows and Enter reach the list from there. */
export function SuggestionList({
  label,
  found,
  nothing,
  rect,
  active,
  onActive,
  control,
  editable,
  onChoose,
}: {
  label: string
  found: readonly Suggested[]
  /** What to say when nothing fits; undefined shows no list at all. */
  nothing: string | undefined
  rect: DOMRect | undefined
  active: number
  onActive(at: number): void
  control: RefObject<ListControl | undefined>
  editable: HTMLElement
  onChoose(value: string): void
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const groups = [...new Set(found.map((one) => one.group))]
  // In the order in which they are shown, group by group.
  const shown = groups.flatMap((group) => found.filter((one) => one.group === group))
  const at = shown.length === 0 ? -1 : Math.min(active, shown.length - 1)
  control.current = {
    move: (by) => {
      if (shown.length === 0) return false
      onActive((at + by + shown.length) % shown.length)
      return true
    },
    choose: () => {
      const chosen = shown[at]
      if (chosen) onChoose(chosen.value)
      return chosen !== undefined
    },
  }
  useEffect(() => {
    editable.setAttribute('aria-controls', id)
    if (at >= 0) editable.setAttribute('aria-activedescendant', `${id}-${at}`)
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
    return () => {
      editable.removeAttribute('aria-controls')
      editable.removeAttribute('aria-activedescendant')
    }
  }, [editable, id, at])
  useEffect(
    () => () => {
      control.current = undefined
    },
    [control],
  )
  if (!rect || (shown.length === 0 && nothing === undefined)) return null
  const above = rect.bottom + 300 > innerHeight && rect.top > 300
  return createPortal(
    <div
      id={id}
      ref={list}
      role={shown.length === 0 ? 'status' : 'listbox'}
      tabIndex={-1}
      aria-label={label}
      className={classes.suggested}
      style={{
        left: Math.max(8, Math.min(rect.left, innerWidth - 328)),
        ...(above ? { bottom: innerHeight - rect.top + 4 } : { top: rect.bottom + 4 }),
      }}
    >
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className={classes.group} aria-hidden>
            {group}
          </div>
          {shown.map(
            (one, index) =>
              one.group === group && (
                <div
                  key={one.value}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className={classes.suggestion}
                  onMouseDown={(event) => {
                    event.preventDefault()
                    onChoose(one.value)
                  }}
                >
                  {one.sign && (
                    <span className={classes.sign} aria-hidden>
                      {one.sign}
                    </span>
                  )}
                  <span className={classes.suggestionWords}>
                    <span>{one.title}</span>
                    {one.about !== '' && <span className={classes.source}>{one.about}</span>}
                  </span>
                </div>
              ),
          )}
        </div>
      ))}
      {shown.length === 0 && <p className={classes.source}>{nothing}</p>}
    </div>,
    document.body,
  )
}
