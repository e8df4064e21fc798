import { readableDuration } from '../../../../catalogue/define.ts'
import { isDuration } from '../../../../mission/duration.ts'
import { type Language, say } from '../../../../mission/words.ts'
import { foldText } from '../../palette/offers.ts'

type Unit = 's' | 'm' | 'h' | 'd' | 'w'

/** How people write units, in both languages at once: a French sentence may well say "3 d". */
const units: readonly [RegExp, Unit][] = [
  [/^(s|sec|secs|second|seconds|seconde|secondes)$/, 's'],
  [/^(m|mn|min|mins|minute|minutes)$/, 'm'],
  [/^(h|hr|hrs|hour|hours|heure|heures)$/, 'h'],
  [/^(d|day|days|j|jour|jours)$/, 'd'],
  [/^(w|wk|week|weeks|sem|semaine|semaines)$/, 'w'],
]

/** A duration as people write one ("3 days", "1 jour et 12 h") in the form that missions keep (`1d 12h`); undefined when it is none. */
export function readDurationWords(text: string): string | undefined {
  const folded = foldText(text)
    .replace(/,|\b(and|et)\b/g, ' ')
    .trim()
  if (!/^(\d+\s*[a-z]+\s*)+$/.test(folded)) return undefined
  const parts: string[] = []
  for (const [, count = '', word = ''] of folded.matchAll(/(\d+)\s*([a-z]+)/g)) {
    const unit = units.find(([pattern]) => pattern.test(word))?.[1]
    if (!unit) return undefined
    parts.push(`${Number(count)}${unit}`)
  }
  const written = parts.join(' ')
  return isDuration(written) ? written : undefined
}

/** A duration as people read it; other texts as they are. */
export function durationInWords(written: string, language: Language): string {
  return isDuration(written) ? say(readableDuration(written), language) : written
}

/** What to offer while somebody writes a duration: the number typed so far in every unit that makes sense, or what is common. */
export function suggestDurations(text: string, language: Language): string[] {
  const count = /^\s*(\d+)/.exec(text)?.[1]
  const written =
    count === undefined || Number(count) === 0
      ? ['15m', '1h', '4h', '1d', '3d', '1w']
      : (['m', 'h', 'd', 'w'] as const).map((unit) => `${Number(count)}${unit}`)
  return written.map((one) => durationInWords(one, language))
}
