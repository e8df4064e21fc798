import { arrange, type Arrangement, type Puzzle } from './arrange.ts'

/** What the worker is asked and what it answers; `job` tells which answer belongs to which question. */
export interface ArrangeJob {
  job: number
  puzzle: Puzzle
}
export interface ArrangeAnswer {
  job: number
  arrangement: Arrangement
}

self.addEventListener('message', ({ data }: MessageEvent<ArrangeJob>) => {
  const answer: ArrangeAnswer = { job: data.job, arrangement: arrange(data.puzzle) }
  self.postMessage(answer)
})
