import { show } from '../desk.ts'
import type { Workshop } from '../workshop.ts'

/** So long the canvas may take to bring a card into view and draw it, in frames. */
const patience = 60

/** Chooses a card, brings it into view, and puts the focus on it, on the canvas or in the outline, whichever is there. */
export function goToCard({ draft, desk }: Pick<Workshop, 'draft' | 'desk'>, id: string): void {
  draft.getState().select([id])
  show(desk, id)
  const name = CSS.escape(id)
  let frames = 0
  const reach = () => {
    const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${name}"], button[data-line="${name}"]`)
    if (card) card.focus({ preventScroll: card.matches('.react-flow__node') })
    else if (++frames < patience) requestAnimationFrame(reach)
  }
  // The list that was open gives the focus back first.
  requestAnimationFrame(reach)
}
