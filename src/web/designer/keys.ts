import { useEffect } from 'react'
import { heldCard, isModalOpen } from './focusing.ts'
import { pressed, type Shortcut } from './shortcuts.ts'
import { useWorkshop } from './workshop.ts'

/** True where letters and keys belong to a text that is being written. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null
}

/** These the browser turns into events of its own, which alone may touch the clipboard. */
type Clipboard = 'copy' | 'cut' | 'paste'

/** Keys of the whole designer: undo, redo, save, select all, copy, cut, paste, duplicate, find, help. */
export function useKeys(): void {
  const { draft, desk, commands, syncing } = useWorkshop()
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const state = () => draft.getState()
    // What is chosen, or else the card or note that has the focus.
    const meant = (): readonly string[] => {
      const { selection, mission } = state()
      const held = selection.length === 0 ? heldCard()?.id : undefined
      const isThere = [...mission.triggers, ...mission.steps, ...(mission.notes ?? [])].some(({ id }) => id === held)
      return held !== undefined && isThere ? [held] : selection
    }
    // What is compared is only looked at.
    const mayEdit = () => !state().readOnly && desk.getState().compared === undefined
    const acts: Record<Exclude<Shortcut<'page'>, Clipboard>, () => void> = {
      help: () => desk.setState({ helping: true }),
      find: () => desk.setState({ finding: true }),
      undo: () => state().undo(),
      redo: () => state().redo(),
      past: () => !state().readOnly && desk.setState({ past: true }),
      duplicate: () => mayEdit() && meant().length > 0 && commands.duplicate(meant()),
      group: () => mayEdit() && meant().length > 0 && desk.setState({ grouping: { ids: meant(), as: 'mission' } }),
      hold: () => mayEdit() && meant().length > 0 && commands.hold(meant()),
      selectAll() {
        const { triggers, steps, notes = [] } = state().mission
        state().select([...triggers, ...steps, ...notes].map((node) => node.id))
      },
      note: () => mayEdit() && commands.addNote(heldCard()?.id),
      // Everything is saved by itself; whoever presses it all the same wants it now.
      save: () => void syncing.flush(),
    }

    const onKey = (event: KeyboardEvent) => {
      const name = pressed(event, 'page')
      if (name === undefined || name === 'copy' || name === 'cut' || name === 'paste') return
      // These two mean nothing to a text that is being written.
      if (isWriting(event.target) && name !== 'save' && name !== 'find') return
      event.preventDefault()
      if (isModalOpen() || (name === 'find' && isInDialog(event.target))) return
      acts[name]()
    }
    const clips: Record<Clipboard, (event: ClipboardEvent) => void> = {
      copy: (event) => {
        const selection = meant()
        if (isWriting(event.target) || isModalOpen() || selection.length === 0 || getSelection()?.isCollapsed === false) return
        event.preventDefault()
        event.clipboardData?.setData('text/plain', commands.copy(selection))
        if (event.type === 'cut' && mayEdit()) commands.remove(selection)
      },
      cut: (event) => clips.copy(event),
      paste: (event) => {
        if (isWriting(event.target) || isModalOpen() || !mayEdit()) return
        if (commands.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault()
      },
    }
    addEventListener('keydown', onKey, { signal })
    document.addEventListener('copy', clips.copy, { signal })
    document.addEventListener('cut', clips.cut, { signal })
    document.addEventListener('paste', clips.paste, { signal })
    return () => ended.abort()
  }, [draft, desk, commands, syncing])
}
