import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import type { Mission } from '../../../mission/mission.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { wantsLessMotion } from './gliding.ts'
import type { Placing } from './placing.ts'
import { useDrawn } from './SceneProvider.tsx'
import { cardSize } from './scene.ts'
import { showStart } from './showing.ts'

/**
 * Begins the view anew when another mission has taken the place of the one that was open (a file, a version, a template), and when going
 * back and forth in what was done would leave one before an empty canvas.
 */
export function useBeginning(aim: Placing | undefined): void {
  const { desk, draft } = useWorkshop()
  const flow = useReactFlow()
  const store = useStoreApi()
  const drawn = useDrawn()
  const begun = useDesk((state) => state.begun)
  const travels = useDraft((state) => state.travels)
  const travelled = useRef<{ count: number; to: Mission | undefined }>({ count: 0, to: undefined })

  useEffect(() => {
    if (travels !== travelled.current.count) travelled.current = { count: travels, to: draft.getState().mission }
    if (!aim || drawn === undefined) return
    const begins = drawn === begun
    const returns = drawn === travelled.current.to
    if (!begins && !returns) return
    if (begun) desk.setState({ begun: undefined })
    travelled.current.to = undefined
    const { width, height, transform } = store.getState()
    if (!begins && isInSight(aim, transform, { width, height })) return
    showStart(flow, aim, { width, height }, wantsLessMotion() ? 0 : 250)
  }, [aim, begun, desk, draft, drawn, flow, store, travels])
}

/** Whether any card is in the view. */
function isInSight(
  { corners }: Placing,
  [x, y, zoom]: [number, number, number],
  { width, height }: { width: number; height: number },
): boolean {
  return Object.values(corners).some(
    (corner) =>
      (corner.x + cardSize.width) * zoom + x > 0 &&
      corner.x * zoom + x < width &&
      (corner.y + cardSize.height) * zoom + y > 0 &&
      corner.y * zoom + y < height,
  )
}
