import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { focusCard } from './focusing.ts'
import { useWorkshop } from './workshop.ts'

/**
 * A dialog over the designer, open as long as it is drawn. Holds the focus also when what it asks gives way to what it then says, and
 * gives it back to where it was; if that is gone, to the card that is chosen.
 */
export function Dialog({ children, ...props }: Omit<ModalProps, 'opened'>) {
  const { draft, desk } = useWorkshop()
  useLayoutEffect(() => {
    const before = document.activeElement
    return () => {
      const isFree = () => document.activeElement === document.body
      if (!isFree() && document.activeElement?.closest('[role="dialog"]') === null) return
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      requestAnimationFrame(() => {
        const chosen = draft.getState().selection.at(-1)
        if (isFree() && chosen !== undefined) focusCard(desk, chosen)
      })
    }
  }, [draft, desk])
  return (
    <Modal opened {...props}>
      <Hold>{children}</Hold>
    </Modal>
  )
}

/** Takes the focus up again when the button or field that had it goes, or cannot be used any more. */
function Hold({ children }: { children: ModalProps['children'] }) {
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const dialog = mark.current?.closest<HTMLElement>('[role="dialog"]')
    if (!dialog) return undefined
    const hold = () => {
      if (document.activeElement !== document.body) return
      const first = dialog.querySelector<HTMLElement>('[data-autofocus]:not(:disabled)')
      ;(first ?? dialog.querySelector<HTMLElement>('button:not(:disabled)'))?.focus({ preventScroll: true })
    }
    // Two frames: what can no longer be used loses the focus when the page is painted.
    const watch = new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(hold)))
    watch.observe(dialog, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
    return () => watch.disconnect()
  }, [])
  return <div ref={mark}>{children}</div>
}
