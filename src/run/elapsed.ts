import { readableDuration } from '../catalogue/readable.ts'
import type { Words } from '../mission/words.ts'

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const

/**
 * How long something took, in its two largest units: “2 days and 3 hours”, or in the largest alone. Takes milliseconds; a clock
 * that ran backwards counts as nothing.
 */
export function elapsedWords(milliseconds: number, precision: 1 | 2 = 2): Words {
  const seconds = Math.floor(milliseconds / 1_000)
  if (seconds < 1) return { en: 'less than a second', fr: 'moins d’une seconde' }
  const first = units.findIndex(([, size]) => seconds >= size)
  let rest = seconds
  const parts = units.slice(0, first + precision).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest %= size
    return count === 0 ? [] : [`${count}${unit}`]
  })
  return readableDuration(parts.join(' '))
}
