import { TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { m } from '#messages'
import classes from './Search.module.css'

interface Of {
  label: string
  /** What is searched for now. */
  value: string
  /** Told 250 ms after the last key. */
  onSearch: (text: string) => void
}

/** The search field above a list. */
export function Search({ label, value, onSearch }: Of) {
  const [text, setText] = useState(value)
  const told = useRef(value)
  const tell = useEffectEvent((wanted: string) => {
    if (wanted.trim() === value) return
    told.current = wanted.trim()
    onSearch(told.current)
  })
  // What is searched for can change without this field: filters are cleared, or the browser goes back.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const timer = setTimeout(() => tell(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <TextInput
      type="search"
      className={classes.search}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />}
      rightSection={
        text !== '' && (
          <button type="button" className={classes.clear} aria-label={m.shell_search_clear()} onClick={() => setText('')}>
            <IconX size={16} aria-hidden />
          </button>
        )
      }
    />
  )
}
