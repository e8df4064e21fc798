import { useEffect } from 'react'
import type { Mission } from '../../mission/mission.ts'
import type { DraftState } from './draft/draft.ts'
import { focusCard, heldCard } from './focusing.ts'
import { useWorkshop, type Workshop } from './workshop.ts'

/** What was before a change: the draft, and the card that had the focus. */
interface Before {
  state: DraftState
  held: ReturnType<typeof heldCard>
}

/**
 * Lets the focus follow the work: to what was added, to what took the place of what went, to what an undo brought back. Only from a
 * card, or from nowhere: whoever is in a field or on a button stays there.
 */
export function useFollowing(): void {
  const workshop = useWorkshop()
  const { draft } = workshop
  useEffect(() => {
    let before: Before | undefined
    return draft.subscribe((now, last) => {
      if (now.mission === last.mission || before) return
      before = { state: last, held: heldCard() }
      // Until then what changed is drawn, and a list that closes has given the focus back.
      requestAnimationFrame(() => {
        if (before) follow(workshop, before)
        before = undefined
      })
    })
  }, [draft, workshop])
}

function follow(workshop: Workshop, { state: before, held: heldBefore }: Before): void {
  const { draft, desk, sketch } = workshop
  const held = heldCard()
  if (!held && document.activeElement !== document.body) return
  const now = draft.getState()
  const [were, are] = [idsOf(before.mission), idsOf(now.mission)]
  const isGone = (id: string) => were.has(id) && !are.has(id)
  const travelled = now.travels !== before.travels
  const inOutline = (held ?? heldBefore)?.inOutline === true
  const go = (id: string) => focusCard(desk, id, inOutline)

  // A wish for a setting that was not yet met went with its card.
  if (travelled) desk.setState(({ wanted }) => (wanted ? { wanted: { ...wanted, id: '' } } : {}))
  const came = travelled ? [...are].filter((id) => !were.has(id)) : []
  const [back] = came
  if (back !== undefined) {
    // One of them: on a card that is chosen with others, a click would change nothing.
    now.select([back])
    return go(back)
  }
  const [chosen] = now.selection
  if (chosen !== undefined && now.selection !== before.selection && !now.selection.includes(held?.id ?? '')) return go(chosen)

  if (held && !isGone(held.id)) return undefined
  const lost = held?.id ?? heldBefore?.id ?? before.selection.at(-1)
  if (lost === undefined) return undefined
  const cards = [...(sketch.current?.draw(before.mission).cards ?? [])].sort((one, other) => one.order - other.order)
  const order = [...cards, ...(before.mission.notes ?? [])].map(({ id }) => id)
  const at = order.indexOf(lost)
  const above = order.slice(0, Math.max(at, 0)).findLast((id) => are.has(id))
  const below = order.slice(at).find((id) => are.has(id))
  // What an undo takes away had been put after something, which is where one was before.
  const next = travelled ? (above ?? below) : (below ?? above)
  if (next === undefined) return undefined
  if (travelled && now.selection.length === 0 && before.selection.length > 0) now.select([next])
  return go(next)
}

function idsOf({ triggers, steps, notes = [] }: Mission): ReadonlySet<string> {
  return new Set([...triggers, ...steps, ...notes].map(({ id }) => id))
}
