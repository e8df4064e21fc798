import { useEffect } from 'react'
import { useWorkshop } from './workshop.ts'

/** True where letters and keys belong to a text that is being written. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null
}

/** Keys of the whole designer: undo, redo, save, select all, copy, cut, paste, duplicate. */
export function useKeys(): void {
  const { draft, commands, syncing } = useWorkshop()
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const state = () => draft.getState()

    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 's') {
        // Everything is saved by itself; whoever presses it all the same wants it now.
        event.preventDefault()
        void syncing.flush()
        return
      }
      if (isWriting(event.target)) return
      if (key === 'z' || key === 'y') {
        event.preventDefault()
        if (key === 'y' || event.shiftKey) state().redo()
        else state().undo()
      } else if (key === 'd' && state().selection.length > 0) {
        event.preventDefault()
        commands.duplicate(state().selection)
      } else if (key === 'a') {
        event.preventDefault()
        const { mission } = state()
        state().select([...mission.triggers, ...mission.steps].map((node) => node.id))
      }
    }
    const onCopy = (event: ClipboardEvent) => {
      const { selection, readOnly } = state()
      if (isWriting(event.target) || selection.length === 0 || getSelection()?.isCollapsed === false) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', commands.copy(selection))
      if (event.type === 'cut' && !readOnly) commands.remove(selection)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (isWriting(event.target) || state().readOnly) return
      if (commands.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault()
    }
    addEventListener('keydown', onKey, { signal })
    document.addEventListener('copy', onCopy, { signal })
    document.addEventListener('cut', onCopy, { signal })
    document.addEventListener('paste', onPaste, { signal })
    return () => ended.abort()
  }, [draft, commands, syncing])
}
