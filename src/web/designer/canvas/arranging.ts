import { useEffect, useState } from 'react'
import { arrange, type Arrangement, type Puzzle } from './arrange.ts'
import type { ArrangeAnswer, ArrangeJob } from './arrange.worker.ts'

/** An arrangement and the puzzle (as text) that it solves. */
interface Solved {
  question: string
  arrangement: Arrangement
}

let worker: Worker | undefined
let jobs = 0

/** Starts the one worker of this tab, if it is not there yet: starting takes longer than arranging a hundred steps. */
export function startArranging(): Worker {
  worker ??= new Worker(new URL('./arrange.worker.ts', import.meta.url), { type: 'module' })
  return worker
}

function ask(puzzle: Puzzle, answered: (arrangement: Arrangement) => void): () => void {
  const current = startArranging()
  const job: ArrangeJob = { job: ++jobs, puzzle }
  const listen = ({ data }: MessageEvent<ArrangeAnswer>) => {
    if (data.job === job.job) answered(data.arrangement)
  }
  current.addEventListener('message', listen)
  current.postMessage(job)
  return () => current.removeEventListener('message', listen)
}

/** An arrangement; overtaken when another puzzle has been asked since, and its answer is not there yet. */
export interface Answered {
  arrangement: Arrangement | undefined
  overtaken: boolean
}

/**
 * Up to so many boxes, the first picture is arranged where it is drawn: a few milliseconds, and what is around the canvas is not drawn once
 * without it. With rows asked for before scripts (main.tsx), 100 steps opened warm are there after 235 ms instead of 307.
 */
const fewBoxes = 200

/**
 * The tidy arrangement of a puzzle, worked out off the main path. Until the answer to a new puzzle is there, the one to the last
 * puzzle stays; undefined before the first answer. Nothing is asked while `puzzle` is undefined.
 */
export function useArrangement(puzzle: Puzzle | undefined): Answered {
  const question = puzzle ? JSON.stringify(puzzle) : ''
  const [solved, setSolved] = useState((): Solved | undefined =>
    puzzle && puzzle.boxes.length <= fewBoxes ? { question, arrangement: arrange(puzzle) } : undefined,
  )
  const answered = solved?.question === question
  useEffect(() => {
    if (question === '' || answered) return undefined
    const asked: Puzzle = JSON.parse(question)
    return ask(asked, (arrangement) => setSolved({ question, arrangement }))
  }, [question, answered])
  return { arrangement: solved?.arrangement, overtaken: question !== '' && !answered }
}
