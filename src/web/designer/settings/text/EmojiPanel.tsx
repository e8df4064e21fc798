import { type KeyboardEvent, useRef, useState } from 'react'
import { m } from '#messages'
import type { Language } from '../../../../mission/words.ts'
import { Bubble } from '../../Bubble.tsx'
import type { Place } from '../../desk.ts'
import palette from '../../palette/palette.module.css'
import { type Emoji, nameOfEmoji, searchEmoji } from './emoji.ts'
import classes from './text.module.css'

const columns = 8
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }

/** All emoji with a search; arrows move among them, Enter puts one in. */
export function EmojiPanel({
  place,
  language,
  onChoose,
  onClose,
}: {
  place: Place
  language: Language
  onChoose(sign: string): void
  onClose(): void
}) {
  const [search, setSearch] = useState('')
  const grid = useRef<HTMLDivElement>(null)
  const found = searchEmoji(search, language)
  const groups: [string, readonly Emoji[]][] =
    search === '' ? [...Map.groupBy(found, (one) => one.group)] : [[m.designer_emoji_found({ count: found.length }), found]]
  const buttons = () => [...(grid.current?.querySelectorAll('button') ?? [])]
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const all = buttons()
    const now = all.findIndex((button) => button === document.activeElement)
    all[Math.min(all.length - 1, Math.max(0, now + step))]?.focus()
  }
  return (
    <Bubble
      place={place}
      title={m.designer_emoji()}
      position="top"
      width={320}
      padding={8}
      transitionProps={{ duration: 0 }}
      onClose={onClose}
    >
      <input
        data-autofocus
        type="search"
        className={palette.field}
        value={search}
        placeholder={m.designer_emoji_search()}
        aria-label={m.designer_emoji_search()}
        autoComplete="off"
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found
          if (event.key === 'Enter' && first) {
            event.preventDefault()
            onChoose(first.sign)
          } else if (event.key === 'ArrowDown') {
            event.preventDefault()
            buttons()[0]?.focus()
          }
        }}
      />
      <div ref={grid} className={classes.emojiList}>
        {groups.map(([group, signs]) => (
          <div key={group} role="group" aria-label={group}>
            <div className={classes.group} aria-hidden>
              {group}
            </div>
            <div className={classes.emojiGrid}>
              {signs.map((one) => (
                <button
                  key={one.sign}
                  type="button"
                  className={classes.emoji}
                  tabIndex={one === found[0] ? 0 : -1}
                  aria-label={nameOfEmoji(one, language)}
                  title={nameOfEmoji(one, language)}
                  onClick={() => onChoose(one.sign)}
                  onKeyDown={move}
                >
                  {one.sign}
                </button>
              ))}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={classes.source} role="status">
          {m.designer_emoji_none()}
        </p>
      )}
    </Bubble>
  )
}
