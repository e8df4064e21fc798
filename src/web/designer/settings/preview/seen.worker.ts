import { type PreviewAnswer, previewCard, type PreviewJob } from './previewing.ts'

self.addEventListener('message', ({ data }: MessageEvent<PreviewJob>) => {
  const answer: PreviewAnswer = { job: data.job, seen: previewCard(data) }
  self.postMessage(answer)
})
