import { type Desk, show } from './desk.ts'
import type { Workshop } from './workshop.ts'

/** So long it may take until a card is drawn in its new place, in frames. */
const patience = 60
/** A card that is not drawn after so many frames is none of those in view: large missions are drawn only there. */
const unseen = 20

/** The card, the note or the line of the outline that has the focus, by its id; undefined when something else has it. */
export function heldCard(): { id: string; inOutline: boolean } | undefined {
  const held = document.activeElement
  if (!(held instanceof HTMLElement) || !held.matches('.react-flow__node, [data-line]')) return undefined
  const id = held.dataset['id'] ?? held.dataset['line']
  return id === undefined ? undefined : { id, inOutline: held.dataset['line'] !== undefined }
}

/** True while a dialog is open that lets nobody at the page behind it. */
export function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

/** True while a list, a menu or a small dialog is open, which Escape closes before anything that it lies on. */
export function isPopupOpen(): boolean {
  const popups = document.querySelectorAll('[role="listbox"], [role="menu"], [role="dialog"]:not([aria-modal="true"])')
  return [...popups].some((popup) => popup.checkVisibility())
}

/** Chooses a card, brings it into view, and puts the focus on it, on the canvas or in the outline, whichever is there. */
export function goToCard({ draft, desk }: Pick<Workshop, 'draft' | 'desk'>, id: string): void {
  draft.getState().select([id])
  show(desk, id)
  focusCard(desk, id)
}

/**
 * Puts the focus on a card as soon as it is drawn, unless somebody does something else meanwhile. A list that closes may give the focus back some
 * frames later, so what gets it without a key or a press gives it up again, twice. The view moves only when it must.
 */
export function focusCard(desk: Desk, id: string, inOutline = false): void {
  const name = CSS.escape(id)
  const places = [`.react-flow__node[data-id="${name}"]`, `[data-line="${name}"]`]
  if (inOutline) places.reverse()
  const elsewhere = new AbortController()
  for (const what of ['keydown', 'pointerdown'])
    addEventListener(what, () => elsewhere.abort(), { capture: true, signal: elsewhere.signal })
  let waited = 0
  let taken = 0
  everyFrame(
    () => {
      if (elsewhere.signal.aborted) return false
      if (isModalOpen()) return true
      const card = places.map((place) => document.querySelector<HTMLElement>(place)).find((one) => one?.checkVisibility() === true)
      if (card && card !== document.activeElement) {
        // A list gives it back once; whatever takes it again, such as a screen reader, keeps it.
        if (document.activeElement !== document.body && ++taken > 2) return false
        card.focus({ preventScroll: card.matches('.react-flow__node') })
      } else if (!card && ++waited === unseen) show(desk, id)
      // On to the last frame: the page may yet be drawn in another order, which drops the focus.
      return true
    },
    () => elsewhere.abort(),
  )
}

/** Puts the focus into what stands at the right: on the first that can be pressed there, on the tab where there is nothing. */
export function focusSide(): void {
  // A list that closes gives the focus back first.
  requestAnimationFrame(() => {
    const tab = document.querySelector<HTMLElement>('aside [role="tab"][aria-selected="true"]')
    tab?.focus()
    everyFrame(() => {
      const panel = document.getElementById(tab?.getAttribute('aria-controls') ?? '')
      const first = panel?.querySelector<HTMLElement>('button:not(:disabled, [tabindex="-1"])')
      if (document.activeElement !== tab) return false
      first?.focus()
      return true
    })
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

function everyFrame(goOn: () => boolean, over: () => void = () => undefined): void {
  let frames = 0
  const next = () => {
    if (goOn() && ++frames < patience) requestAnimationFrame(next)
    else over()
  }
  requestAnimationFrame(next)
}
