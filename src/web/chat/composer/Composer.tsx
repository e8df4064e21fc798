import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMoodSmile, IconSend2, IconX } from '@tabler/icons-react'
import { type RefObject, useState } from 'react'
import { m } from '#messages'
import { useDirectory } from '../people.ts'
import { type Place, placeKey } from '../place.ts'
import { EmojiPicker } from '../stream/EmojiPicker.tsx'
import { useWhispers } from '../stream/whispers.ts'
import classes from './Composer.module.css'
import { useDrafts } from './drafts.ts'
import { keepMentions } from './mentions.ts'
import { send } from './outbox.ts'
import { WritingField } from './WritingField.tsx'

interface Writing {
  place: Place
  placeholder: string
  input: RefObject<HTMLTextAreaElement | null>
  /** Arrow up while nothing is written: to change what one said last. */
  recall?(): void
  leave?(): void
  /** Whether the keys are explained below. */
  hint?: boolean
}

/** Where one writes in a conversation. What is not sent yet is kept as a draft. */
export function Composer({ place, placeholder, input, recall, leave, hint = true }: Writing) {
  const key = placeKey(place)
  const people = useDirectory()
  const text = useDrafts((drafts) => drafts.texts[key] ?? '')
  const keep = useDrafts((drafts) => drafts.keep)
  const told = useWhispers((whispers) => whispers.byPlace[key])
  const { tell, forget } = useWhispers.getState()
  const [picking, setPicking] = useState(false)
  // Kept apart from the draft, which forgets blanks.
  const [blank, setBlank] = useState('')
  const shown = text || blank

  const change = (next: string) => {
    keep(key, next)
    setBlank(next.trim() === '' ? next : '')
  }
  const submit = () => {
    const typed = shown.trim()
    if (typed === '') return
    change('')
    forget(key)
    void send(place, keepMentions(typed, people)).then((outcome) => {
      if (outcome === 'command') tell(key, { text: m.chat_command_sent({ command: typed.split(/\s/)[0] ?? '' }), accepted: true })
    })
  }
  const insert = (sign: string) => {
    const at = input.current?.selectionStart ?? shown.length
    change(shown.slice(0, at) + sign + shown.slice(at))
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(at + sign.length, at + sign.length)
    })
  }

  return (
    <div className={classes.composer}>
      <div role="status" aria-live="polite">
        {told && (
          <div className={classes.told}>
            <span>{told.text}</span>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={m.chat_dismiss()} onClick={() => forget(key)}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        )}
      </div>
      <div className={classes.box}>
        <WritingField
          label={placeholder}
          placeholder={placeholder}
          text={shown}
          change={change}
          submit={submit}
          input={input}
          {...(recall ? { recall } : {})}
          {...(leave ? { leave } : {})}
        />
        <EmojiPicker opened={picking} setOpened={setPicking} pick={insert}>
          <Tooltip label={m.chat_emoji()} disabled={picking}>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={m.chat_emoji()} onClick={() => setPicking(!picking)}>
              <IconMoodSmile size={20} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </EmojiPicker>
        <Tooltip label={m.chat_send()}>
          <ActionIcon
            size={36}
            variant={shown.trim() === '' ? 'subtle' : 'filled'}
            color={shown.trim() === '' ? 'gray' : 'iris'}
            aria-label={m.chat_send()}
            aria-disabled={shown.trim() === ''}
            onClick={submit}
          >
            <IconSend2 size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {hint && <p className={classes.hint}>{m.chat_hint()}</p>}
    </div>
  )
}
