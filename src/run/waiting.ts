import { listed } from '../catalogue/readable.ts'
import type { Words } from '../mission/words.ts'
import { instantWords, same } from './particulars.ts'
import type { StartedRuns, StepStory, Who } from './visits.ts'

/** One thing a run waits for: people who have not answered, a time, other runs, or the next try after a trouble. */
export interface Waiting {
  step: string
  visit: number
  kind: 'people' | 'time' | 'runs' | 'retry'
  /** Those whose answer is still missing. */
  people: Who[]
  channel?: Who
  runs?: StartedRuns
  /** ISO instant. */
  until?: string
}

/** Everything that a run waits for, in the mission's order of steps. */
export function waitingOf(steps: Iterable<StepStory>): Waiting[] {
  return [...steps].flatMap(({ id, visits }) =>
    visits.flatMap(({ visit, state, until, asked, answers, runs }): Waiting[] => {
      const base = { step: id, visit, ...(until === undefined ? {} : { until }) }
      if (state === 'waiting') return [{ ...base, kind: 'time', people: [] }]
      if (state === 'retrying') return [{ ...base, kind: 'retry', people: [] }]
      if (state === 'calling' && runs) return [{ ...base, kind: 'runs', people: [], runs }]
      if (state !== 'asking' || !asked) return []
      const answered = new Set(answers.map(({ person }) => person?.id))
      return [
        {
          ...base,
          kind: 'people',
          people: asked.people.filter(({ id: person }) => !answered.has(person)),
          ...(asked.channel ? { channel: asked.channel } : {}),
        },
      ]
    }),
  )
}

const mostNames = 4

/** Names as a sentence lists them: “Ana, Bo and Cy”; beyond four, how many more. */
export function namesWords(people: readonly Who[]): Words {
  const shown = people.length > mostNames + 1 ? people.slice(0, mostNames) : people
  const more = people.length - shown.length
  return listed([...shown.map(({ name }) => same(name)), ...(more > 0 ? [{ en: `${more} more`, fr: `${more} autres` }] : [])])
}

/** A channel as people write it. */
export const channelWords = (channel: Who): Words => same(`#${channel.name.replace(/^#/, '')}`)

/** What a run waits for, in one line: “Waiting for Ana and Bo”. Undefined when it waits for nothing. People come before other runs, and those before times. */
export function waitingWords(waiting: readonly Omit<Waiting, 'step' | 'visit'>[], timeZone: string): Words | undefined {
  const asking = waiting.filter(({ kind }) => kind === 'people')
  const people = [...new Map(asking.flatMap((one) => one.people).map((who) => [who.id, who])).values()]
  const channels = [
    ...new Map(
      asking.filter((one) => one.people.length === 0).flatMap(({ channel }) => (channel ? [[channel.id, channel] as const] : [])),
    ).values(),
  ]
  const who = listed([...(people.length > 0 ? [namesWords(people)] : []), ...channels.map(channelWords)])
  if (who.en !== '') return { en: `Waiting for ${who.en}`, fr: `En attente de réponse\u00a0: ${who.fr}` }
  const started = waiting.flatMap(({ runs }) => (runs ? [runsWords(runs)] : []))[0]
  if (started) return started
  const [soonest] = waiting.filter(({ until }) => until !== undefined).sort((a, b) => Date.parse(a.until ?? '') - Date.parse(b.until ?? ''))
  if (!soonest?.until) return undefined
  const until = instantWords(soonest.until, timeZone)
  return soonest.kind === 'retry'
    ? { en: `Trying again on ${until.en}`, fr: `Nouvel essai le ${until.fr}` }
    : { en: `Waiting until ${until.en}`, fr: `En attente jusqu’au ${until.fr}` }
}

function runsWords({ count, ended, mission }: StartedRuns): Words {
  return mission
    ? { en: `Waiting for the mission “${mission.name}”`, fr: `En attente de la mission «\u00a0${mission.name}\u00a0»` }
    : { en: `${ended} of ${count} items done`, fr: `${ended} ${ended > 1 ? 'éléments traités' : 'élément traité'} sur ${count}` }
}
