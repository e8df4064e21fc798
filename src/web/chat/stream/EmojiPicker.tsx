import { Popover } from '@mantine/core'
import type { KeyboardEvent, ReactElement } from 'react'
import { m } from '#messages'
import classes from './EmojiPicker.module.css'

/** What people react with most. Readers of the screen say each by its own name, in their language. */
const emoji = [
  '👍 👎 ❤️ 😂 🎉 👏 🙌 🙏',
  '✅ ❌ 👀 🔥 🚀 💡 ⭐ 💯',
  '😀 😊 😍 🤔 😅 😢 😮 😡',
  '👋 💪 🤝 ☕ 🍕 🎂 ⏰ 📌',
  '❓ ❗ ➕ ➖ 🐛 🏁 📈 🌍',
].flatMap((row) => row.split(' '))

const columns = 8

interface Picker {
  opened: boolean
  setOpened(opened: boolean): void
  pick(emoji: string): void
  /** What opens it. */
  children: ReactElement
}

/** A small grid of emoji; arrow keys move in it. */
export function EmojiPicker({ opened, setOpened, pick, children }: Picker) {
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" trapFocus returnFocus withinPortal shadow="md" radius="md">
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={6} aria-label={m.chat_emoji()}>
        <div role="group" aria-label={m.chat_emoji()} className={classes.grid} onKeyDown={move}>
          {emoji.map((sign, index) => (
            <button
              key={sign}
              type="button"
              className={classes.emoji}
              tabIndex={index === 0 ? 0 : -1}
              onClick={() => {
                pick(sign)
                setOpened(false)
              }}
            >
              {sign}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }

function move(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined) return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll('button')]
  const now = all.findIndex((button) => button === document.activeElement)
  all[Math.min(all.length - 1, Math.max(0, now + step))]?.focus()
}
