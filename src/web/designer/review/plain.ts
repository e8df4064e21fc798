import { readableReference } from '../../../catalogue/readable.ts'
import { type Kinds, titleOf } from '../../../mission/kinds.ts'
import type { Mission } from '../../../mission/mission.ts'
import type { Problem } from '../../../mission/problems.ts'
import type { Words } from '../../../mission/words.ts'

/** A reference or an id in quotation marks, with what leads up to it. */
const quotedEn = /“([a-z]\w*(?:\.\w+|\[\d+\])*)”/g
const quotedFr = /«[\s\u00a0\u202f]([a-z]\w*(?:\.\w+|\[\d+\])*)[\s\u00a0\u202f]»/g

/** Says in words what the language below can only name by its id: “trigger.person.manager” becomes the manager of the person. */
function plainWords(words: Words, mission: Mission, titles: Titles): Words {
  const named = (language: keyof Words) => (whole: string, written: string) => {
    const [root = ''] = written.split(/[.[]/)
    if (root === written) return whole.replace(root, titles(root)?.[language] ?? root)
    if (root !== 'trigger' && !mission.steps.some((step) => step.id === root)) return whole
    return plainNames(readableReference(written)[language], (id) => titles(id)?.[language])
  }
  return { en: upper(words.en.replace(quotedEn, named('en'))), fr: upper(words.fr.replace(quotedFr, named('fr'))) }
}

/** What people know a step by, from its id. */
export type Titles = (id: string) => Words | undefined

/** The steps' own names, or what kind of step they are. */
export function titlesOfSteps(mission: Mission, kinds: Kinds): Titles {
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  return (id) => {
    const step = steps.get(id)
    return step && titleOf(step, kinds.step(step.type)?.title)
  }
}

/** The names of steps where a sentence has their ids: the channel of “Open a channel”, not of “open_a_channel”. */
export function plainNames(sentence: string, nameOf: (id: string) => string | undefined): string {
  return sentence.replace(
    /\b(of “|de «[\s\u00a0\u202f])([^”»]+?)([\s\u00a0\u202f]?[”»])/g,
    (whole, before: string, id: string, after: string) => {
      // Readable references write an id with blanks for its underscores.
      const name = nameOf(id.replaceAll(' ', '_'))
      return name === undefined ? whole : before + name + after
    },
  )
}

/** A problem in plain words. */
export function plainProblem(problem: Problem, mission: Mission, titles: Titles): Problem {
  return { ...problem, why: plainWords(problem.why, mission, titles), remedy: plainWords(problem.remedy, mission, titles) }
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
