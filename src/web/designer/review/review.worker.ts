import { catalogue } from '../../../catalogue/catalogue.ts'
import { problems } from '../../../mission/problems.ts'
import { sentences } from '../../../mission/prose.ts'
import { plainNames, plainProblem, titlesOfSteps } from './plain.ts'
import type { ReviewAnswer, ReviewJob } from './review.ts'

self.addEventListener('message', ({ data: { job, mission, language } }: MessageEvent<ReviewJob>) => {
  const titles = titlesOfSteps(mission, catalogue.kinds)
  const nameOf = (id: string) => titles(id)?.[language]
  const answer: ReviewAnswer = {
    job,
    problems: problems(mission, catalogue.kinds).map((problem) => plainProblem(problem, mission, titles)),
    sentences: sentences(mission, catalogue.kinds, language).map((sentence) => ({ ...sentence, text: plainNames(sentence.text, nameOf) })),
  }
  self.postMessage(answer)
})
