import { z } from 'zod'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
type Unit = keyof typeof units

const pattern = /^\d+[smhdw](\s*\d+[smhdw])*$/

/** True for a written duration: one or more of `30s`, `15m`, `4h`, `3d`, `2w`, such as `1d 12h`. */
export function isDuration(text: string): boolean {
  return pattern.test(text.trim())
}

/**
 * Milliseconds of a written duration. Days and weeks count 24 hours here; whoever needs calendar days in a person's
 * time zone (across daylight saving) reads the parts with {@link durationParts}.
 *
 * @throws RangeError when the text is not a duration.
 */
export function milliseconds(text: string): number {
  return durationParts(text).reduce((sum, part) => sum + part.count * units[part.unit], 0)
}

/** The written parts of a duration in order: `1d 12h` → one day, twelve hours. */
export function durationParts(text: string): { count: number; unit: Unit }[] {
  if (!isDuration(text)) throw new RangeError(`Not a duration: ${text}`)
  return [...text.matchAll(/(\d+)([smhdw])/g)].map((match) => ({
    count: Number(match[1]),
    // The pattern admits only these letters.
    unit: match[2] as Unit,
  }))
}

/** Schema of a written duration of at least one second. */
export const durationSchema = z
  .string()
  .refine((text) => isDuration(text) && milliseconds(text) >= 1_000, 'not a duration such as 30m, 4h or 3d')
