import { catalogue } from '../../../catalogue/catalogue.ts'
import { merge } from '../../../mission/merging.ts'
import type { MergeAnswer, MergeJob } from './merging.ts'

self.addEventListener('message', ({ data: { base, mine, theirs } }: MessageEvent<MergeJob>) => {
  const merging = merge(base, mine, theirs, catalogue.kinds)
  const answer: MergeAnswer = { mission: 'mission' in merging ? merging.mission : undefined }
  self.postMessage(answer)
})
