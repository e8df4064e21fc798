import { checkCalled } from '../../../catalogue/callable.ts'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { problems } from '../../../mission/problems.ts'
import { sentences } from '../../../mission/prose.ts'
import { builtin } from '../../../platforms/builtin/builtin.ts'
import { plainNames, plainProblem, titlesOfSteps } from './plain.ts'
import type { ReviewAnswer, ReviewJob } from './review.ts'

self.addEventListener('message', ({ data }: MessageEvent<ReviewJob>) => {
  self.postMessage(look(data))
})

function look(asked: ReviewJob): ReviewAnswer {
  try {
    return tell(asked)
  } catch (error) {
    // Nothing is known then, and the server has the last word before anything is published.
    console.error(error)
    return { job: asked.job, problems: [], sentences: [] }
  }
}

function tell({ job, mission, calls, language }: ReviewJob): ReviewAnswer {
  const titles = titlesOfSteps(mission, catalogue.kinds)
  const nameOf = (id: string) => titles(id)?.[language]
  return {
    job,
    problems: [
      ...problems(mission, catalogue.kinds, builtin.card).map((problem) => plainProblem(problem, mission, titles)),
      // A draft may be ahead of the missions that it runs; when it is published, the server insists.
      ...checkCalled({ ...mission, steps: calls.steps }, calls, 'warning'),
    ],
    sentences: sentences(mission, catalogue.kinds, language).map((sentence) => ({ ...sentence, text: plainNames(sentence.text, nameOf) })),
  }
}
