import { useEffect, useRef, useState } from 'react'
import { useDraft, useWorkshop } from '../../workshop.ts'
import type { Preview, PreviewAnswer, PreviewJob } from './previewing.ts'

/** Waits this long for more letters. Milliseconds. */
const quiet = 60

/** Kept once it is there: starting it takes longer than everything it does afterwards. */
let shared: Worker | undefined
let jobs = 0

function ask(job: Omit<PreviewJob, 'job'>, answered: (seen: Preview | undefined) => void): () => void {
  shared ??= new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' })
  const worker = shared
  const number = ++jobs
  const onMessage = ({ data }: MessageEvent<PreviewAnswer>) => {
    if (data.job !== number) return
    worker.removeEventListener('message', onMessage)
    answered(data.seen)
  }
  worker.addEventListener('message', onMessage)
  worker.postMessage({ ...job, job: number } satisfies PreviewJob)
  return () => worker.removeEventListener('message', onMessage)
}

/**
 * What people will see of a card, worked out in a worker a moment after each change, so that no key waits for it. `pending` before the
 * first answer.
 */
export function usePreview(id: string, enabled: boolean): Preview | 'pending' | undefined {
  const { language } = useWorkshop()
  const mission = useDraft((state) => state.mission)
  const [seen, setSeen] = useState<Preview | 'pending' | undefined>('pending')
  const [now] = useState(() => new Date())
  const asked = useRef(false)
  useEffect(() => {
    if (!enabled) return undefined
    let drop: (() => void) | undefined
    // The first is wanted at once.
    const timer = setTimeout(() => (drop = ask({ id, mission, language, now }, setSeen)), asked.current ? quiet : 0)
    asked.current = true
    return () => {
      clearTimeout(timer)
      drop?.()
    }
  }, [enabled, id, mission, language, now])
  return seen
}
