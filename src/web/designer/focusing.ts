import { show } from './desk.ts'
import type { Workshop } from './workshop.ts'

/** So long it may take until a card is drawn in its new place, in frames. */
const patience = 60

/** Chooses a card, brings it into view, and puts the focus on it, on the canvas or in the outline, whichever is there. */
export function goToCard({ draft, desk }: Pick<Workshop, 'draft' | 'desk'>, id: string): void {
  draft.getState().select([id])
  show(desk, id)
  const name = CSS.escape(id)
  everyFrame(() => {
    const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${name}"], button[data-line="${name}"]`)
    card?.focus({ preventScroll: card.matches('.react-flow__node') })
    return card === null
  })
}

/** Keeps the focus on what has it, or takes it up again, while the page is drawn in another order: a browser drops it from what it moves. */
export function holdFocus(): void {
  // A list that closes gives the focus back first.
  requestAnimationFrame(() => {
    const held = document.activeElement
    if (!(held instanceof HTMLElement) || held === document.body) return
    everyFrame(() => {
      if (document.activeElement === document.body) held.focus({ preventScroll: true })
      return document.activeElement === held
    })
  })
}

function everyFrame(goOn: () => boolean): void {
  let frames = 0
  const next = () => {
    if (goOn() && ++frames < patience) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
