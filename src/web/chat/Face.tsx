import { IconRoute } from '@tabler/icons-react'
import classes from './Face.module.css'

/** Colours that people are told apart by; the theme gives each a readable text on a tinted ground. */
const colors = ['iris', 'teal', 'orange', 'grape', 'blue', 'pink', 'green', 'red'] as const

/** The letters that stand for a name: of the first and of the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) =>
    word ? String.fromCodePoint(word.codePointAt(0) ?? 63) : '',
  )
  return letters.join('').toLocaleUpperCase()
}

function colorOf(id: string): (typeof colors)[number] {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003
  return colors[sum % colors.length] ?? 'iris'
}

/** A person by their initials. What it shows is also said beside it, so readers of the screen skip it. */
export function Face({ id, name, small = false }: { id: string; name: string; small?: boolean }) {
  const color = colorOf(id)
  return (
    <span
      aria-hidden
      className={classes.face}
      data-small={small || undefined}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-light-color)` }}
    >
      {initials(name)}
    </span>
  )
}

/** The sign of the missions. */
export function MissionFace({ small = false }: { small?: boolean }) {
  return (
    <span aria-hidden className={classes.face} data-mission data-small={small || undefined}>
      <IconRoute size={small ? 14 : 20} stroke={1.8} />
    </span>
  )
}
