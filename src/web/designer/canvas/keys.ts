import { type KeyboardEvent, useCallback } from 'react'
import { m } from '#messages'
import { withHeld } from '../../../mission/body.ts'
import { chainOf } from '../../../mission/edit.ts'
import type { Point } from '../../../mission/mission.ts'
import { placeOf, showSettings } from '../desk.ts'
import { exitsOf } from '../draft/exits.ts'
import { firstExit } from '../draft/nearby.ts'
import { pressOnNote } from '../notes/keys.ts'
import { directions, nudge, pressed, type Shortcut } from '../shortcuts.ts'
import { useWorkshop } from '../workshop.ts'
import { isLent } from './lent.ts'
import { toggle } from './opened.ts'
import { cardCorners } from './picture.ts'
import { isFree, type Placing } from './placing.ts'
import { cardSize, type Scene } from './scene.ts'

/**
 * The keys of the canvas: arrows go from card to card, with Alt they move the step along its line and with Shift as well the card; M moves the
 * step to another place, A adds after it, C connects it, Escape lets go. React Flow itself selects on Enter and asks us to delete.
 */
export function useCanvasKeys(scene: Scene, placing: Placing | undefined): (event: KeyboardEvent<HTMLElement>) => void {
  const workshop = useWorkshop()
  const { draft, desk, commands } = workshop
  return useCallback(
    (event) => {
      const focused = event.target instanceof HTMLElement ? event.target : undefined
      const node = focused?.classList.contains('react-flow__node') ? focused : undefined
      const id = node?.dataset['id']
      if (!node || id === undefined || !placing) return
      const { mission, ...now } = draft.getState()
      // What is compared is only looked at; what was removed cannot even be chosen.
      const comparing = desk.getState().compared !== undefined
      const readOnly = now.readOnly || comparing
      const isThere = [...mission.triggers, ...mission.steps].some((one) => one.id === id)
      const note = mission.notes?.find((one) => one.id === id)
      if (note) return pressOnNote(event, note, workshop, readOnly)
      const name = pressed(event, 'card')
      // What another mission does is only looked at.
      if (name === undefined || (isLent(id) && name !== 'go' && name !== 'letGo')) return
      const exit = firstExit(scene, id)
      const card = scene.cards.find((one) => one.id === id && one.role === 'step')
      const direction = directions[event.key]
      const acts: Record<Shortcut<'card'>, () => boolean> = {
        go() {
          const next = direction && nextCard(id, direction, scene, placing)
          if (next !== undefined)
            node
              .closest('.react-flow')
              ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)
              ?.focus()
          return true
        },
        move() {
          if (readOnly || !direction) return true
          const { selection, mission } = draft.getState()
          const corners = isFree(mission) ? {} : cardCorners(scene, placing)
          const moved = [...withHeld(mission, selection.includes(id) ? selection : [id])].flatMap((one) => {
            const corner = placing.corners[one]
            return corner ? [[one, { x: corner.x + direction.x * nudge, y: corner.y + direction.y * nudge }]] : []
          })
          commands.move({ ...corners, ...Object.fromEntries(moved) })
          return true
        },
        along() {
          if (!readOnly && card) commands.moveAlong(id, event.key === 'ArrowUp' ? -1 : 1)
          return true
        },
        moveTo() {
          const { selection } = draft.getState()
          const chain = selection.includes(id) ? chainOf(mission, selection, exitsOf(mission)) : undefined
          if (!readOnly && card) desk.setState({ relocating: { ids: chain ?? [id], place: placeOf(node) } })
          return true
        },
        replace() {
          if (!readOnly && card) desk.setState({ replacing: { id, place: placeOf(node) } })
          return true
        },
        open() {
          if (!isThere) return true
          draft.getState().select([id])
          if (!comparing) showSettings(desk, id)
          return true
        },
        pick() {
          if (!isThere || comparing) return true
          const { selection } = draft.getState()
          draft.getState().select(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id])
          showSettings(desk, id)
          return true
        },
        frame() {
          const card = scene.cards.find((one) => one.id === id)
          if (!card?.frame && card?.runs === undefined) return false
          toggle(desk, id)
          draft
            .getState()
            .tell(card.frame?.open ? m.canvas_frame_closed({ title: card.title }) : m.canvas_frame_opened({ title: card.title }))
          return true
        },
        letGo() {
          draft.getState().select([])
          desk.setState({ line: undefined, adding: undefined })
          return true
        },
        add() {
          if (readOnly || exit === undefined) return false
          desk.setState({ adding: { spot: { at: 'exit', from: id, exit }, place: placeOf(node), byKey: true } })
          return true
        },
        connect() {
          if (readOnly || exit === undefined) return false
          desk.setState({ connecting: { from: id, exit, place: placeOf(node) } })
          return true
        },
        // React Flow deletes by the same keys, but only what is chosen.
        remove() {
          const { line } = desk.getState()
          if (readOnly || line !== undefined || draft.getState().selection.length > 0) return false
          commands.remove([id])
          return true
        },
      }
      if (!acts[name]()) return
      event.preventDefault()
      event.stopPropagation()
    },
    [commands, desk, draft, placing, scene, workshop],
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
