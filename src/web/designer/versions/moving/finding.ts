import { say, type Words } from '../../../../mission/words.ts'
import { waitingWords } from '../../../../run/waiting.ts'
import type { RunElsewhere } from './elsewhere.ts'

/** Which of all the runs are looked at. */
export interface Finding {
  words: string
  /** The step they are in; everywhere when empty. */
  place: string
  who: 'all' | 'can' | 'cannot'
}

/** Whether a run can be chosen: nothing is in its way, and nobody has asked it to move yet. */
export const isFree = ({ obstacles, moving }: RunElsewhere): boolean => obstacles.length === 0 && !moving

/** Letters without accents, small: how texts are compared when people search. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The runs among all in whose line every word occurs, at a step, that can or cannot move. */
export function find(runs: readonly RunElsewhere[], { words, place, who }: Finding, language: string): RunElsewhere[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return runs.filter((run) => {
    if (place !== '' && !run.places.some(({ step }) => step === place)) return false
    if (who !== 'all' && (run.obstacles.length === 0) !== (who === 'can')) return false
    if (wanted.length === 0) return true
    const people = run.places.flatMap(({ waiting }) => (waiting ? waiting.people.map(({ name }) => name) : []))
    const text = plain([say(run.cause, language), ...run.places.map(({ name }) => say(name, language)), ...people].join(' '))
    return wanted.every((word) => text.includes(word))
  })
}

/** The steps that runs are in, with how many are in each, the fullest first. */
export function placesOf(runs: readonly RunElsewhere[]): { step: string; name: Words; count: number }[] {
  const places = new Map<string, { step: string; name: Words; count: number }>()
  for (const run of runs)
    for (const [step, name] of new Map(run.places.map((place) => [place.step, place.name]))) {
      const place = places.get(step) ?? { step, name, count: 0 }
      place.count += 1
      places.set(step, place)
    }
  return [...places.values()].sort((one, other) => other.count - one.count)
}

/** Those left out, once some more are wanted or no longer wanted. */
export function choose(left: ReadonlySet<string>, those: readonly RunElsewhere[], wanted: boolean): ReadonlySet<string> {
  const after = new Set(left)
  for (const { id } of those)
    if (wanted) after.delete(id)
    else after.add(id)
  return after
}

/** Whom or what a run waits for at a step, in words. */
export function waitsFor({ waiting }: RunElsewhere['places'][number], timeZone: string, language: string): string | undefined {
  const words = waiting ? waitingWords([toWaiting(waiting)], timeZone) : undefined
  return words && say(words, language)
}

/** Without the keys that are there and undefined: nothing was said about them. */
function toWaiting({ kind, people, channel, runs, until }: NonNullable<RunElsewhere['places'][number]['waiting']>) {
  return {
    kind,
    people,
    ...(channel ? { channel } : {}),
    ...(runs
      ? { runs: { count: runs.count, ended: runs.ended, failed: runs.failed, ...(runs.mission ? { mission: runs.mission } : {}) } }
      : {}),
    ...(until === undefined ? {} : { until }),
  }
}
