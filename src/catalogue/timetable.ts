import cronstrue from 'cronstrue'
import 'cronstrue/locales/fr.js'
import type { Words } from '../mission/words.ts'

/** A cron expression of five fields in words, to stand within a sentence: “at 09:00, only on Monday”. Anything else is quoted. */
export function readableSchedule(expression: string): Words {
  const written = expression.trim()
  const say = (locale: string) => {
    const text = cronstrue.toString(written, { locale, use24HourTimeFormat: true })
    return text.charAt(0).toLowerCase() + text.slice(1)
  }
  const quoted = { en: `at “${expression}”`, fr: `selon « ${expression} »` }
  if (written.split(/\s+/).length !== 5) return quoted
  try {
    return { en: say('en'), fr: say('fr') }
  } catch {
    return quoted
  }
}
