import { catalogue } from '../../../catalogue/catalogue.ts'
import { problems } from '../../../mission/problems.ts'
import { sentences } from '../../../mission/prose.ts'
import type { ReviewAnswer, ReviewJob } from './review.ts'

self.addEventListener('message', ({ data: { job, mission, language } }: MessageEvent<ReviewJob>) => {
  const answer: ReviewAnswer = { job, problems: problems(mission, catalogue.kinds), sentences: sentences(mission, catalogue.kinds, language) }
  self.postMessage(answer)
})
