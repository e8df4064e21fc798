import { type KeyboardEvent, useCallback } from 'react'
import type { Point } from '../../../mission/mission.ts'
import { placeOf } from '../desk.ts'
import { firstExit } from '../draft/nearby.ts'
import { useWorkshop } from '../workshop.ts'
import { cardCorners } from './picture.ts'
import { isFree, type Placing } from './placing.ts'
import { cardSize, type Scene } from './scene.ts'

const directions: Record<string, Point> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}
const nudge = 10

/**
 * The keys of the canvas: arrows go from card to card, with Alt they move the card; A adds after it, C connects it, Escape lets
 * go. React Flow itself selects on Enter and asks us to delete.
 */
export function useCanvasKeys(scene: Scene, placing: Placing | undefined): (event: KeyboardEvent<HTMLElement>) => void {
  const { draft, desk, commands } = useWorkshop()
  return useCallback(
    (event) => {
      const focused = event.target instanceof HTMLElement ? event.target : undefined
      const node = focused?.classList.contains('react-flow__node') ? focused : undefined
      const id = node?.dataset['id']
      if (!node || id === undefined || !placing) return
      const { readOnly } = draft.getState()
      const direction = directions[event.key]
      const handled = () => {
        event.preventDefault()
        event.stopPropagation()
      }
      if (direction) {
        handled()
        if (event.altKey && !readOnly) {
          const ids = draft.getState().selection.includes(id) ? draft.getState().selection : [id]
          const corners = isFree(draft.getState().mission) ? {} : cardCorners(scene, placing)
          const moved = ids.flatMap((one) => {
            const corner = placing.corners[one]
            return corner ? [[one, { x: corner.x + direction.x * nudge, y: corner.y + direction.y * nudge }]] : []
          })
          commands.move({ ...corners, ...Object.fromEntries(moved) })
          return
        }
        const next = nextCard(id, direction, scene, placing)
        if (next === undefined) return
        node
          .closest('.react-flow')
          ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)
          ?.focus()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const exit = firstExit(scene, id)
      if (event.key === 'Enter' || event.key === ' ') {
        handled()
        const { selection } = draft.getState()
        draft
          .getState()
          .select(event.shiftKey ? (selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id]) : [id])
        desk.setState(({ wanted }) => ({ side: 'settings', wanted: { id, setting: '', count: (wanted?.count ?? 0) + 1 } }))
      } else if (event.key === 'Escape') {
        handled()
        draft.getState().select([])
        desk.setState({ line: undefined, adding: undefined })
      } else if (readOnly || exit === undefined) return
      else if (event.key === 'a' || event.key === '+') {
        handled()
        desk.setState({ adding: { spot: { at: 'exit', from: id, exit }, place: placeOf(node) } })
      } else if (event.key === 'c') {
        handled()
        desk.setState({ connecting: { from: id, exit, place: placeOf(node) } })
      }
    },
    [commands, desk, draft, placing, scene],
  )
}

/** The nearest card in a direction, measured from middle to middle; what lies off to the side counts double. */
function nextCard(id: string, direction: Point, scene: Scene, placing: Placing): string | undefined {
  const here = placing.corners[id]
  if (!here) return undefined
  let best: { id: string; cost: number } | undefined
  for (const card of scene.cards) {
    const there = placing.corners[card.id]
    if (!there || card.id === id) continue
    const along = (there.x - here.x) * direction.x + (there.y - here.y) * direction.y
    const aside = Math.abs((there.x - here.x) * direction.y) + Math.abs((there.y - here.y) * direction.x)
    if (along < (direction.x === 0 ? cardSize.height : cardSize.width) / 2) continue
    const cost = along + 2 * aside
    if (!best || cost < best.cost) best = { id: card.id, cost }
  }
  return best?.id
}
