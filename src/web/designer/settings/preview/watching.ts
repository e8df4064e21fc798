import { useEffect, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { useWorkshop } from '../../workshop.ts'
import type { Preview, PreviewAnswer, PreviewJob } from './previewing.ts'

/** Waits this long for more letters. Milliseconds. */
const quiet = 150

/** Kept once it is there: starting it takes longer than everything it does afterwards. */
let shared: Worker | undefined
let jobs = 0

function ask(job: Omit<PreviewJob, 'job'>, answered: (seen: Preview | undefined) => void): () => void {
  shared ??= new Worker(new URL('./seen.worker.ts', import.meta.url), { type: 'module' })
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
  const { language, draft } = useWorkshop()
  const zone = useSession().person.time_zone
  const [seen, setSeen] = useState<Preview | 'pending' | undefined>('pending')
  const [now] = useState(() => new Date())
  useEffect(() => {
    if (!enabled) return undefined
    let drop: (() => void) | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      drop?.()
      drop = ask({ id, mission: draft.getState().mission, language, now, zone }, setSeen)
    }
    look()
    const unsubscribe = draft.subscribe((state, before) => {
      if (state.mission === before.mission) return
      clearTimeout(timer)
      timer = setTimeout(look, quiet)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
      drop?.()
    }
  }, [enabled, id, draft, language, now, zone])
  return seen
}
