import { readableDuration } from '../../../catalogue/readable.ts'
import type { Exit, StepKind } from '../../../mission/kinds.ts'
import type { Step } from '../../../mission/mission.ts'
import type { Words } from '../../../mission/words.ts'

/** What stands on the line of an exit. Where time runs out, how much of it there is: “No answer in 3 days”. */
export function labelExit(exit: Exit, kind: StepKind | undefined, { within }: Step['settings']): Words {
  if (exit.name !== 'timeout' || kind === undefined) return exit.label
  const isKnown = typeof within === 'string' && within !== '' && !within.includes('{{')
  const limit = isKnown ? readableDuration(within) : undefined
  if (kind.asks)
    return limit
      ? { en: `No answer in ${limit.en}`, fr: `Sans réponse après ${limit.fr}` }
      : { en: 'No answer in time', fr: 'Sans réponse à temps' }
  return limit ? { en: `Not done in ${limit.en}`, fr: `Pas fini après ${limit.fr}` } : exit.label
}
