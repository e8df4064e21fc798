import { useStore } from 'zustand'
import { m } from '#messages'
import classes from '../designer.module.css'
import { useDraft, useWorkshop } from '../workshop.ts'

/** Where the draft stands, in words. */
export function SaveWords() {
  const { syncing } = useWorkshop()
  const save = useStore(syncing.state, (state) => state.save)
  const readOnly = useDraft((state) => state.readOnly)
  if (readOnly) return <span className={classes.saved}>{m.designer_read_only()}</span>
  return (
    <span className={classes.saved} data-state={save.at} data-testid="saved">
      {words()}
      {save.at === 'refused' && (
        <button type="button" className={classes.link} onClick={() => void syncing.flush()}>
          {m.designer_try_again()}
        </button>
      )}
    </span>
  )

  function words(): string {
    switch (save.at) {
      case 'saved':
        return m.designer_saved()
      case 'unsaved':
      case 'saving':
        return m.designer_saving()
      case 'offline':
        return m.designer_offline()
      case 'conflict':
        return m.designer_conflict_short()
      case 'refused':
        return m.designer_refused({ why: save.why })
    }
  }
}
