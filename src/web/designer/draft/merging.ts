import type { Mission } from '../../../mission/mission.ts'

/** What the worker is asked: two drafts of a mission that began from the same one. */
export interface MergeJob {
  base: Mission
  mine: Mission
  theirs: Mission
}

/** What it answers: both in one, or nothing when a person has to choose. */
export interface MergeAnswer {
  mission: Mission | undefined
}

/**
 * Merges two drafts in a worker of its own, since what comes out is looked through as before publishing. Needed rarely, so the worker is there only
 * as long as it takes.
 *
 * @throws Error when the worker cannot be fetched or fails.
 */
export function mergeDrafts(job: MergeJob): Promise<Mission | undefined> {
  const worker = new Worker(new URL('./merging.worker.ts', import.meta.url), { type: 'module' })
  const answer = new Promise<Mission | undefined>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<MergeAnswer>) => resolve(data.mission))
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker could not be fetched.')))
  })
  worker.postMessage(job)
  return answer.finally(() => worker.terminate())
}
