import { catalogue } from '../../../catalogue/catalogue.ts'
import { problems } from '../../../mission/problems.ts'
import { sentences } from '../../../mission/prose.ts'
import { builtin } from '../../../platforms/builtin/builtin.ts'
import { plainNames, plainProblem, titlesOfSteps } from './plain.ts'
import type { ReviewAnswer, ReviewJob } from './review.ts'

self.addEventListener('message', ({ data: { job, mission, language } }: MessageEvent<ReviewJob>) => {
  self.postMessage(look({ job, mission, language }))
})

function look({ job, mission, language }: ReviewJob): ReviewAnswer {
  try {
    return tell({ job, mission, language })
  } catch (error) {
    // Nothing is known then, and the server has the last word before anything is published.
    console.error(error)
    return { job, problems: [], sentences: [] }
  }
}

function tell({ job, mission, language }: ReviewJob): ReviewAnswer {
  const titles = titlesOfSteps(mission, catalogue.kinds)
  const nameOf = (id: string) => titles(id)?.[language]
  return {
    job,
    problems: problems(mission, catalogue.kinds, builtin.card).map((problem) => plainProblem(problem, mission, titles)),
    sentences: sentences(mission, catalogue.kinds, language).map((sentence) => ({ ...sentence, text: plainNames(sentence.text, nameOf) })),
  }
}
