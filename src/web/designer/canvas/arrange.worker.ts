import { arrange, arrangePlainly, type Arrangement, type Puzzle } from './arrange.ts'

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
  const answer: ArrangeAnswer = { job: data.job, arrangement: arrangeSafely(data.puzzle) }
  self.postMessage(answer)
})

function arrangeSafely(puzzle: Puzzle): Arrangement {
  try {
    return arrange(puzzle)
  } catch (error) {
    // dagre recurses as deep as the mission is long. A plain picture is better than none.
    console.warn('The tidy layout gave up; arranged plainly.', error)
    return arrangePlainly(puzzle)
  }
}
